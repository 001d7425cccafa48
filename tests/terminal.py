"""`poruch` at a terminal of its own: what it writes is read, what a person would type is typed."""

import os
import pty
import select
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).parent.parent
SECONDS = 60.0
SECONDS_TO_PRESS_AGAIN = 5
# The terminal becomes the one that passwords are asked at.
_LEAD = (
    "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, '-m', 'bot', *sys.argv[1:]])"
)


class Terminal:
    """One command with a person in front of it; `shown` is everything that stood on the screen."""

    def __init__(self, *arguments: str, cwd: Path, environment: Mapping[str, str]) -> None:
        self._screen, keyboard = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", _LEAD, *arguments],
            cwd=cwd,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
            stdin=keyboard,
            stdout=keyboard,
            stderr=keyboard,
        )
        os.close(keyboard)
        self.shown = ""
        self._read = 0

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._screen)

    def reads(self, words: str) -> None:
        """Wait until these words stand on the screen, after what was read before."""
        give_up_at = monotonic() + SECONDS
        while (at := self.shown.find(words, self._read)) < 0:
            assert monotonic() < give_up_at, f"{words!r} is not shown: {self.shown!r}"
            assert self._more(), f"it ended without {words!r}: {self.shown!r}"
        self._read = at + len(words)

    def types(self, line: str, end: str = "\n") -> None:
        os.write(self._screen, f"{line}{end}".encode())

    @property
    def is_typing_seen(self) -> bool:
        return bool(termios.tcgetattr(self._screen)[3] & termios.ECHO)

    def lets_typing_be_seen(self) -> None:
        """Set the terminal as a shell does when it gets it back."""
        now = termios.tcgetattr(self._screen)
        termios.tcsetattr(self._screen, termios.TCSANOW, [*now[:3], now[3] | termios.ECHO, *now[4:]])

    def ends(self) -> int:
        """Wait for the end and return the exit code."""
        while self._more():
            pass
        return self.process.wait(SECONDS)

    def is_interrupted(self) -> int:
        """Press Ctrl-C, and again where nothing happens for long; returns the exit code.

        One that comes just before the wait for an answer begins is heard only with the next key.
        """
        quiet = SECONDS_TO_PRESS_AGAIN
        while True:
            if quiet >= SECONDS_TO_PRESS_AGAIN:
                self.types("\x03", end="")
                quiet = 0
            before = len(self.shown)
            if not self._more():
                return self.process.wait(SECONDS)
            quiet = quiet + 1 if len(self.shown) == before else 0

    def _more(self) -> bool:
        """Read what comes next; False when nobody writes any more."""
        if not select.select([self._screen], [], [], 1.0)[0]:
            return True
        try:
            self.shown += os.read(self._screen, 65_536).decode(errors="replace")
        except OSError:
            return False
        return True

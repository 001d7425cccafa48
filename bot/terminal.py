"""Lines typed while the program goes on: hidden at a terminal, as they come from anywhere else."""

import asyncio
import os
import signal
import sys
import termios
from contextlib import ExitStack
from typing import Any

LONGEST_LINE_BYTES = 1024


class Keyboard:
    """Standard input of a running program; inside its block a terminal shows nothing that is typed.

    Not only while it is asked: whoever looks away sees a prompt that was answered elsewhere, and types.
    """

    def __init__(self) -> None:
        self._descriptor = -1 if sys.stdin is None or sys.stdin.closed else sys.stdin.fileno()
        self.is_terminal = os.isatty(self._descriptor)
        self._prompt = ""
        self._undo = ExitStack()

    def __enter__(self) -> "Keyboard":
        if self.is_terminal:
            loop, before = asyncio.get_running_loop(), termios.tcgetattr(self._descriptor)
            self._undo.callback(self._show, before)
            self._undo.callback(loop.remove_signal_handler, signal.SIGCONT)
            # A shell that had the terminal meanwhile lets typing be seen.
            loop.add_signal_handler(signal.SIGCONT, self._hide)
            self._hide()
        return self

    def __exit__(self, *_: object) -> None:
        self._undo.close()

    async def line(self, prompt: str) -> bytes | None:
        """Wait for one line without holding up the loop; None where none can come.

        At a terminal the prompt is shown on stderr; what was typed before it, or is half typed when the wait
        is cancelled, is dropped. A program in the background is not asked: reading there would stop it.
        """
        if not self.is_terminal:
            return None if self._descriptor < 0 else await _line(self._descriptor)
        if not self._is_in_front:
            return None
        self._prompt = prompt
        self._hide()
        try:
            return await _line(self._descriptor)
        except asyncio.CancelledError:
            # Otherwise whoever reads this terminal next, such as the shell, would show it.
            termios.tcflush(self._descriptor, termios.TCIFLUSH)
            raise
        finally:
            self._prompt = ""
            print(file=sys.stderr, flush=True)  # noqa: T201

    @property
    def _is_in_front(self) -> bool:
        try:
            return os.tcgetpgrp(self._descriptor) == os.getpgrp()
        except OSError:
            # Nobody's terminal any more, or another session's.
            return False

    def _hide(self) -> None:
        # From the background this would stop the program.
        if self._is_in_front:
            now = termios.tcgetattr(self._descriptor)
            hidden = [*now[:3], now[3] & ~termios.ECHO, *now[4:]]
            termios.tcsetattr(self._descriptor, termios.TCSAFLUSH, hidden)
            print(self._prompt, end="", file=sys.stderr, flush=True)  # noqa: T201

    def _show(self, before: list[Any]) -> None:
        if self._is_in_front:
            # What was typed in vain goes: it must not reach the shell.
            termios.tcsetattr(self._descriptor, termios.TCSAFLUSH, before)


async def _line(descriptor: int) -> bytes | None:
    content = b""
    while not content.endswith(b"\n") and len(content) <= LONGEST_LINE_BYTES:
        await _readable(descriptor)
        # One by one: what follows the line is not ours.
        more = os.read(descriptor, 1)
        if not more:
            break
        content += more
    return content or None


async def _readable(descriptor: int) -> None:
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    try:
        loop.add_reader(descriptor, ready.set)
    except PermissionError:
        # A file or the null device: it can always be read.
        return
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)

"""An installation on disk with a bot process that can be killed, and people who go on regardless."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from bot.installation import create, open_installation
from bot.settings import Settings, load_settings
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.unit_of_work import Storage

ROOT = Path(__file__).parent.parent.parent
PIN = "314159"


class Victim:
    """One installation, its look-alike, and the process that serves them."""

    def __init__(
        self,
        telegram: Lookalike,
        folder: Path,
        now: datetime,
        database_url: str | None,
        user_ids: Mapping[str, int] = {},
    ) -> None:
        self.telegram = telegram
        self.folder = folder
        self._now = now
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PORUCH_TOKEN": telegram.token,
            "PORUCH_TELEGRAM_API_URL": telegram.url,
            "PORUCH_DATA_DIR": str(folder / "data"),
            "PORUCH_LOG_LEVEL": "DEBUG",
        } | ({"PORUCH_DATABASE_URL": database_url} if database_url else {})
        self.log = folder / "log"
        self.number: int | None = None
        self.alice, self.bob, self.vera = (
            telegram.person(name, user_id=user_ids.get(name)) for name in ("Alice", "Bob", "Vera")
        )

    def __enter__(self) -> "Victim":
        with self.log.open("ab") as log:
            self._starter = subprocess.Popen(
                [sys.executable, "-m", "tests.attacks.standing_still", self._now.isoformat()],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._starter.communicate()

    @property
    def settings(self) -> Settings:
        return load_settings(self.environment, self.folder)

    def install(self) -> str:
        """Make the installation and return the administrator's code."""
        return create(self.settings, now=self._now).administrator_code

    async def open(self) -> Storage:
        return await open_installation(self.settings)

    def start(self) -> None:
        """Start the bot in a new process; `number` is that process's."""
        self.number = int(self._asks("\n"))

    def kill(self) -> None:
        """End the process as a power cut would."""
        if self.number is not None:
            os.kill(self.number, signal.SIGKILL)
            self.number = None
            self._asks("")

    def ended_with(self) -> int:
        """Wait until the process ends by itself; returns its exit code."""
        self.number = None
        return int(self._asks(""))

    def _asks(self, line: str) -> str:
        assert self._starter.stdin is not None
        assert self._starter.stdout is not None
        self._starter.stdin.write(line)
        self._starter.stdin.flush()
        return self._starter.stdout.readline()

    async def requests(self, more: int) -> None:
        """Wait until the bot has made so many more requests; no longer than it needs to fall silent."""
        begun = len(self.telegram.calls)
        try:
            await self.telegram.until(lambda: len(self.telegram.calls) >= begun + more, timeout=2)
        except TimeoutError:
            return

    async def sees(self, person: Person, fits: Callable[[str], bool]) -> str:
        """Wait for a button whose label fits, and return the label."""

        def look() -> str:
            labels = [label for message in person.visible for label in message.labels]
            return next((label for label in reversed(labels) if fits(label)), "")

        try:
            return await self.telegram.until(look, timeout=20)
        except TimeoutError:
            said = [message.text for message in person.visible]
            raise AssertionError(f"not seen by {person.first_name}: {said}") from None

    async def reads(self, person: Person, words: str) -> None:
        """Wait for words in a chat."""

        def look() -> bool:
            return any(words in message.text for message in person.visible)

        try:
            await self.telegram.until(look, timeout=20)
        except TimeoutError:
            said = [message.text for message in person.visible]
            raise AssertionError(f"{words!r} not read by {person.first_name}: {said}") from None

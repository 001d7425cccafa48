"""What the operator does on the host: each command a process of its own, beside the running bot."""

import asyncio
from collections.abc import Collection, Mapping
from pathlib import Path

from bot.cli import COMMANDS
from tests.attacks.processes import Typed

# They tell the operator a code, which is in no place but on their screen.
TELL_A_CODE = ("init", "code", "contact", "import guardianships")


class Operator:
    """Types commands in `folder`; what they print is kept where it is searched, `told` where it may be."""

    def __init__(
        self, folder: Path, told: Path, environment: Mapping[str, str], passphrase: str | None
    ) -> None:
        self.environment = dict(environment)
        self.passphrase = passphrase
        self.done: set[str] = set()
        self.typed: list[str] = []
        self._folder = folder
        self._told = told
        self._count = 0

    async def does(
        self, *arguments: str, line: str | None = None, codes: Collection[int] = (0,), **settings: str
    ) -> str:
        """Run a command to its end, expect one of some exit codes, and return what it printed.

        Args:
            line: what is typed where it asks, instead of the passphrase.
            settings: what differs in the environment, without its prefix.
        """
        self._count += 1
        tells = not {arguments[0], " ".join(arguments[:2])}.isdisjoint(TELL_A_CODE)
        out = (self._told if tells else self._folder) / f"printed-{self._count}"
        err = self._folder / f"log-{self._count}"
        environment = self.environment | {f"PORUCH_{name}": value for name, value in settings.items()}
        line = self.passphrase or "" if line is None else line
        self.typed += [line, *arguments, *settings.values()]
        process = Typed(arguments, f"{line}\n", environment, self._folder, out=out, err=err)
        ended = await asyncio.to_thread(process.ends)
        assert ended in codes, (arguments, ended, out.read_text(), err.read_text())
        self.done.add(arguments[0])
        return out.read_text()

    def left_out(self) -> set[str]:
        """Name the commands that were never typed."""
        return set(COMMANDS) - self.done

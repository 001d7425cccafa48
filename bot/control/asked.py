"""What other commands ask the running program over the control socket, and what it answers."""

import os
import re
from collections.abc import Mapping
from typing import Protocol

from bot.configuration.settings import Settings
from bot.control.listener import Handle
from bot.control.wire import Refused, Value, Values
from bot.host.unsealing import is_typed, read_secret


class Program(Protocol):
    """What of a running program can be asked and changed from outside."""

    settings: Settings

    @property
    def is_sealed(self) -> bool: ...

    @property
    def is_alarmed(self) -> bool: ...

    async def unseal(self, secret: bytes | None = None) -> None: ...

    async def seal(self) -> None: ...

    def wake_up(self) -> None: ...

    async def read_keys(self) -> int | None: ...

    def lift_alarm(self) -> bool: ...


class Asked:
    """Answers for one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._settings = program.settings

    @property
    def handlers(self) -> Mapping[str, Handle]:
        """Return what answers each question, by its name on the wire."""
        return {
            "status": self._status,
            "unseal": self._unseal,
            "seal": self._seal,
            "wake": self._wake,
            "read-keys": self._read_keys,
            "lift-alarm": self._lift_alarm,
            "destroy": _vanish,
        }

    async def _status(self, _: Values) -> Values:
        return {
            "state": "sealed" if self._program.is_sealed else "open",
            "pid": os.getpid(),
            "is_typed": is_typed(self._settings),
            "alarm": self._program.is_alarmed,
        }

    async def _unseal(self, request: Values) -> Values:
        given = request.get("secret")
        await self._program.unseal(self._read_again() if given is None else _secret_from(given))
        return {"state": "open"}

    def _read_again(self) -> bytes:
        kind = self._settings.key_source.partition(":")[0]
        if kind == "env":
            raise Refused("the key was taken out of the environment when the bot started; start it again")
        return read_secret(self._settings)

    async def _seal(self, _: Values) -> Values:
        await self._program.seal()
        return {"state": "sealed"}

    async def _wake(self, _: Values) -> Values:
        self._program.wake_up()
        return {}

    async def _read_keys(self, _: Values) -> Values:
        return {"generation": await self._program.read_keys()}

    async def _lift_alarm(self, _: Values) -> Values:
        return {"stood": self._program.lift_alarm()}


async def _vanish(_: Values) -> Values:
    """End this very instant, with every key in memory; what was on the disk is taken away by who asks."""
    os._exit(1)


def _secret_from(given: Value) -> bytes:
    if not isinstance(given, str) or not re.fullmatch("[0-9a-f]{64}", given):
        raise Refused("what was sent is no unseal secret; the bot stays sealed")
    return bytes.fromhex(given)

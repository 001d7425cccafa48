"""What every noun of a decoy desk begins with: nothing is told but what is written down for it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from solidarity.errors import NotForYou
from storage.models import Prisoner, Publicity
from storage.unit_of_work import UnitOfWork


class NotShown(NotForYou):
    """A decoy desk knows nothing of what was asked for."""


class Nothing(list[Any]):
    """An empty answer, whatever was asked for: no rows, no names by id, nobody of whom something is so."""

    def items(self) -> Sequence[Any]:
        return ()

    def values(self) -> Sequence[Any]:
        return ()

    def get(self, _: object, default: Any = None) -> Any:
        return default

    def __getattr__(self, name: str) -> Any:
        raise NotShown(name)


class DecoyUnit(Protocol):
    """The unit of work that nouns belong to."""

    true: UnitOfWork
    home_zone: str
    now: datetime

    def owner(self, person_id: UUID) -> UUID: ...

    async def memory(self) -> dict[str, str]: ...


class DecoyNoun:
    """What may be asked of one noun; everything else is answered with nothing."""

    def __init__(self, unit: DecoyUnit) -> None:
        self._unit = unit
        self._true = unit.true

    def __getattr__(self, _: str) -> Callable[..., Awaitable[Nothing]]:
        return _answer_nothing


async def _answer_nothing(*_: object, **__: object) -> Nothing:
    return Nothing()


def is_public(prisoner: Prisoner) -> bool:
    """Say whether anybody may see a prisoner's name."""
    return prisoner.publicity is Publicity.PUBLIC and not prisoner.is_silenced

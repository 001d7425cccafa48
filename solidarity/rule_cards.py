"""The rule cards that are in force today; what they say of one prisoner is worked out in `possible`."""

from functools import cache

from solidarity.possible import RuleCard
from solidarity.shipped.reading import shipped_cards
from storage.unit_of_work import UnitOfWork

_shipped = cache(shipped_cards)


async def cards_in_force(uow: UnitOfWork) -> tuple[RuleCard, ...]:
    """Return every card that counts today; the file of those that ship is read once per process."""
    return _shipped()

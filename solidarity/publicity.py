"""Who may see a prisoner's name: narrowed at once, widened with care."""

from uuid import UUID

from solidarity.errors import NeedsSecondCoordinator, NotForYou
from storage.models import Publicity
from storage.unit_of_work import UnitOfWork

CHOICES = tuple(Publicity)


async def choose_publicity(uow: UnitOfWork, prisoner_id: UUID | None, wish: str) -> None:
    """Let more or fewer people see a prisoner's name, from now on.

    Raises:
        NotForYou: no such prisoner, or no such choice.
        NeedsSecondCoordinator: the name is hidden, and one coordinator alone would show it.
    """
    prisoner = None if prisoner_id is None else await uow.prisoners.get(prisoner_id)
    if prisoner is None or wish not in CHOICES:
        raise NotForYou(str(prisoner_id))
    if prisoner.publicity is Publicity.HIDDEN and wish != Publicity.HIDDEN:
        raise NeedsSecondCoordinator(str(prisoner_id))
    prisoner.publicity = Publicity(wish)

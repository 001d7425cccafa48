"""What a decoy desk is drawn from: a unit of work that knows public prisoners and nobody else.

It asks the database what a true desk asks, so that it takes as long, and leaves out what is not public.
"""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from solidarity.access import Actor
from solidarity.decoy.noun import DecoyNoun, NotShown
from solidarity.decoy.nouns import NOUNS
from solidarity.decoy.pictures import DecoyPictures
from solidarity.duress import pretend, remembered
from solidarity.errors import NotForYou
from storage.models import Publicity
from storage.unit_of_work import Noun, UnitOfWork

# Every noun of which a decoy desk is told anything.
TOLD: dict[str, type[DecoyNoun]] = {**NOUNS, "pictures": DecoyPictures}


class PublicUnit:
    """A unit of work as a decoy desk has it."""

    def __init__(self, true: UnitOfWork, actor: Actor, *, now: datetime) -> None:
        self.true = true
        self.home_zone = true.home_zone
        self._actor = actor
        self.now = now

    def __getattr__(self, name: str) -> Any:
        if not isinstance(vars(UnitOfWork).get(name), Noun) and name not in TOLD:
            raise NotShown(name)
        return TOLD.get(name, DecoyNoun)(self)

    def owner(self, person_id: UUID) -> UUID:
        """Return the id of the desk's owner, and of nobody else.

        Raises:
            NotShown: it is somebody else's.
        """
        if person_id != self._actor.id:
            raise NotShown(str(person_id))
        return person_id

    async def memory(self) -> dict[str, str]:
        return await remembered(self.true, self._actor, now=self.now)


def public_only(uow: UnitOfWork, actor: Actor, *, now: datetime) -> UnitOfWork:
    """Return a unit of work that shows nothing but what anybody may see, to the owner of a decoy desk."""
    return cast(UnitOfWork, PublicUnit(uow, actor, now=now))


async def pretend_publicity(
    uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, wish: str, *, now: datetime
) -> None:
    """Let a decoy desk remember who may see a name.

    Raises:
        NotForYou: no such choice, or nobody public.
    """
    public = public_only(uow, actor, now=now)
    if prisoner_id is None or wish not in tuple(Publicity) or await public.prisoners.get(prisoner_id) is None:
        raise NotForYou(str(prisoner_id))
    await pretend(uow, actor, prisoner_id, wish, now=now)

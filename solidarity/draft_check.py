"""What a draft of a letter to one prisoner is looked through with; nothing of the draft is kept."""

from dataclasses import dataclass
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.guardianship import mine
from solidarity.letter_check import Report, RiskyWord, WordList, check_letter
from solidarity.letters import require_public
from solidarity.naming import names_for
from solidarity.risky_words import words_in_force
from solidarity.shipped.reading import shipped_names
from storage.models import GuardianshipState, Prisoner
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Reader:
    """Looks through drafts to one prisoner.

    Attributes:
        own_names: as far as they are for whoever asks: what is found must not tell a name they may not see.
    """

    words: tuple[RiskyWord, ...]
    own_names: tuple[str, ...]

    def look_through(self, draft: str) -> Report:
        """Say what there is to say about a draft, in memory and outside every unit of work."""
        words = WordList(self.words)
        return check_letter(draft, words, own_names=self.own_names, known_names=shipped_names())


async def reader_for_promise(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None) -> Reader:
    """Return who looks through letters within one's own guardianship, also while it rests.

    Raises:
        NotForYou: it is somebody else's, or there is none.
        NoLongerSo: it is an application still or has ended, or everything about the prisoner is silent.
    """
    guardianship = await mine(uow, actor, guardianship_id)
    prisoner = await uow.prisoners.get(guardianship.prisoner_id)
    if prisoner is None:
        raise NotForYou(str(guardianship_id))
    if prisoner.is_silenced or guardianship.state is GuardianshipState.APPLIED:
        raise NoLongerSo(str(guardianship_id))
    return await _reader(uow, actor, prisoner)


async def reader_for_one_letter(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None) -> Reader:
    """Return who looks through a letter outside a guardianship, to somebody who may be written to by name.

    Raises:
        NotForYou: there is nobody such.
    """
    return await _reader(uow, actor, await require_public(uow, prisoner_id))


async def _reader(uow: UnitOfWork, actor: Actor, prisoner: Prisoner) -> Reader:
    return Reader(await words_in_force(uow), await names_for(uow, actor, prisoner))

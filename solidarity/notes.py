"""The coordinators' one note about a prisoner: 300 characters, sealed, gone after 90 days unless renewed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from solidarity.errors import NoLongerSo
from solidarity.prisoner_card import prisoner_of
from solidarity.typed_errors import TextTooLong
from storage.unit_of_work import UnitOfWork

LONGEST = 300
KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Note:
    """What coordinators noted; it goes on the day `until`, unless somebody renews it before."""

    text: str = field(repr=False)
    until: date


async def reveal_note(uow: UnitOfWork, prisoner_id: UUID | None) -> Note | None:
    """Open the note about a prisoner; None where there is none.

    Raises:
        NotForYou: there is no such prisoner.
    """
    prisoner = await prisoner_of(uow, prisoner_id)
    text = await uow.vault.reveal_readable(prisoner, "note")
    if not text or prisoner.note_on is None:
        return None
    return Note(text, prisoner.note_on + KEPT_FOR)


async def write_note(uow: UnitOfWork, prisoner_id: UUID | None, text: str, *, now: datetime) -> None:
    """Seal a note about a prisoner in place of the one that was there.

    Raises:
        NotForYou: there is no such prisoner.
        TextTooLong: more than 300 characters.
    """
    prisoner = await prisoner_of(uow, prisoner_id)
    if len(text) > LONGEST:
        raise TextTooLong(LONGEST)
    await uow.vault.seal(prisoner, note=text)
    prisoner.note_on = now.date()


async def renew_note(uow: UnitOfWork, prisoner_id: UUID | None, *, now: datetime) -> None:
    """Keep a note for another 90 days.

    Raises:
        NotForYou: there is no such prisoner.
        NoLongerSo: the note is gone.
    """
    prisoner = await prisoner_of(uow, prisoner_id)
    if prisoner.note is None:
        raise NoLongerSo(str(prisoner.id))
    prisoner.note_on = now.date()


async def remove_note(uow: UnitOfWork, prisoner_id: UUID | None) -> None:
    """Forget the note about a prisoner now.

    Raises:
        NotForYou: there is no such prisoner.
    """
    prisoner = await prisoner_of(uow, prisoner_id)
    await uow.vault.seal(prisoner, note=None)
    prisoner.note_on = None

"""Reported dates made sure: by another coordinator, or by another source than the first."""

from datetime import datetime
from uuid import UUID

from solidarity.addresses import source_in_words
from solidarity.errors import AnotherMustConfirm, SameSource
from solidarity.hearings.life import require_standing
from solidarity.typed_errors import SourceRefused
from storage.models import Confidence, Hearing
from storage.unit_of_work import UnitOfWork

LONGEST_SOURCE = 200


async def confirm_hearing(
    uow: UnitOfWork, hearing: Hearing, *, by: UUID | None = None, now: datetime
) -> None:
    """Mark a reported date as confirmed; the next message about it says so.

    Args:
        by: a coordinator who says the same; None where something else than a coordinator does.

    Raises:
        NoLongerSo: it was cancelled, was held, or has begun.
        AnotherMustConfirm: it is they who reported it.
    """
    require_standing(hearing, now=now)
    if by is not None and hearing.reported_by == by:
        raise AnotherMustConfirm(str(hearing.id))
    hearing.confidence = Confidence.CONFIRMED


async def confirm_by_source(uow: UnitOfWork, hearing: Hearing, source: str, *, now: datetime) -> None:
    """Confirm a date because a second source says the same; both stay with the sitting.

    Raises:
        NoLongerSo: it was cancelled, was held, or has begun.
        SourceRefused: the words are no source.
        SameSource: it is the one it was reported from.
    """
    require_standing(hearing, now=now)
    source = checked_source(source)
    details = await uow.hearings.reveal_details(hearing)
    if is_same_source(details.get("source", ""), source):
        raise SameSource(str(hearing.id))
    await uow.hearings.describe(hearing, {**details, "second_source": source})
    hearing.confidence = Confidence.CONFIRMED


def checked_source(text: str) -> str:
    """Return where something is known from, in one line.

    Raises:
        SourceRefused: no letter in it, or more than 200 characters.
    """
    source = " ".join(text.split())
    if not any(c.isalpha() for c in source) or len(source) > LONGEST_SOURCE:
        raise SourceRefused("source")
    return source


def is_same_source(one: str, other: str) -> bool:
    """Say whether two sources are one: the same words, or two pages of one site."""
    return source_in_words(one).casefold() == source_in_words(other).casefold()

"""Whether something is really ours: a bot's message that somebody forwards, a coordinator who calls."""

from datetime import datetime, timedelta
from enum import StrEnum

from solidarity.access import Actor
from solidarity.audit import Act, record
from solidarity.code_words import new_spoken_word, normalise_spoken
from solidarity.codes import GivenCode
from solidarity.in_sight import keep_in_sight
from solidarity.people import actor_of
from storage.models import CodeKind
from storage.unit_of_work import UnitOfWork

WORD_LIFE = timedelta(hours=24)


class Judgement(StrEnum):
    """What a forwarded message is."""

    NOT_OURS = "not_ours"
    # A file that must be able to leave the chat.
    OUR_FILE = "our_file"
    # Sent from this account, in a way in which nothing of ours is: somebody else may hold the token.
    UNDER_OUR_NAME = "under_our_name"


def judge(author: int | None, *, is_file: bool, ourselves: int) -> Judgement:
    """Judge a forwarded message by where it came from, never by what it says.

    Args:
        author: the account that Telegram names as its origin; None where it names none.
        ourselves: this bot's account.
    """
    if author != ourselves:
        return Judgement.NOT_OURS
    return Judgement.OUR_FILE if is_file else Judgement.UNDER_OUR_NAME


async def make_word(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Make three words by which whoever is called knows a coordinator for 24 hours.

    They are in sight for ten minutes; any number of people may type them.
    """
    given = GivenCode(new_spoken_word(actor.language), now + WORD_LIFE)
    normalised = normalise_spoken(given.words)
    if normalised is None:
        raise RuntimeError("a new word does not read as one")
    await uow.codes.add(normalised, CodeKind.WORD, expires_at=given.expires_at, issued_by=actor.id)
    await keep_in_sight(uow, actor, CodeKind.WORD, given, now=now)
    await record(uow, Act.CODE_GIVEN, by=actor.id, kind=CodeKind.WORD, now=now)


def reads_like_a_word(typed: str) -> bool:
    """Say whether what somebody typed could be a coordinator's word at all."""
    return normalise_spoken(typed) is not None


async def is_coordinators_word(uow: UnitOfWork, typed: str, *, now: datetime) -> bool:
    """Say whether somebody who is a coordinator today made these words within a day; it stays good."""
    normalised = normalise_spoken(typed)
    word = None if normalised is None else await uow.codes.get_by_words(normalised, now=now)
    if word is None or word.kind is not CodeKind.WORD or word.issued_by is None:
        return False
    maker = await uow.people.get(word.issued_by)
    return maker is not None and (await actor_of(uow, maker, now=now)).is_coordinator

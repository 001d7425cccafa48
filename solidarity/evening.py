"""A letter evening: people write at one table, to those with public names who are written to least."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from solidarity.access import Actor
from solidarity.audit import Act, record
from solidarity.coverage import beginning
from solidarity.covering import count_anew
from solidarity.envelopes import MOST_LETTERS, Letter
from solidarity.errors import NobodyToWriteTo, NoLongerSo, NotForYou
from solidarity.paper import evening_letters
from solidarity.possible import Verdict, Writer
from solidarity.post import Post, post_for
from storage.unit_of_work import UnitOfWork

SIZES = (5, 10, 20, MOST_LETTERS)
DIALOGUE = "evening"
# The message with the paper, which goes when the desk is locked, or when a name is for fewer than it was.
PAPER = "evening-file"
# Envelopes are printed a day or two before people meet.
KEPT_FOR = timedelta(days=3)
AT_ONCE = 100
# Many letters at once: not where a stranger's is advised against. Where nothing is known there is hope.
ON_A_TABLE = (Verdict.ALLOWED, None)


@dataclass(frozen=True)
class Chosen:
    """One letter of an evening, to whom it goes, and what is known about letters there."""

    prisoner_id: UUID
    facility_code: str | None
    post: Post
    letter: Letter = field(repr=False)


@dataclass(frozen=True)
class Evening:
    """What was printed and is not yet said to be written."""

    id: str
    day: date
    # To whom, and where to.
    letters: Sequence[tuple[UUID, str | None]]


async def choose_letters(uow: UnitOfWork, actor: Actor, count: int) -> tuple[Chosen, ...]:
    """Return so many letters, or fewer where fewer can be sent, to those who are written to least.

    Raises:
        NotForYou: so many are not offered.
        NobodyToWriteTo: there is none.
    """
    if count not in SIZES:
        raise NotForYou(str(count))
    start = beginning(seed=actor.id.bytes, today=actor.today)
    chosen: list[Chosen] = []
    passed = 0
    while len(chosen) < count:
        ids = await uow.coverage.public_in_order(beginning=start, limit=AT_ONCE, offset=passed)
        if not ids:
            break
        chosen += await _letters(uow, actor, ids)
        passed += AT_ONCE
    if not chosen:
        raise NobodyToWriteTo(str(count))
    return tuple(chosen[:count])


async def _letters(uow: UnitOfWork, actor: Actor, ids: Sequence[UUID]) -> list[Chosen]:
    """Return the letters to some prisoners, in their order, without those to whom none is sent today."""
    found = [await uow.prisoners.get(prisoner_id) for prisoner_id in ids]
    people = {one.id: one for one in found if one is not None}
    posts = {one.id: await post_for(uow, one, Writer.STRANGER, today=actor.today) for one in people.values()}
    written = [people[one] for one, post in posts.items() if _is_for_a_table(post)]
    letters = await evening_letters(uow, written, language=actor.language, today=actor.today)
    return [Chosen(one, people[one].facility_code, posts[one], letter) for one, letter in letters.items()]


def _is_for_a_table(post: Post) -> bool:
    return post.above is None and post.letter.verdict in ON_A_TABLE


async def note_printed(uow: UnitOfWork, actor: Actor, chosen: Sequence[Chosen], *, now: datetime) -> None:
    """Note what was printed; an evening printed before and not written is forgotten.

    Raises:
        NoLongerSo: one of the letters could not be sent as it was printed any more.
    """
    if await _letters(uow, actor, [one.prisoner_id for one in chosen]) != list(chosen):
        raise NoLongerSo(DIALOGUE)
    await keep_printed(uow, actor, chosen, now=now)
    await record(uow, Act.EVENING_PRINTED, by=actor.id, count=len(chosen), now=now)


async def keep_printed(uow: UnitOfWork, actor: Actor, chosen: Sequence[Chosen], *, now: datetime) -> None:
    """Keep sealed, until it is said to be written or for three days, to whom an evening was printed."""
    letters = [[one.prisoner_id.hex, one.facility_code] for one in chosen]
    body = {"id": uuid4().hex, "day": actor.today.isoformat(), "letters": letters}
    await uow.drafts.put(actor.id, DIALOGUE, body, expires_at=now + KEPT_FOR)


async def printed_evening(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Evening | None:
    """Return the evening that was printed last, until it is said to be written."""
    body = await uow.drafts.reveal(actor.id, DIALOGUE, now=now)
    if not body:
        return None
    letters = [(UUID(hex=prisoner), where) for prisoner, where in body["letters"]]
    return Evening(body["id"], date.fromisoformat(body["day"]), letters)


async def take_printed(uow: UnitOfWork, actor: Actor, evening_id: str, *, now: datetime) -> Evening:
    """Take the evening out of what is kept, so that nothing is done with it twice.

    Raises:
        NoLongerSo: it was said to be written before, or another was printed since.
    """
    evening = await printed_evening(uow, actor, now=now)
    if evening is None or evening.id != evening_id:
        raise NoLongerSo(DIALOGUE)
    await uow.drafts.drop(actor.id, DIALOGUE)
    return evening


async def note_written(uow: UnitOfWork, actor: Actor, evening_id: str, *, now: datetime) -> int:
    """Note a letter to each of an evening's prisoners, once; returns how many.

    They are nobody's letters: who sat at the table is not kept.

    Raises:
        NoLongerSo: it was said before, or another evening was printed since.
    """
    evening = await take_printed(uow, actor, evening_id, now=now)
    for prisoner_id, facility_code in evening.letters:
        if await uow.prisoners.get(prisoner_id) is not None:
            await uow.letters.add(
                person_id=None,
                prisoner_id=prisoner_id,
                guardianship_id=None,
                day=actor.today,
                facility_code=facility_code,
            )
            await count_anew(uow, prisoner_id, today=actor.today)
    await record(uow, Act.EVENING_WRITTEN, by=actor.id, count=len(evening.letters), now=now)
    return len(evening.letters)

"""Hiding at one tap, and the line that asks for four digits; after it the chat is a stranger's."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.answer import Answer, Showing
from handlers.arrival import Arrival
from handlers.screen import LastWords, Turn
from locales import Words
from solidarity.danger import warn_colleagues
from solidarity.hiding import hide as hide_person
from solidarity.hiding import note_strangers_screen
from solidarity.people import person_of
from solidarity.work import Posted, Purpose, Storage, UnitOfWork

LINE = "hiding"
LINE_STANDS_FOR = timedelta(minutes=1)


async def hide(turn: Turn) -> None:
    """Let nobody find the person any more, and ask for the digits that bring them back."""
    await hide_person(turn.uow, turn.actor, now=turn.now)
    line = await turn.uow.posted.add(
        Posted(
            person_id=turn.actor.id,
            purpose=Purpose.APART,
            screen=LINE,
            posted_at=turn.now,
            delete_at=turn.now + LINE_STANDS_FOR,
        )
    )
    turn.last_words = LastWords(showing=_line(turn.words, line))


async def in_danger(turn: Turn) -> None:
    """Warn the coordinators, and hide."""
    await warn_colleagues(turn.uow, turn.actor, now=turn.now)
    await hide(turn)


async def line_again(uow: UnitOfWork, arrival: Arrival) -> Showing | None:
    """Return the line once more where the update that hid somebody comes again before they chose digits."""
    hidden = await uow.hidings.under(uow.people.chat_index(arrival.chat_id))
    choosing = [one.person_id for one in hidden if one.code is None]
    if not choosing or not await uow.updates.is_taken(arrival.update_id):
        return None
    person = await person_of(uow, choosing[-1])
    line = await uow.posted.get_by_screen(person.id, LINE)
    return None if line is None else _line(Words(person.language, person.form), line)


async def noted(storage: Storage, answer: Answer, *, now: datetime) -> Answer:
    """Return a stranger's answer; where somebody hides, the message it sends goes when they are back."""
    showing = answer.showing
    if showing is None or showing.message_id is not None or showing.posted_id is not None:
        return answer
    async with storage.unit(together=True) as uow:
        posted = await note_strangers_screen(uow, answer.chat_id, now=now)
        return answer if posted is None else replace(answer, showing=replace(showing, posted_id=posted.id))


def _line(words: Words, line: Posted) -> Showing:
    return Showing(words.say("hiding-line"), message_id=line.message_id, posted_id=line.id)

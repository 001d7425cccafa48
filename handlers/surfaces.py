"""Draws a standing message anew: its screen, or the neutral line that covers it."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.answer import Showing
from handlers.buttons import keyboard
from handlers.coordinator.decoy import drawing
from handlers.fitting import fit_message
from handlers.rooms import ACTION_OF
from handlers.screen import Screen, View
from handlers.screens import drawing_of
from locales import Words
from solidarity.access import Actor, admit, is_at_desk
from solidarity.errors import DeskClosed, Resting, SolidarityError
from solidarity.keypads import any_order
from solidarity.people import reveal_phrase
from solidarity.work import Posted, Purpose, UnitOfWork, Unsent

OPEN_FOR = timedelta(minutes=10)
LONGER = timedelta(minutes=30)
LAST_STRETCH = timedelta(hours=4)


def words_for(actor: Actor) -> Words:
    """Return the language and form in which a person is spoken to."""
    return Words(actor.language, actor.form)


async def draw(
    uow: UnitOfWork,
    actor: Actor,
    posted: Posted,
    *,
    now: datetime,
    hint: str | None = None,
    is_repeat: bool = False,
) -> Showing:
    """Render a standing message as it is today and store its buttons; a refused one gives way to another."""
    screen = await compose(uow, actor, posted, now=now, hint=hint, is_repeat=is_repeat)
    buttons = await keyboard(uow, posted.id, screen.rows, expires_at=posted.delete_at, keep=is_repeat)
    return Showing(screen.text, buttons, message_id=posted.message_id, posted_id=posted.id)


async def compose(
    uow: UnitOfWork,
    actor: Actor,
    posted: Posted | Unsent,
    *,
    now: datetime,
    hint: str | None = None,
    is_repeat: bool = False,
) -> Screen:
    """Return what a message shows today, within Telegram's limits; nothing is stored.

    Args:
        hint: one sentence, already in the person's language, that stands above the screen.
        is_repeat: the update came before, so what is shown once only stays unshown, and a tap that was made
            meanwhile still counts.
    """
    words = words_for(actor)
    if posted.is_covered:
        screen = await covered(uow, actor, words, "cover-line", now=now)
    else:
        view = View(uow, actor, now, words, posted.target, posted.argument, is_repeat)
        screen = await _screen(view, posted)
        is_open = actor.has_open_desk(now) or actor.has_open_decoy(now)
        if is_at_desk(ACTION_OF[posted.screen]) and is_open:
            # What stands on a desk must not outlast its being open.
            posted.cover_at = actor.desk_open_until
    text = _below(hint, screen.text) if hint and not posted.is_covered else screen.text
    return Screen(fit_message(text), screen.rows)


async def _screen(view: View, posted: Posted | Unsent) -> Screen:
    try:
        admit(view.actor, ACTION_OF[posted.screen], now=view.now)
        return await drawing(view.actor, posted.screen)(view)
    except SolidarityError as refusal:
        posted.screen, posted.target = _instead_of(refusal), None
        posted.argument = any_order() if posted.screen == "keypad" else ""
        home = await drawing_of(posted.screen)(replace(view, target=None, argument=posted.argument))
        return replace(home, text=_below(view.say(refusal.wording, **refusal.values()), home.text))


def _instead_of(refusal: SolidarityError) -> str:
    # A desk that has closed asks for the PIN at once, and who is suspended has no menu.
    return {DeskClosed: "keypad", Resting: "resting"}.get(type(refusal), "menu")


def _below(hint: str, text: str) -> str:
    above = f"<i>{hint}</i>\n\n"
    return text if text.startswith(above) else above + text


async def covered(
    uow: UnitOfWork, actor: Actor, words: Words, line: str, *, now: datetime, is_push: bool = False
) -> Screen:
    """Return the neutral line that shows nothing: the person's phrase and *Open*."""
    view = View(uow, actor, now, words)
    phrase = await reveal_phrase(uow, actor.id)
    row = [view.button("open", "open")]
    if not is_push:
        row.append(view.button("keep-open", "open", argument="longer"))
    return Screen(words.say(line, phrase=phrase), [row])


def uncover(posted: Posted, actor: Actor, *, now: datetime, longer: bool = False) -> None:
    """Show a message's content, and say when it is to be covered again."""
    posted.is_covered = False
    posted.cover_at = None if actor.shows_full_texts else now + (LONGER if longer else OPEN_FOR)


def stay_open(posted: Posted, *, now: datetime) -> None:
    """Let the ten minutes of an open message begin anew, as somebody is looking at it."""
    if not posted.is_covered and posted.cover_at is not None:
        posted.cover_at = max(posted.cover_at, now + OPEN_FOR)


def new_message(
    actor: Actor, screen: str, *, purpose: Purpose, now: datetime, message_id: int | None = None
) -> Posted:
    """Return the row of a message about to be sent, with the person's timers."""
    posted = Posted(
        person_id=actor.id,
        message_id=message_id,
        purpose=purpose,
        screen=screen,
        posted_at=now,
        delete_at=now + timedelta(hours=actor.delete_after_hours),
    )
    uncover(posted, actor, now=now)
    return posted


def is_worn(posted: Posted, *, now: datetime) -> bool:
    """Say whether a message is in the last stretch of its life: a quarter of it, four hours at most."""
    life = posted.delete_at - posted.posted_at
    return now >= posted.delete_at - min(LAST_STRETCH, life / 4)

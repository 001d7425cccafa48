"""The pushed reminder to write, and what its buttons do."""

from handlers.fitting import fitting_parts
from handlers.guardian import next_reminder
from handlers.post import all_parts, letter_part
from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.cards import Card, card_for, require_audible, silence_since
from solidarity.guardianship import mine
from solidarity.ladder import asks_to_pause
from solidarity.letter_reminders import why_now
from solidarity.letters import remind_in_three_days, report_letter, skip_letter
from solidarity.possible import Verdict
from solidarity.work import Guardianship

NOTED = ("wrote", "later", "skip")
LATE = "late"


@screen("letter")
async def letter_screen(view: View) -> Screen:
    """Remind of a letter; once it was answered, say what was noted and when the next reminder comes."""
    promise = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, promise.prisoner_id)
    require_audible(card)
    address = [view.button("guardian-address", "go:address", promise.id, "letter")]
    if view.argument in NOTED:
        text = view.say(f"notices-letter-{view.argument}", name=card.name)
        lines = [text, await next_reminder(view, promise.id, card)]
        return Screen("\n".join(lines), [address, [view.back()]])
    if not card.post.letter.is_reminded_of:
        return _impossible(view, promise, card)
    days = await silence_since(view.uow, view.actor, promise.prisoner_id)
    asked = [
        view.say("notices-letter-late") if LATE in view.argument.split(":") else None,
        view.say("notices-letter", name=card.name),
        view.say("notices-letter-first") if days is None else view.say("notices-letter-last", days=days),
        *await _why_now(view, promise),
        view.say("notices-letter-pause") if asks_to_pause(promise) else None,
    ]
    rows = [
        [view.button("guardian-wrote", "letter-wrote", promise.id)],
        [view.button("notices-later", "letter-later", promise.id)],
        [view.button("notices-skip", "letter-skip", promise.id)],
        *([[view.button("promises-pause", "go:pausing", promise.id)]] if asks_to_pause(promise) else []),
        address,
        [view.back()],
    ]
    is_unsure = card.post.letter.verdict is Verdict.DISCOURAGED
    advice = [letter_part(view.words, card.post, view.actor.today)] if is_unsure else []
    return Screen(fitting_parts(["\n".join(filter(None, asked)), *advice]), rows)


@screen("letter-impossible")
async def impossible_screen(view: View) -> Screen:
    """Tell a Guardian that they are not reminded for now, and what else helps; or that this is over."""
    return await _whether_to_write(view)


@screen("letter-possible")
async def possible_screen(view: View) -> Screen:
    """Tell a Guardian that they are reminded again; or that this is over."""
    return await _whether_to_write(view)


async def _whether_to_write(view: View) -> Screen:
    promise = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, promise.prisoner_id)
    require_audible(card)
    if not card.post.letter.is_reminded_of:
        return _impossible(view, promise, card)
    parts = [
        view.say("notices-letter-possible", name=card.name),
        letter_part(view.words, card.post, view.actor.today),
        await next_reminder(view, promise.id, card),
    ]
    rows = [
        [view.button("guardian-wrote", "letter-wrote", promise.id)],
        [view.button("guardian-address", "go:address", promise.id, "possible")],
        [view.back()],
    ]
    return Screen(fitting_parts(parts), rows)


def _impossible(view: View, promise: Guardianship, card: Card) -> Screen:
    told = view.say("notices-letter-impossible", name=card.name)
    parts = [told, *all_parts(view.words, card.post, view.actor.today)]
    address = [view.button("guardian-address", "go:address", promise.id, "impossible")]
    return Screen(fitting_parts(parts), [address, [view.back()]])


async def _why_now(view: View, promise: Guardianship) -> list[str]:
    """Say for which days ahead a letter is that is written now, and how long it takes."""
    days = await why_now(view.uow, promise, today=view.actor.today)
    lines = [view.say(f"notices-letter-{one.why}", day=view.words.day(one.day)) for one in days]
    if days:
        lines.append(view.say("notices-letter-transit", days=(days[0].day - days[0].write_on).days))
    return lines


async def wrote(turn: Turn) -> None:
    """Note a letter."""
    await report_letter(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.go("letter", turn.target, "wrote")


async def later(turn: Turn) -> None:
    """Be reminded again in three days."""
    await remind_in_three_days(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.go("letter", turn.target, "later")


async def skip(turn: Turn) -> None:
    """Leave this letter out."""
    await skip_letter(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.go("letter", turn.target, "skip")

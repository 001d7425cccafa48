"""What a Guardian says of their promise beside writing: an answer came, a letter came back, a pause."""

from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.cards import card_for
from solidarity.errors import NotForYou
from solidarity.guardianship import mine
from solidarity.letters import letters_so_far, note_outcome, open_letters
from solidarity.pausing import SPANS, pause, resume
from solidarity.work import LetterOutcome

SHOWN_LETTERS = 6
UNKNOWN = "unknown"
OPEN_END = "open"


@screen("answer-came")
async def answer_screen(view: View) -> Screen:
    """Ask which letter was answered; whoever cannot tell says so."""
    rows = await _letter_rows(view, "answer-came")
    unknown = view.button("promises-which-unknown", "answer-came", view.target, UNKNOWN)
    return await _asking(view, "promises-answer-which", [*rows, [unknown]])


@screen("came-back")
async def came_back_screen(view: View) -> Screen:
    """Ask which letter came back."""
    rows = await _letter_rows(view, "came-back")
    if rows:
        return await _asking(view, "promises-back-which", rows)
    promise = await mine(view.uow, view.actor, view.target)
    none = (
        "promises-back-none"
        if (await letters_so_far(view.uow, promise)).written
        else "promises-back-no-letters"
    )
    return await _asking(view, none, rows)


async def _letter_rows(view: View, verb: str) -> list[Row]:
    promise = await mine(view.uow, view.actor, view.target)
    letters = (await open_letters(view.uow, promise))[:SHOWN_LETTERS]
    return [
        [
            Button(
                view.say("promises-letter", number=one.number, day=view.words.day(one.written_on)),
                verb,
                promise.id,
                str(one.number),
            )
        ]
        for one in letters
    ]


async def _asking(view: View, question: str, rows: list[Row]) -> Screen:
    promise = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, promise.prisoner_id)
    return Screen(view.say(question, name=card.name), [*rows, [view.back("guardianship", promise.id)]])


async def answer_came(turn: Turn) -> None:
    """Note an answer, and to which letter."""
    number = None if turn.argument == UNKNOWN else _number(turn)
    await note_outcome(turn.uow, turn.actor, turn.target, LetterOutcome.ANSWERED, number=number)
    turn.hint = turn.say("promises-answer-noted")
    turn.go("guardianship", turn.target)


async def came_back(turn: Turn) -> None:
    """Note that a letter was not handed over."""
    await note_outcome(turn.uow, turn.actor, turn.target, LetterOutcome.RETURNED, number=_number(turn))
    turn.hint = turn.say("promises-back-noted")
    turn.go("guardianship", turn.target)


def _number(turn: Turn) -> int:
    if not turn.argument.isdecimal():
        raise NotForYou(turn.argument)
    return int(turn.argument)


@screen("pausing")
async def pausing_screen(view: View) -> Screen:
    """Ask for how long."""
    promise = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, promise.prisoner_id)
    rows: list[Row] = [
        [view.button("promises-pause-weeks", "pause", promise.id, str(weeks), weeks=weeks)] for weeks in SPANS
    ]
    rows.append([view.button("promises-pause-open", "pause", promise.id, OPEN_END)])
    return Screen(
        view.say("promises-pause", name=card.name), [*rows, [view.back("guardianship", promise.id)]]
    )


async def begin_pause(turn: Turn) -> None:
    """Send no reminders for a while."""
    weeks = None if turn.argument == OPEN_END else _number(turn)
    await pause(turn.uow, turn.actor, turn.target, weeks=weeks, now=turn.now)
    turn.hint = turn.say("promises-paused")
    turn.go("guardianship", turn.target)


async def end_pause(turn: Turn) -> None:
    """Begin again."""
    await resume(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("promises-resumed")
    turn.go("guardianship", turn.target)

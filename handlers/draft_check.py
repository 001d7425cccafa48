"""*Check my letter*: a draft is deleted from the chat, looked through in memory, and answered with advice.

Nothing of it is kept: what was found stands for ten minutes in a message of its own, which says reasons and
risky words, and in no table. An update that comes twice is answered by the screen that asks for the text.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from handlers.answer import Showing
from handlers.deps import Deps
from handlers.fitting import fit_message
from handlers.screen import Button, Screen, Turn, View
from handlers.screens import screen
from handlers.surfaces import OPEN_FOR
from solidarity.cards import card_for, require_audible
from solidarity.draft_check import Reader, reader_for_one_letter, reader_for_promise
from solidarity.errors import StillInChat
from solidarity.guardianship import mine
from solidarity.letter_check import Finding, Kind, Reason, Report
from solidarity.letters import require_public
from solidarity.work import Posted, Purpose

CHECKED = "letter-checked"
# How many different words are named for one reason, and how much of each.
MOST_WORDS = 6
LONGEST_WORD = 60


@dataclass(frozen=True)
class Checked:
    """What was found in a draft, and the risky words for each reason; nothing else of the draft."""

    report: Report
    words: Mapping[Reason, tuple[str, ...]]

    def __repr__(self) -> str:
        return "Checked(<sealed>)"


@screen("letter-check")
async def ask_within_promise(view: View) -> Screen:
    """Ask a Guardian for the text of a letter."""
    promise = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, promise.prisoner_id)
    require_audible(card)
    return _asking(view, card.name, view.back("guardianship", promise.id))


@screen("letter-check-once")
async def ask_once(view: View) -> Screen:
    """Ask whoever writes one letter for its text."""
    prisoner = await require_public(view.uow, view.target)
    card = await card_for(view.uow, view.actor, prisoner.id)
    return _asking(view, card.name, view.back("one-letter", prisoner.id))


def _asking(view: View, name: str, back: Button) -> Screen:
    parts = [view.say("letter-check-ask", name=name), view.say("letter-check-promise")]
    return Screen("\n\n".join(parts), [[back]])


async def prepare_promised(turn: Turn) -> Callable[[Deps], Awaitable[Checked]]:
    """Return the deleting and looking through of a Guardian's draft."""
    return _looking(turn, await reader_for_promise(turn.uow, turn.actor, turn.target))


async def prepare_once(turn: Turn) -> Callable[[Deps], Awaitable[Checked]]:
    """Return the deleting and looking through of one letter's draft."""
    return _looking(turn, await reader_for_one_letter(turn.uow, turn.actor, turn.target))


def _looking(turn: Turn, reader: Reader) -> Callable[[Deps], Awaitable[Checked]]:
    chat_id, message_id, draft = turn.chat_id, turn.message_id, turn.text

    async def work(deps: Deps) -> Checked:
        # It was marked for deletion already, should this process end here.
        if message_id is None or not await deps.delete(chat_id, message_id):
            raise StillInChat("a draft")
        report = reader.look_through(draft)
        return Checked(report, dict(_risky_words(draft, report.by_reason())))

    return work


def _risky_words(
    draft: str, found: Mapping[Reason, Iterable[Finding]]
) -> Iterator[tuple[Reason, tuple[str, ...]]]:
    """Yield for each reason that words are on the list for the different ones that stand in the draft."""
    for reason, findings in found.items():
        words = [" ".join(draft[f.start : f.end].split()) for f in findings if f.kind is Kind.WORD]
        if words:
            different = {word.casefold(): word[:LONGEST_WORD] for word in reversed(words)}
            yield reason, tuple(reversed(different.values()))[:MOST_WORDS]


async def take(turn: Turn) -> None:
    """Say what was found, in a message of its own; several messages in a row have one each."""
    checked: Checked = turn.prepared
    posted = await turn.uow.posted.add(
        Posted(
            person_id=turn.actor.id,
            purpose=Purpose.APART,
            screen=CHECKED,
            posted_at=turn.now,
            delete_at=turn.now + OPEN_FOR,
        )
    )
    text = fit_message(await turn.under_phrase("\n\n".join(_advice(turn, checked))))
    turn.file = Showing(text, posted_id=posted.id)
    turn.hint = turn.say("letter-checked-below")


def _advice(turn: Turn, checked: Checked) -> Iterator[str]:
    """Write what was found, the gravest first, each reason once."""
    by_reason = checked.report.by_reason()
    yield turn.say("letter-checked-found" if by_reason else "letter-checked-nothing")
    said = ""
    for reason, findings in by_reason.items():
        severity = findings[0].severity
        lines = [] if severity == said else [turn.say(f"letter-checked-{severity}")]
        said = severity
        lines.append(f"• {turn.say(findings[0].wording)}")
        if reason in checked.words:
            lines.append(turn.say("letter-checked-words", words=", ".join(checked.words[reason])))
        yield "\n".join(lines)
    measure = checked.report.measure
    yield turn.say(measure.wording, sheets=measure.sheets, grams=measure.grams)
    yield turn.say("letter-checked-end")

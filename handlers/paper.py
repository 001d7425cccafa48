"""An envelope for one letter: on paper, with a return address for this print only, or as text to copy."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from handlers import files
from handlers.answer import Document
from handlers.deps import Deps
from handlers.guardian import copy_row
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.envelopes import Letter, PaperForm, PaperOrder, return_lines
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.naming import promise_to
from solidarity.paper import letter_for

# It says nothing of what stands in it, where a list of files is seen by others.
FILE_NAME = "document.pdf"


@dataclass(frozen=True)
class Printed:
    """A letter as it was when its envelope was drawn."""

    letter: Letter = field(repr=False)
    pdf: bytes = field(repr=False)


def form_row(view: View, verb: str, argument: Callable[[PaperForm], str]) -> list[Button]:
    """Offer each kind of paper."""
    return [view.button(f"paper-{form}", verb, view.target, argument(form)) for form in PaperForm]


def form_named(text: str) -> PaperForm:
    """Read a kind of paper.

    Raises:
        NotForYou: there is no such kind.
    """
    if text not in tuple(PaperForm):
        raise NotForYou(text)
    return PaperForm(text)


@screen("envelope")
async def envelope_screen(view: View) -> Screen:
    """Say what should be checked about the address, and offer paper or text."""
    letter = await letter_for(view.uow, view.actor, view.target)
    rows: list[Row] = [
        form_row(view, "go:envelope-form", str),
        [view.button("paper-text", "go:envelope-text", view.target)],
        [await _back(view)],
    ]
    parts = [_name(view, letter), *_doubts(view, letter), view.say("paper-choose")]
    return Screen("\n\n".join(parts), rows)


@screen("envelope-form")
async def form_screen(view: View) -> Screen:
    """Ask for a return address, which may be left out."""
    form = form_named(view.argument)
    letter = await letter_for(view.uow, view.actor, view.target)
    rows = [
        [view.button("paper-print", "envelope-print", view.target, form)],
        [view.back("envelope", view.target)],
    ]
    return Screen("\n\n".join([_name(view, letter), view.say("paper-return")]), rows)


@screen("envelope-text")
async def text_screen(view: View) -> Screen:
    """Show the address as it is to be written by hand."""
    letter = await letter_for(view.uow, view.actor, view.target)
    parts = [
        view.say("guardian-envelope", envelope=letter.envelope.text),
        *_doubts(view, letter),
        view.say("paper-by-hand"),
    ]
    rows = [*copy_row(view, letter.envelope), [view.back("envelope", view.target)]]
    return Screen("\n\n".join(parts), rows)


async def prepare(turn: Turn) -> Callable[[Deps], Awaitable[Printed]]:
    """Read what is to be printed; a typed return address goes no further than into this order."""
    letter = await letter_for(turn.uow, turn.actor, turn.target)
    back = return_lines(turn.text)
    order = PaperOrder(form_named(turn.argument), (letter,), turn.actor.language, back)

    async def work(deps: Deps) -> Printed:
        return Printed(letter, await deps.press.print_envelopes(order))

    return work


async def send(turn: Turn) -> None:
    """Send the envelope as a file, unless it should be another by now."""
    printed: Printed = turn.prepared
    if await letter_for(turn.uow, turn.actor, turn.target) != printed.letter:
        raise NoLongerSo(str(turn.target))
    document = Document(FILE_NAME, printed.pdf)
    caption = turn.say("paper-caption")
    await files.send_file(turn, document, caption=caption, name="envelope-file", about=turn.target)
    turn.hint = turn.say("paper-sent")
    turn.go("envelope", turn.target)


def _name(view: View, letter: Letter) -> str:
    return view.say("guardian-name", name=letter.envelope.name)


def _doubts(view: View, letter: Letter) -> Iterable[str]:
    """Say, in one part of a screen, what should be checked; nothing where nothing is odd."""
    verified_on = letter.envelope.place.verified_on
    day = "" if verified_on is None else view.words.day(verified_on)
    lines = [view.say(f"address-doubt-{doubt}", day=day) for doubt in letter.doubts]
    return ["\n".join([view.say("paper-check"), *(f"– {line}" for line in lines)])] if lines else []


async def _back(view: View) -> Button:
    """Lead back to one's promise, or to the letter without one."""
    promise = await promise_to(view.uow, view.actor, view.target)
    if promise is None:
        return view.back("one-letter", view.target)
    return view.back("guardianship", promise.id)

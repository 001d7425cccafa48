"""A letter evening: envelopes for those who are written to least, and afterwards that they were written."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from handlers import files
from handlers.answer import Document
from handlers.deps import Deps
from handlers.paper import FILE_NAME, form_named, form_row
from handlers.post import letter_part
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.envelopes import Letter, PaperOrder
from solidarity.errors import NotForYou
from solidarity.evening import (
    PAPER,
    SIZES,
    Chosen,
    choose_letters,
    note_printed,
    note_written,
    printed_evening,
)

TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Printed:
    """An evening's letters as they were when they were drawn."""

    chosen: Sequence[Chosen] = field(repr=False)
    pdf: bytes = field(repr=False)


@screen("evening")
async def evening_screen(view: View) -> Screen:
    """Ask for how many letters; what was printed before and is not yet written stands first."""
    parts, rows = [view.say("evening")], list[Row]()
    printed = await printed_evening(view.uow, view.actor, now=view.now)
    if printed is not None:
        count = len(printed.letters)
        parts.append(view.say("evening-printed", count=count, day=view.words.day(printed.day)))
        rows.append([view.button("evening-written", "evening-written", None, printed.id, count=count)])
    rows.append([Button(str(size), "go:evening-form", None, str(size)) for size in SIZES])
    return Screen("\n\n".join([*parts, view.say("evening-how-many")]), [*rows, [view.back("desk")]])


@screen("evening-form")
async def form_screen(view: View) -> Screen:
    """Ask what to print on."""
    count = _size(view.argument)
    rows = [form_row(view, "evening-print", lambda form: f"{count}:{form}"), [view.back("evening")]]
    return Screen(view.say("evening-form", count=count), rows)


async def prepare(turn: Turn) -> Callable[[Deps], Awaitable[Printed]]:
    """Choose the letters."""
    size, _, form = turn.argument.partition(":")
    chosen = await choose_letters(turn.uow, turn.actor, _size(size))
    letters = tuple(_with_remark(turn, one) for one in chosen)
    order = PaperOrder(form_named(form), letters, turn.actor.language, evening=turn.actor.today)

    async def work(deps: Deps) -> Printed:
        return Printed(chosen, await deps.press.print_envelopes(order))

    return work


async def send(turn: Turn) -> None:
    """Send the evening's paper in one file."""
    printed: Printed = turn.prepared
    await note_printed(turn.uow, turn.actor, printed.chosen, now=turn.now)
    await send_paper(turn)


async def send_paper(turn: Turn) -> None:
    """Let the paper follow the answer."""
    printed: Printed = turn.prepared
    document = Document(FILE_NAME, printed.pdf)
    await files.send_file(turn, document, caption=turn.say("evening-caption"), name=PAPER)
    said = [turn.say("evening-sent", count=len(printed.chosen))]
    if len(printed.chosen) < _size(turn.argument.partition(":")[0]):
        said.append(turn.say("evening-fewer"))
    turn.hint = " ".join(said)
    turn.go("evening")


async def written(turn: Turn) -> None:
    """Note the letters of the evening."""
    say_noted(turn, await note_written(turn.uow, turn.actor, turn.argument, now=turn.now))


def say_noted(turn: Turn, count: int) -> None:
    """Say how many letters were noted."""
    turn.hint = turn.say("evening-noted", count=count)
    turn.go("evening")


def _with_remark(view: View, chosen: Chosen) -> Letter:
    said = letter_part(view.words, chosen.post, view.actor.today)
    remark = " ".join(unescape(TAG.sub("", said)).split())
    return replace(chosen.letter, remarks=(remark,))


def _size(text: str) -> int:
    if text not in map(str, SIZES):
        raise NotForYou(text)
    return int(text)

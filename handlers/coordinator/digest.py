"""The week's word at the desk: whose guardians are quiet, who is not heard of, who has nobody."""

from collections.abc import Sequence

from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.digest import Line, Part, digest_of, offer_all_again

# Of each part so many are a tap away; the others are found by their name.
SHORTLY = 3


@screen("digest")
async def digest(view: View) -> Screen:
    """List what stands for those a coordinator looks after, and for those whom nobody does."""
    found = await digest_of(view.uow, view.actor)
    parts: list[str] = []
    rows: list[Row] = []
    for name, part in (("quiet", found.quiet), ("unheard", found.unheard), ("nobodys", found.nobodys)):
        if part.count:
            parts.append(_about(view, name, part))
            rows += _names(part.lines)
    if found.quiet.count:
        rows.append([view.button("digest-offer", "offer-again")])
    text = "\n\n".join([view.say("digest-title"), *(parts or [view.say("digest-nothing")])])
    return Screen(text, [*rows, [view.back("desk")]])


def _about(view: View, name: str, part: Part) -> str:
    lines = [view.say(f"digest-{name}", count=part.count), *(_line(view, one) for one in part.lines)]
    if part.count > len(part.lines):
        lines.append(view.say("digest-more", count=part.count - len(part.lines)))
    return "\n".join(lines)


def _line(view: View, line: Line) -> str:
    if line.day is None:
        return view.say("digest-line", name=line.name)
    return view.say("digest-line-since", name=line.name, day=view.words.day(line.day))


def _names(lines: Sequence[Line]) -> list[Row]:
    return [[Button(one.name, "go:prisoner", one.prisoner_id)] for one in lines[:SHORTLY]]


async def offer_again(turn: Turn) -> None:
    """Suggest everybody with a quiet guardian to others at once."""
    count = await offer_all_again(turn.uow, turn.actor)
    turn.hint = turn.say("digest-offered", count=count)
    turn.go("digest")

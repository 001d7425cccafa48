"""Coverage at the desk: a picture out of blocks, the places, and a list that begins with who has least."""

from collections.abc import Sequence

from handlers.screen import Button, Row, Screen, View
from handlers.screens import screen
from solidarity.coverage_desk import AtPlace, One, Page, by_place, least_written_to, picture_of

OWN, ALL = "own", "all"
WIDEST = 12
BLOCK, NONE = "▇", "·"
GUARDIANS = ("nobody", "one", "two", "three")
SILENCES = ("weeks", "month", "months", "longer", "never")


@screen("coverage")
async def coverage(view: View) -> Screen:
    """Draw how many have nobody, one, two, three Guardians, and how long ago letters were."""
    scope, _ = _asked(view)
    seen = await picture_of(view.uow, view.actor, is_own=scope == OWN)
    title = view.say(f"coverage-{scope}", count=seen.people)
    other = OWN if scope == ALL else ALL
    rows: list[Row] = [[view.button(f"coverage-{other}", "go:coverage", argument=other)], [view.back("desk")]]
    if not seen.people:
        return Screen(f"{title}\n\n{view.say('coverage-empty')}", rows)
    parts = [
        title,
        _bars(view, GUARDIANS, seen.by_guardians),
        "\n".join([view.say("coverage-silence"), _bars(view, SILENCES, seen.by_silence)]),
    ]
    leads = [
        view.button("coverage-list", "go:coverage-list", argument=scope),
        view.button("coverage-places", "go:coverage-places", argument=scope),
    ]
    picture = [view.button("picture", "coverage-picture", argument=scope)]
    return Screen("\n\n".join(parts), [leads, picture, *rows])


def _bars(view: View, names: Sequence[str], counts: Sequence[int]) -> str:
    most = max(counts)
    drawn = zip(names, counts, strict=True)
    return "\n".join(view.say(f"coverage-bar-{one}", bar=_bar(n, most), count=n) for one, n in drawn)


def _bar(count: int, most: int) -> str:
    return BLOCK * max(round(WIDEST * count / most), 1) if count else NONE


@screen("coverage-list")
async def people(view: View) -> Screen:
    """List who has fewest Guardians first, each a tap away."""
    scope, page = _asked(view)
    found = await least_written_to(view.uow, view.actor, is_own=scope == OWN, page=page)
    rows: list[Row] = [[Button(one.name, "go:prisoner", one.prisoner_id)] for one in found.some]
    back = [view.back("coverage", argument=scope)]
    text = [view.say("coverage-list-title"), "", *(_line(view, one) for one in found.some)]
    if not rows:
        text.append(view.say("coverage-empty"))
    return Screen("\n".join(text), [*rows, *_turns(view, "coverage-list", scope, found), back])


def _line(view: View, one: One) -> str:
    said = view.say("coverage-line", name=one.name, guardians=one.guardians)
    return f"{said} · {_since(view, one.days)}"


def _since(view: View, days: int | None) -> str:
    return view.say("coverage-no-letter") if days is None else view.say("coverage-days", days=days)


@screen("coverage-places")
async def places(view: View) -> Screen:
    """List the places: how many there have nobody, and how long ago anybody wrote there."""
    scope, page = _asked(view)
    found = await by_place(view.uow, view.actor, is_own=scope == OWN, page=page)
    back = [view.back("coverage", argument=scope)]
    parts = [view.say("coverage-places-title")]
    for one in found.some:
        name = one.name or view.say("coverage-no-place")
        bar = _bar(one.nobodys, one.people)
        said = view.say("coverage-at-place", bar=bar, nobodys=one.nobodys, people=one.people)
        parts.append("\n".join([view.say("coverage-place", name=name), said, _since(view, one.days)]))
    if not found.some:
        parts.append(view.say("coverage-empty"))
    return Screen("\n\n".join(parts), [*_turns(view, "coverage-places", scope, found), back])


def _asked(view: View) -> tuple[str, int]:
    scope, _, page = view.argument.partition(":")
    return scope_of(scope), int(page) if page.isdecimal() else 0


def scope_of(text: str) -> str:
    """Read whose prisoners are counted: everybody's, unless one's own are asked for."""
    return OWN if text == OWN else ALL


def _turns(view: View, name: str, scope: str, page: Page[One] | Page[AtPlace]) -> list[Row]:
    turns: list[Button] = []
    if page.number > 0:
        turns.append(view.button("family-earlier", f"go:{name}", argument=f"{scope}:{page.number - 1}"))
    if page.has_more:
        turns.append(view.button("family-further", f"go:{name}", argument=f"{scope}:{page.number + 1}"))
    return [turns] if turns else []

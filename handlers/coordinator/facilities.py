"""Places of detention at the desk: looked for, looked at, with what may be sent there."""

from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.facilities_desk import FacilityCard, facility_card, find_facilities
from solidarity.search import drop_search, get_search, keep_search

SEARCH = "facilities"


@screen("facilities")
async def facilities(view: View) -> Screen:
    """List the places, or those that fit a search; the argument is the page."""
    page = page_of(view.argument)
    typed = await get_search(view.uow, view.actor, SEARCH, now=view.now)
    found = await find_facilities(view.uow, view.actor, typed, page)
    rows: list[Row] = [[Button(name, "go:facility", argument=code)] for code, name in found.found]
    rows += [
        *paging(view, "facilities", page, has_more=found.has_more),
        [view.button("risky-words", "go:risky-words")],
        [view.back("desk")],
    ]
    said = view.say("facilities-ask")
    if typed is not None:
        rows.insert(-2, [view.button("all-facilities", "all-facilities")])
        said = view.say("facilities-found" if found.found else "facilities-none", typed=typed)
    return Screen(f"{view.say('facilities-title')}\n\n{said}", rows)


def page_of(argument: str) -> int:
    """Read a page's number, counted from 0."""
    return int(argument) if argument.isdecimal() else 0


def paging(view: View, name: str, page: int, *, has_more: bool, before: str = "") -> list[Row]:
    """Return a row that turns pages; the page's number follows what stands before it in the argument."""
    row = []
    if page:
        row.append(view.button("page-back", f"go:{name}", argument=f"{before}{page - 1}"))
    if has_more:
        row.append(view.button("page-on", f"go:{name}", argument=f"{before}{page + 1}"))
    return [row] if row else []


async def show_all(turn: Turn) -> None:
    """Turn to all places; what was looked for before is forgotten."""
    await drop_search(turn.uow, turn.actor, SEARCH)
    turn.go("facilities")


async def search(turn: Turn) -> None:
    """Take a typed name, code or town."""
    await keep_search(turn.uow, turn.actor, SEARCH, turn.text, now=turn.now)
    turn.go("facilities")


@screen("facility")
async def facility(view: View) -> Screen:
    """Show one place, and a button for each thing that may be sent there; the argument is its code."""
    card = await facility_card(view.uow, view.actor, view.argument)
    rows: list[Row] = [
        [
            view.button(
                "facility-cards",
                "go:cards",
                argument=f"{card.code}:{thing}",
                thing=view.say(f"rule-thing-{key_of(thing)}"),
                count=count,
            )
        ]
        for thing, count in card.counts.items()
    ]
    return Screen("\n".join(_lines(view, card)), [*rows, [view.back("facilities")]])


def key_of(word: str) -> str:
    """Return a word of a closed list as wording keys have it."""
    return word.replace("_", "-")


def _lines(view: View, card: FacilityCard) -> list[str]:
    place = card.place
    lines = [view.say("facility-title", name=place.name), ""]
    if place.is_closed:
        lines.append(view.say("desk-place-closed", place=place.name))
    else:
        day = view.words.day(place.verified_on) if place.verified_on else ""
        lines += [view.say("facility-address", address=", ".join(place.lines))]
        lines.append(view.say(f"desk-address-{place.trust}", day=day))
        lines.append(view.say("facility-source", source=place.source))
    known = card.transit_days is not None
    lines.append(
        view.say("facility-transit" if known else "facility-transit-unknown", days=card.transit_days or 0)
    )
    return [*lines, "", view.say("facility-choose")]

"""Whom a broadcast is for: by role, prisoner, facility, language, hearing and town."""

from handlers.coordinator.facilities import page_of, paging
from handlers.coordinator.prisoners import found
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from handlers.towns import town_said
from solidarity.broadcasts import drafts
from solidarity.broadcasts.audience import LANGUAGES, Audience, cities
from solidarity.facilities_desk import find_facilities, place_named
from solidarity.hearings.docket import docket, hearing_card
from solidarity.prisoner_card import prisoner_card
from solidarity.search import keep_search
from solidarity.work import AudienceRole

SEARCH = "broadcast"
CITIES = 8


async def audience_lines(view: View, audience: Audience) -> list[str]:
    """Say in words whom an audience is made of; hidden names as the desk may know them."""
    lines = [view.say("broadcast-to-role", role=view.say(f"broadcast-role-{audience.role}"))]
    if audience.prisoner is not None:
        card = await prisoner_card(view.uow, view.actor, audience.prisoner, now=view.now)
        lines.append(view.say("broadcast-to-prisoner", name=card.name))
    if audience.hearing is not None:
        sitting = await hearing_card(view.uow, view.actor, audience.hearing, now=view.now)
        wall = view.words.wall(sitting.starts)
        lines.append(view.say("broadcast-to-hearing", name=sitting.name, wall=wall))
    if audience.facility is not None:
        place = await place_named(view.uow, view.actor, audience.facility)
        lines.append(view.say("broadcast-to-facility", place=place))
    if audience.city is not None:
        lines.append(view.say("broadcast-to-city", city=town_said(view.words, audience.city)))
    if audience.language is not None:
        name = view.say(f"desk-language-{audience.language}")
        lines.append(view.say("broadcast-to-language", language=name))
    return lines


@screen("broadcast-audience")
async def whom(view: View) -> Screen:
    """Show whom it is for, with a button for each thing by which that can be narrowed."""
    begun = await drafts.require_draft(view.uow, view.actor, now=view.now)
    lines = [view.say("broadcast-audience"), "", *await audience_lines(view, begun.said.audience)]
    buttons = [view.button(f"broadcast-by-{what}", f"go:broadcast-by-{what}") for what in drafts.NARROWED_BY]
    rows = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    return Screen("\n".join(lines), [*rows, [view.back("broadcast-draft")]])


def _choices(view: View, what: str, rows: list[Row], *, text: str | None = None) -> Screen:
    anybody = [view.button("broadcast-by-none", "broadcast-narrow", None, what)]
    said = view.say(f"broadcast-ask-{what}") if text is None else text
    return Screen(said, [*rows, anybody, [view.back("broadcast-audience")]])


@screen("broadcast-by-role")
async def by_role(view: View) -> Screen:
    """Ask what they are here."""
    rows: list[Row] = [
        [Button(view.say(f"broadcast-role-{one}"), "broadcast-narrow", None, f"role:{one}")]
        for one in AudienceRole
    ]
    return Screen(view.say("broadcast-ask-role"), [*rows, [view.back("broadcast-audience")]])


@screen("broadcast-by-language")
async def by_language(view: View) -> Screen:
    """Ask which language they have chosen here."""
    rows: list[Row] = [
        [Button(view.say(f"desk-language-{one}"), "broadcast-narrow", None, f"language:{one}")]
        for one in LANGUAGES
    ]
    return _choices(view, "language", rows)


@screen("broadcast-by-prisoner")
async def by_prisoner(view: View) -> Screen:
    """Ask whom they stand by."""
    text, rows = await found(view, SEARCH, "broadcast-narrow")
    named: list[Row] = [
        [
            Button(one.label, "broadcast-narrow", one.target, "prisoner")
            for one in row
            if isinstance(one, Button)
        ]
        for row in rows
    ]
    return _choices(view, "prisoner", named, text=f"{view.say('broadcast-ask-prisoner')}\n\n{text}")


async def search(turn: Turn) -> None:
    """Take a typed name."""
    await keep_search(turn.uow, turn.actor, SEARCH, turn.text, now=turn.now)
    turn.go("broadcast-by-prisoner")


@screen("broadcast-by-facility")
async def by_facility(view: View) -> Screen:
    """Ask where those are held whom they stand by."""
    page = page_of(view.argument)
    listed = await find_facilities(view.uow, view.actor, None, page)
    rows: list[Row] = [
        [Button(name, "broadcast-narrow", None, f"facility:{code}")] for code, name in listed.found
    ]
    rows += paging(view, "broadcast-by-facility", page, has_more=listed.has_more)
    return _choices(view, "facility", rows)


@screen("broadcast-by-hearing")
async def by_hearing(view: View) -> Screen:
    """Ask whose sitting it is about."""
    page = await docket(view.uow, view.actor, page_of(view.argument), now=view.now)
    rows: list[Row] = [
        [Button(f"{one.starts:%d.%m.%Y %H:%M} · {one.name}", "broadcast-narrow", one.hearing_id, "hearing")]
        for one in page.listed
    ]
    rows += paging(view, "broadcast-by-hearing", page.number, has_more=page.has_more)
    return _choices(view, "hearing", rows)


@screen("broadcast-by-city")
async def by_city(view: View) -> Screen:
    """Ask in which town those are held, or have a sitting, whom they stand by."""
    page = page_of(view.argument)
    towns = await cities(view.uow)
    shown = towns[page * CITIES : (page + 1) * CITIES]
    rows: list[Row] = [
        [Button(town_said(view.words, town), "broadcast-narrow", None, f"city:{town}")] for town in shown
    ]
    rows += paging(view, "broadcast-by-city", page, has_more=len(towns) > (page + 1) * CITIES)
    return _choices(view, "city", rows)


async def narrow(turn: Turn) -> None:
    """Take what was chosen: the argument is by what, and the value where that is no row of its own."""
    what, colon, value = turn.argument.partition(":")
    chosen = turn.target if not colon else value
    await drafts.narrow(turn.uow, turn.actor, what, chosen, now=turn.now)
    turn.go("broadcast-audience")

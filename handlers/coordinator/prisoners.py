"""Prisoners at the desk: searched by name, looked at, shown to more or fewer, their family invited."""

from handlers.coordinator.portfolio import keeping_part, own_part
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.addresses import Place
from solidarity.kinship import unconfirmed_relatives
from solidarity.prisoner_card import PrisonerCard, prisoner_card
from solidarity.publicity import CHOICES, choose_publicity
from solidarity.search import find_prisoners, get_search, keep_search

SEARCH = "prisoners"


@screen("prisoners")
async def prisoners(view: View) -> Screen:
    """Ask for a name, and show who bears it; until then, whom this coordinator looks after."""
    text, rows = await found(view, SEARCH, "go:prisoner")
    if await get_search(view.uow, view.actor, SEARCH, now=view.now) is None:
        own = await own_part(view)
        text, rows = "\n".join([text, *own.lines]), own.rows
    return Screen(f"{view.say('desk-prisoners-title')}\n\n{text}", [*rows, [view.back("desk")]])


async def found(view: View, dialogue: str, verb: str) -> tuple[str, list[Row]]:
    """Say what a search has found, with a button for each."""
    typed = await get_search(view.uow, view.actor, dialogue, now=view.now)
    if typed is None:
        return view.say("desk-search-ask"), []
    findings = await find_prisoners(view.uow, view.actor, typed)
    rows: list[Row] = [[Button(one.name, verb, one.prisoner_id)] for one in findings.found]
    if not rows:
        return view.say("desk-search-nobody", typed=typed), rows
    said = view.say("desk-search-found", typed=typed)
    if findings.has_more:
        said += f"\n{view.say('desk-search-more', count=len(rows))}"
    return said, rows


async def search(turn: Turn) -> None:
    """Take a typed name."""
    await keep_search(turn.uow, turn.actor, SEARCH, turn.text, now=turn.now)
    turn.go("prisoners")


@screen("prisoner")
async def prisoner(view: View) -> Screen:
    """Show one prisoner, and what can be done for them."""
    card = await prisoner_card(view.uow, view.actor, view.target, now=view.now)
    keeping = await keeping_part(view, card.prisoner_id)
    rows = [[view.button("desk-publicity", "go:publicity", card.prisoner_id)], *keeping.rows]
    if card.status != "died":
        rows = [
            [view.button("desk-add-hearing", "hearing-for", card.prisoner_id)],
            [view.button("desk-invite", "go:invite", card.prisoner_id)],
            *rows,
        ]
    elif card.is_silenced:
        rows.insert(0, [view.button("families-spoken", "go:spoken", card.prisoner_id)])
    if card.publicity == "hidden":
        rows.append([view.button("request-name", "ask-name", card.prisoner_id)])
    if await unconfirmed_relatives(view.uow, card.prisoner_id, view.actor.language):
        rows.append([view.button("desk-unconfirmed", "go:unconfirmed", card.prisoner_id)])
    rows.append([view.back("prisoners")])
    return Screen("\n".join([*_lines(view, card), *keeping.lines]), rows)


def _lines(view: View, card: PrisonerCard) -> list[str]:
    lines = [view.say("desk-prisoner-title", name=card.name)]
    lines += [view.say("desk-prisoner-also", name=name) for name in card.names]
    status = view.say(f"desk-status-{card.status.replace('_', '-')}")
    if card.status_since is None:
        lines += ["", view.say("desk-prisoner-status", status=status)]
    else:
        since = view.words.day(card.status_since)
        lines += ["", view.say("desk-prisoner-status-since", status=status, day=since)]
    if card.is_silenced:
        lines.append(view.say("desk-prisoner-silent"))
    lines += [*_place_lines(view, card.place), ""]
    lines.append(view.say("desk-prisoner-guardians", count=card.guardians))
    lines.append(view.say(f"desk-publicity-is-{card.publicity}"))
    hearing = card.next_hearing
    if hearing is not None:
        moment = view.words.moment(hearing.starts_at, hearing.zone)
        lines.append(view.say("desk-prisoner-hearing", moment=moment, zone=view.clock(hearing.zone)))
    return lines


def _place_lines(view: View, place: Place | None) -> list[str]:
    if place is None:
        return [view.say("desk-no-place")]
    if place.is_closed:
        return [view.say("desk-place-closed", place=place.name)]
    lines = [view.say("desk-place", place=place.name, address=", ".join(place.lines))]
    day = view.words.day(place.verified_on) if place.verified_on else ""
    return [*lines, view.say(f"desk-address-{place.trust}", day=day)]


@screen("publicity")
async def publicity(view: View) -> Screen:
    """Say who may see the name, and let it be changed."""
    card = await prisoner_card(view.uow, view.actor, view.target, now=view.now)
    text = [
        view.say("desk-prisoner-title", name=card.name),
        view.say(f"desk-publicity-is-{card.publicity}"),
        "",
        view.say("desk-publicity-explained"),
    ]
    # A hidden name is shown to more people by two only.
    verb = "ask-publicity" if card.publicity == "hidden" else "prisoner-publicity"
    rows = [
        [view.button(f"desk-publicity-{wish}", verb, card.prisoner_id, wish)]
        for wish in CHOICES
        if wish != card.publicity
    ]
    return Screen("\n".join(text), [*rows, [view.back("prisoner", card.prisoner_id)]])


async def set_publicity(turn: Turn) -> None:
    """Show the name to more or fewer people."""
    await choose_publicity(turn.uow, turn.target, turn.argument, by=turn.actor.id, now=turn.now)
    turn.go("prisoner", turn.target)


@screen("unconfirmed")
async def unconfirmed(view: View) -> Screen:
    """List by pseudonym who came with the words of a relative; a colleague is asked to confirm one."""
    card = await prisoner_card(view.uow, view.actor, view.target, now=view.now)
    found = await unconfirmed_relatives(view.uow, card.prisoner_id, view.actor.language)
    rows: list[Row] = [
        [Button(f"{one.relative} · {view.words.day(one.since)}", "ask-kinship", one.kinship_id)]
        for one in found
    ]
    text = view.say("desk-unconfirmed-relatives", name=card.name)
    return Screen(text, [*rows, [view.back("prisoner", card.prisoner_id)]])

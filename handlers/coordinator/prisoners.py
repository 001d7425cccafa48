"""Prisoners at the desk: searched by name, looked at, shown to more or fewer, their family invited."""

from handlers.coordinator.portfolio import keeping_part, own_part
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from handlers.shown_once import shown_once
from solidarity.addresses import Place
from solidarity.errors import NotForYou
from solidarity.in_sight import put_out_of_sight
from solidarity.invitations import invite_relative
from solidarity.kinship import unconfirmed_relatives
from solidarity.prisoner_card import PrisonerCard, prisoner_card
from solidarity.publicity import CHOICES, choose_publicity
from solidarity.search import find_prisoners, get_search, keep_search
from solidarity.work import CodeKind

SEARCH = "prisoners"
FOR_WHOM = ("themselves", "behalf")


@screen("prisoners", "desk.prisoners")
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


@screen("prisoner", "desk.prisoners")
async def prisoner(view: View) -> Screen:
    """Show one prisoner, and what can be done for them."""
    card = await prisoner_card(view.uow, view.actor, view.target, now=view.now)
    keeping = await keeping_part(view, card.prisoner_id)
    rows = [
        [view.button("desk-add-hearing", "hearing-for", card.prisoner_id)],
        [view.button("desk-invite", "go:invite", card.prisoner_id)],
        [view.button("desk-publicity", "go:publicity", card.prisoner_id)],
        *keeping.rows,
    ]
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
        lines.append(view.say("desk-prisoner-hearing", moment=moment, zone=hearing.zone))
    return lines


def _place_lines(view: View, place: Place | None) -> list[str]:
    if place is None:
        return [view.say("desk-no-place")]
    if place.is_closed:
        return [view.say("desk-place-closed", place=place.name)]
    lines = [view.say("desk-place", place=place.name, address=", ".join(place.lines))]
    day = view.words.day(place.verified_on) if place.verified_on else ""
    return [*lines, view.say(f"desk-address-{place.trust}", day=day)]


@screen("publicity", "desk.prisoners")
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


@screen("unconfirmed", "desk.invite")
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


@screen("invite", "desk.invite")
async def for_whom(view: View) -> Screen:
    """Ask whether a relative joins for themselves."""
    card = await prisoner_card(view.uow, view.actor, view.target, now=view.now)
    rows = [[view.button(f"desk-{whom}", "invite", card.prisoner_id, whom)] for whom in FOR_WHOM]
    text = view.say("desk-invite-ask", name=card.name)
    return Screen(text, [*rows, [view.back("prisoner", card.prisoner_id)]])


async def invite(turn: Turn) -> None:
    """Make the five words of a relative."""
    if turn.argument not in FOR_WHOM:
        raise NotForYou(turn.argument)
    is_on_behalf = turn.argument == "behalf"
    await invite_relative(turn.uow, turn.actor, turn.target, is_on_behalf=is_on_behalf, now=turn.now)
    turn.go("invitation", turn.target)


@screen("invitation", "desk.invite")
async def invitation(view: View) -> Screen:
    """Show the five words once, and what to do with them."""
    back = view.button("back", "invite-done", view.target)
    return await shown_once(
        view, CodeKind.RELATIVE, text="desk-invitation", gone="desk-invitation-gone", back=back
    )


async def leave_invitation(turn: Turn) -> None:
    """Take the words out of sight and go back to the prisoner."""
    await put_out_of_sight(turn.uow, turn.actor, CodeKind.RELATIVE)
    turn.go("prisoner", turn.target)

"""Rule cards at the desk: looked at, and changed together with a second coordinator."""

from collections.abc import Mapping

from handlers.coordinator.facilities import key_of
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.card_changes import propose_checked, propose_draft, propose_withdrawal
from solidarity.card_drafts import (
    CHOICES,
    CardDraft,
    begin_change,
    begin_new,
    card_named,
    choose,
    get_card_draft,
    turn_checked,
    type_advice,
    type_source,
)
from solidarity.facilities_desk import cards_of, place_named
from solidarity.possible import LANGUAGES, RuleCard, in_language
from solidarity.proposals import CardProposal

ANY = "any"


@screen("cards")
async def cards(view: View) -> Screen:
    """List the cards that speak of a thing at a place: the argument is its code, a colon and the thing."""
    code, _, thing = view.argument.partition(":")
    found = await cards_of(view.uow, code, thing)
    rows: list[Row] = [
        [Button(_label(view, card), "go:card", argument=f"{code}:{card.id}")] for card in found
    ]
    rows += [
        [view.button("card-new", "card-new", argument=view.argument)],
        [view.back("facility", argument=code)],
    ]
    title = view.say("cards-title", thing=view.say(f"rule-thing-{key_of(thing)}"))
    return Screen("\n\n".join([title, view.say("cards-some" if found else "cards-none")]), rows)


def _label(view: View, card: RuleCard) -> str:
    return view.say(
        "card-label",
        place=view.say(f"card-place-{_place(card.facility, card.kind)}"),
        status=_status(view, card.status or ""),
        writer=_writer(view, card.writer or ""),
        verdict=_verdict(view, card.verdict),
    )


@screen("card")
async def card(view: View) -> Screen:
    """Show one card: the argument is the code of the place one comes from, a colon and the card."""
    code, _, card_id = view.argument.partition(":")
    found = await card_named(view.uow, card_id)
    rows = [[view.button("card-edit", "card-edit", argument=card_id)]]
    if found.verified_on != view.actor.today:
        rows.append([view.button("card-checked", "card-checked", argument=card_id)])
    rows.append([view.button("card-withdraw", "card-withdraw", argument=card_id)])
    rows.append([view.back("cards", argument=f"{code}:{found.thing}")])
    return Screen("\n".join([*await card_lines(view, found), "", view.say("card-takes-two")]), rows)


async def card_lines(view: View, card: RuleCard, *, is_whole: bool = False) -> list[str]:
    """Say in words what a card says.

    Args:
        is_whole: with its advice in every language, not in the reader's alone.
    """
    lines = _of_fields(view, card.thing, card.status or "", card.writer or "", card.verdict)
    lines.append(await _where(view, card.facility, card.kind))
    advice = in_language(card.advice, view.actor.language)
    if advice:
        shown = _every_advice(view, card.advice) if is_whole else [view.say("card-advice-is", text=advice)]
        lines += ["", *shown]
    lines += ["", view.say("card-source-is", text=card.source)]
    day = view.words.day(card.verified_on) if card.verified_on else ""
    return [*lines, view.say("card-verified" if day else "card-never-verified", day=day)]


async def proposal_lines(view: View, proposal: CardProposal) -> list[str]:
    """Say in words what a colleague would have changed: whole and first what it would be, then what it is.

    What is too long for a message is cut at its end, and nobody may agree to what they have not seen.
    """
    lines = [view.say("card-goes")]
    if proposal.after is not None:
        lines = [view.say("card-after"), *await card_lines(view, proposal.after, is_whole=True)]
    if proposal.before is not None:
        lines += ["", view.say("card-before"), *await card_lines(view, proposal.before)]
    return lines


def _every_advice(view: View, texts: Mapping[str, str]) -> list[str]:
    return [
        view.say("card-advice-in", language=view.say(f"desk-language-{each}"), text=text)
        for each, text in texts.items()
    ]


async def _where(view: View, facility: str | None, kind: str | None) -> str:
    """Say where a card holds: a place by its name, a kind of place in words."""
    name = kind or "" if facility is None else await place_named(view.uow, view.actor, facility)
    return view.say(f"card-where-{_place(facility, kind)}", place=name)


def _place(facility: str | None, kind: str | None) -> str:
    if facility is not None:
        return "facility"
    return "anywhere" if kind is None else "kind"


def _of_fields(view: View, thing: str, status: str, writer: str, verdict: str) -> list[str]:
    return [
        view.say("card-thing-is", thing=view.say(f"rule-thing-{key_of(thing)}")),
        view.say("card-status-is", status=_status(view, status)),
        view.say("card-writer-is", writer=_writer(view, writer)),
        view.say("card-verdict-is", verdict=_verdict(view, verdict)),
    ]


def _status(view: View, status: str) -> str:
    return view.say(f"desk-status-{key_of(status)}" if status else "rule-status-any")


def _writer(view: View, writer: str) -> str:
    return view.say(f"rule-writer-{writer or ANY}")


def _verdict(view: View, verdict: str) -> str:
    return view.say(f"rule-verdict-{verdict}" if verdict else "card-nothing-yet")


async def begin_new_card(turn: Turn) -> None:
    """Begin a card of one place."""
    code, _, thing = turn.argument.partition(":")
    await begin_new(turn.uow, turn.actor, code, thing, now=turn.now)
    turn.go("card-draft")


async def edit_card(turn: Turn) -> None:
    """Begin to change a card."""
    await begin_change(turn.uow, turn.actor, turn.argument, now=turn.now)
    turn.go("card-draft")


@screen("card-draft")
async def draft(view: View) -> Screen:
    """Show a card as far as it has been said, with a button for each part of it."""
    begun = await get_card_draft(view.uow, view.actor, now=view.now)
    if begun is None:
        return Screen(view.say("desk-draft-expired"), [[view.back("facilities")]])
    parts = [view.button(f"card-{what}", "go:card-choose", argument=what) for what in CHOICES]
    checked = "card-is-checked" if begun.is_checked else "card-is-not-checked"
    rows: list[Row] = [
        parts[:2],
        parts[2:],
        [
            view.button("card-advice", "go:card-advice", argument=view.actor.language),
            view.button("card-source", "go:card-source"),
        ],
        [view.button(checked, "card-check")],
        [view.button("card-propose", "card-propose")],
        [view.back("facilities")],
    ]
    return Screen("\n".join(await _draft_lines(view, begun)), rows)


async def _draft_lines(view: View, begun: CardDraft) -> list[str]:
    nothing = view.say("card-nothing-yet")
    advice = _every_advice(view, begun.texts)
    return [
        view.say("card-draft-title"),
        "",
        *_of_fields(view, begun.thing, begun.status, begun.writer, begun.verdict),
        await _where(view, begun.facility, begun.kind),
        "",
        *(advice or [view.say("card-advice-is", text=nothing)]),
        "",
        view.say("card-source-is", text=begun.source or nothing),
    ]


@screen("card-choose")
async def choice(view: View) -> Screen:
    """Offer what a part of a card may be; the argument is the part."""
    said = {"thing": _thing, "status": _status, "writer": _writer, "verdict": _verdict}
    say = said.get(view.argument)
    if say is None:
        return Screen(view.say("desk-draft-expired"), [[view.back("card-draft")]])
    rows: list[Row] = [
        [Button(say(view, value), "card-set", argument=f"{view.argument}:{value}")]
        for value in CHOICES[view.argument]
    ]
    return Screen(view.say(f"card-choose-{view.argument}"), [*rows, [view.back("card-draft")]])


def _thing(view: View, thing: str) -> str:
    return view.say(f"rule-thing-{key_of(thing)}")


async def set_part(turn: Turn) -> None:
    """Take what was chosen."""
    what, _, value = turn.argument.partition(":")
    await choose(turn.uow, turn.actor, what, value, now=turn.now)
    turn.go("card-draft")


async def turn_check(turn: Turn) -> None:
    """Say that the source was looked at today, or not."""
    await turn_checked(turn.uow, turn.actor, now=turn.now)
    turn.go("card-draft")


@screen("card-advice")
async def advice(view: View) -> Screen:
    """Ask for the advice in one language; the argument is the language."""
    language = view.argument if view.argument in LANGUAGES else view.actor.language
    others = [
        view.button(
            "card-advice-language",
            "go:card-advice",
            argument=each,
            language=view.say(f"desk-language-{each}"),
        )
        for each in LANGUAGES
        if each != language
    ]
    said = view.say("card-type-advice", language=view.say(f"desk-language-{language}"))
    return Screen(said, [others, [view.back("card-draft")]])


async def take_advice(turn: Turn) -> None:
    """Take the typed advice."""
    language = turn.argument if turn.argument in LANGUAGES else turn.actor.language
    await type_advice(turn.uow, turn.actor, language, turn.text, now=turn.now)
    turn.go("card-draft")


@screen("card-source")
async def source(view: View) -> Screen:
    """Ask who says so."""
    return Screen(view.say("card-type-source"), [[view.back("card-draft")]])


async def take_source(turn: Turn) -> None:
    """Take the typed source."""
    await type_source(turn.uow, turn.actor, turn.text, now=turn.now)
    turn.go("card-draft")


async def propose(turn: Turn) -> None:
    """Ask a colleague to agree to the card as it was drafted."""
    await propose_draft(turn.uow, turn.actor, now=turn.now)
    _asked(turn)


async def propose_check(turn: Turn) -> None:
    """Ask a colleague to agree that a card still holds."""
    await propose_checked(turn.uow, turn.actor, turn.argument, now=turn.now)
    _asked(turn)


async def withdraw(turn: Turn) -> None:
    """Ask a colleague to agree that a card goes."""
    await propose_withdrawal(turn.uow, turn.actor, turn.argument, now=turn.now)
    _asked(turn)


def _asked(turn: Turn) -> None:
    turn.hint = turn.say("request-asked")
    turn.go("requests")

"""What takes two coordinators, in the chat: asked with a reason, decided by a colleague, opened once."""

from collections.abc import Awaitable, Callable

from handlers.answer import Showing
from handlers.buttons import keyboard_of
from handlers.coordinator.broadcast_audience import audience_lines
from handlers.coordinator.broadcast_draft import reach_lines
from handlers.coordinator.broadcast_preview import preview_of, previews, written_in
from handlers.coordinator.risky_words import word_lines
from handlers.coordinator.rule_cards import proposal_lines
from handlers.screen import Button, CopyButton, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.errors import NotForYou
from solidarity.proposals import BroadcastProposal, CardProposal, WordProposal
from solidarity.request_answers import answers
from solidarity.request_cards import RequestCard
from solidarity.requests import (
    approve,
    ask,
    decline,
    request_card,
    requests_at_desk,
    withdraw,
)
from solidarity.reveals import Revealed, open_request
from solidarity.work import Posted, Purpose, RequestKind

SHOWN = 8
REVEALED = "revealed"


@screen("requests")
async def requests(view: View) -> Screen:
    """List what colleagues have asked for, and one's own requests."""
    cards = await requests_at_desk(view.uow, view.actor, now=view.now)
    theirs, mine = [[card for card in cards if card.is_mine is is_mine] for is_mine in (False, True)]
    rows: list[Row] = [[_to_request(view, card)] for card in [*theirs[:SHOWN], *mine]]
    rows += [[view.button("request-role", "ask-role", view.actor.id)], [view.back("inbox")]]
    lines = [view.say("requests-title"), ""]
    lines.append(view.say("requests-wait", count=len(theirs)) if theirs else view.say("requests-none"))
    if mine:
        lines.append(view.say("requests-mine", count=len(mine)))
    for one in await answers(view.uow, view.actor, now=view.now):
        what = view.say(f"request-is-{_word(one.kind)}")
        lines.append(view.say(f"request-was-{'approved' if one.is_yes else 'declined'}", what=what))
    return Screen("\n".join(lines), rows)


def _to_request(view: View, card: RequestCard) -> Button:
    what = view.say(f"request-is-{_word(card.kind)}")
    state = "mine" if card.is_mine else "theirs"
    key = "request-label-ready" if card.is_approved else f"request-label-{state}"
    return Button(view.say(key, what=what, asker=card.asker), "go:request", card.request_id)


def _word(kind: RequestKind) -> str:
    return kind.replace("_", "-")


@screen("request")
async def request(view: View) -> Screen:
    """Show one request, with what this coordinator can do about it."""
    card = await request_card(view.uow, view.actor, view.target, now=view.now)
    until = view.words.end(card.until, view.actor.hours.zone)
    lines = [view.say(f"request-{_word(card.kind)}", **_about(view, card)), ""]
    if not card.is_mine:
        lines.append(view.say("request-asker", asker=card.asker))
        lines += [""] if card.change is not None else []
    lines += await _why(view, card)
    if card.is_mine:
        key = "request-approved" if card.is_approved else "request-waits"
        lines += ["", view.say(key, until=until, number=card.request_id.hex[:8])]
    else:
        lines += ["", view.say("request-decide", until=until)]
    rows = [*_previews(view, card), *_choices(view, card), [view.back("requests")]]
    return Screen("\n".join(lines), rows)


async def _why(view: View, card: RequestCard) -> list[str]:
    if isinstance(card.change, CardProposal):
        return await proposal_lines(view, card.change)
    if isinstance(card.change, WordProposal):
        return word_lines(view, card.change)
    if isinstance(card.change, BroadcastProposal):
        return await _about_broadcast(view, card, card.change)
    return [view.say("request-redeemed") if card.why is None else view.say("request-why", why=card.why)]


async def _about_broadcast(view: View, card: RequestCard, proposal: BroadcastProposal) -> list[str]:
    said = proposal.said
    lines = [view.say("request-why", why=card.why or "")]
    lines += ["", *await audience_lines(view, said.audience), ""]
    lines += reach_lines(view, said, proposal.reach)
    begins = view.words.moment(proposal.starts_at, view.actor.hours.zone)
    lines.append(view.say("broadcast-report-begins", at=begins))
    if said.why is not None:
        lines.append(view.say("broadcast-pierces-quiet", why=said.why))
    return lines


@screen("request-words")
async def request_words(view: View) -> Screen:
    """Show what a colleague wants to send, exactly as readers of a language will see it."""
    card = await request_card(view.uow, view.actor, view.target, now=view.now)
    if not isinstance(card.change, BroadcastProposal):
        raise NotForYou(str(card.request_id))
    return await preview_of(view, card.change.said, [view.back("request", card.request_id)])


def _previews(view: View, card: RequestCard) -> list[Row]:
    if not isinstance(card.change, BroadcastProposal):
        return []
    return previews(view, written_in(card.change.said), "request-words", card.request_id)


def _about(view: View, card: RequestCard) -> dict[str, str]:
    about = {"person": card.person or "", "prisoner": card.prisoner or ""}
    if card.kind is RequestKind.PUBLICITY:
        about["wish"] = view.say(f"desk-word-{card.argument}")
    return about


def _choices(view: View, card: RequestCard) -> list[Row]:
    if not card.is_mine:
        return [
            [
                view.button("request-approve", "request-approve", card.request_id),
                view.button("request-decline", "request-decline", card.request_id),
            ]
        ]
    rows: list[Row] = [[view.button("request-withdraw", "request-withdraw", card.request_id)]]
    if card.is_approved:
        rows.insert(0, [view.button("request-open", "request-open", card.request_id)])
    return rows


def asking(kind: RequestKind) -> Callable[[Turn], Awaitable[None]]:
    """Return what a button does that asks for something of a kind: it asks for the reason first."""

    async def begin(turn: Turn) -> None:
        turn.go("request-reason", turn.target, ":".join([kind, *filter(None, [turn.argument])]))

    return begin


@screen("request-reason")
async def reason(view: View) -> Screen:
    """Ask for the reason, in a few words."""
    return Screen(view.say("request-ask-reason"), [[view.back("requests")]])


async def take_reason(turn: Turn) -> None:
    """Ask a colleague, for the reason that was typed."""
    kind, _, argument = turn.argument.partition(":")
    await ask(turn.uow, turn.actor, kind, turn.target, argument=argument, why=turn.text, now=turn.now)
    turn.hint = turn.say("request-asked")
    turn.go("requests")


async def approve_one(turn: Turn) -> None:
    """Agree."""
    await approve(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("request-you-approved")
    turn.go("requests")


async def decline_one(turn: Turn) -> None:
    """Refuse."""
    await decline(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("request-you-declined")
    turn.go("requests")


async def withdraw_one(turn: Turn) -> None:
    """Take one's own request back."""
    await withdraw(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("request-you-withdrew")
    turn.go("requests")


async def open_one(turn: Turn) -> None:
    """Show what was approved, in a message of its own that is gone after a minute."""
    revealed = await open_request(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.go("requests")
    if not revealed.lines:
        turn.hint = turn.say("request-nothing-left")
        return
    posted = await turn.uow.posted.add(
        Posted(
            person_id=turn.actor.id,
            purpose=Purpose.APART,
            screen=REVEALED,
            posted_at=turn.now,
            delete_at=turn.now + revealed.shown_for,
        )
    )
    turn.hint = turn.say("request-shown-once")
    turn.file = await _showing(turn, revealed, posted)


async def _showing(turn: Turn, revealed: Revealed, posted: Posted) -> Showing:
    if revealed.kind is RequestKind.ROLE:
        code = revealed.lines["code"]
        rows = [[CopyButton(turn.say("button-request-copy-code"), code)]]
        text = await turn.under_phrase(turn.say("revealed-code", code=code))
        return Showing(text, keyboard_of(rows, ()), posted_id=posted.id)
    lines = [
        turn.say("revealed-line", what=turn.say(f"revealed-{what}"), value=value)
        for what, value in revealed.lines.items()
    ]
    text = await turn.under_phrase("\n".join([turn.say("revealed-goes"), "", *lines]))
    return Showing(text, posted_id=posted.id)

"""Codes at the desk: one for a supporter one vouches for, and all that stand, each to be revoked."""

from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from handlers.shown_once import link_code
from solidarity.given_codes import (
    Given,
    codes_given,
    revoke_code,
    vouch_for_supporter,
)
from solidarity.in_sight import put_out_of_sight
from solidarity.work import CodeKind

SHOWN = 20


@screen("codes")
async def codes(view: View) -> Screen:
    """List what was given and not redeemed; a tap asks whether to revoke it."""
    given = await codes_given(view.uow, view.actor, now=view.now)
    lines = [view.say("codes-title"), "", view.say("codes-stand", count=len(given))]
    if len(given) > SHOWN:
        lines.append(view.say("codes-first-shown", count=SHOWN))
    rows: list[Row] = [[Button(_label(view, one), "go:code", one.code_id)] for one in given[:SHOWN]]
    return Screen("\n".join(lines), [*rows, [view.button("codes-vouch", "vouch")], [view.back("people")]])


def _label(view: View, one: Given) -> str:
    kind = view.say(f"codes-kind-{one.kind}")
    return view.say("codes-label", kind=kind, day=view.words.day(one.expires_at.date()))


@screen("code")
async def one_code(view: View) -> Screen:
    """Show one code's kind, giver and end, and let it be revoked."""
    given = await codes_given(view.uow, view.actor, now=view.now)
    one = next((one for one in given if one.code_id == view.target), None)
    if one is None:
        return Screen(view.say("codes-gone"), [[view.back("codes")]])
    text = view.say(
        "codes-one",
        kind=view.say(f"codes-kind-{one.kind}"),
        by=view.say("people-by-host") if one.by is None else one.by,
        until=view.words.end(one.expires_at, view.actor.hours.zone),
    )
    return Screen(text, [[view.button("codes-revoke", "code-revoke", one.code_id)], [view.back("codes")]])


async def revoke(turn: Turn) -> None:
    """Let a code open nothing any more."""
    await revoke_code(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("codes-revoked")
    turn.go("codes")


async def vouch(turn: Turn) -> None:
    """Make a code for a supporter one vouches for."""
    await vouch_for_supporter(turn.uow, turn.actor, now=turn.now)
    turn.go("code-given")


@screen("code-given")
async def code_given(view: View) -> Screen:
    """Show the code once, and what to do with it."""
    back = view.button("back", "code-done")
    return await link_code(view, CodeKind.SUPPORTER, text="codes-given", back=back)


async def put_away(turn: Turn) -> None:
    """Take the code out of sight and go back to the list."""
    await put_out_of_sight(turn.uow, turn.actor, CodeKind.SUPPORTER)
    turn.go("codes")

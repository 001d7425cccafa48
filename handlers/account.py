"""Moving to another account: a code, shown once, that is typed there."""

from handlers.screen import CopyButton, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.given_codes import prepare_move, put_code_out_of_sight, reveal_code_in_sight
from solidarity.work import CodeKind


@screen("account", "settings")
async def account(view: View) -> Screen:
    """Say what moving means, and let the code be made."""
    rows = [[view.button("account-code", "account-code")], [view.back("settings")]]
    return Screen(view.say("account-text"), rows)


@screen("account-code", "settings")
async def account_code(view: View) -> Screen:
    """Show the code once."""
    rows: list[Row] = [[view.button("back", "account-done")]]
    given = None
    if not view.is_repeat:
        given = await reveal_code_in_sight(view.uow, view.actor, CodeKind.ACCOUNT, now=view.now)
    if given is None:
        return Screen(view.say("account-code-gone"), rows)
    rows.insert(0, [CopyButton(view.say("button-account-copy"), given.words)])
    until = view.words.end(given.expires_at, view.actor.hours.zone)
    return Screen(view.say("account-code-text", code=given.words, until=until), rows)


async def make_code(turn: Turn) -> None:
    """Make the code; one made before stops working."""
    await prepare_move(turn.uow, turn.actor, now=turn.now)
    turn.go("account-code")


async def put_away(turn: Turn) -> None:
    """Take the code out of sight and go back to the settings."""
    await put_code_out_of_sight(turn.uow, turn.actor, CodeKind.ACCOUNT)
    turn.go("settings")

"""Moving to another account: a code, shown once, that is typed there."""

from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from handlers.shown_once import link_code
from solidarity.given_codes import prepare_move
from solidarity.in_sight import put_out_of_sight
from solidarity.work import CodeKind


@screen("account")
async def account(view: View) -> Screen:
    """Say what moving means, and let the code be made."""
    rows = [[view.button("account-code", "account-code")], [view.back("settings")]]
    return Screen(view.say("account-text"), rows)


@screen("account-code")
async def account_code(view: View) -> Screen:
    """Show the code once."""
    back = view.button("back", "account-done")
    return await link_code(view, CodeKind.ACCOUNT, text="account-code-text", back=back)


async def make_code(turn: Turn) -> None:
    """Make the code; one made before stops working."""
    await prepare_move(turn.uow, turn.actor, now=turn.now)
    turn.go("account-code")


async def put_away(turn: Turn) -> None:
    """Take the code out of sight and go back to the settings."""
    await put_out_of_sight(turn.uow, turn.actor, CodeKind.ACCOUNT)
    turn.go("settings")

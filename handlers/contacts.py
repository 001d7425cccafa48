"""Contact details a person may leave, in case the bot vanishes; each optional, each removed with one tap."""

from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.errors import NotForYou
from solidarity.people import CONTACT_LIMITS, reveal_contacts, set_contact


@screen("contacts")
async def contacts(view: View) -> Screen:
    """Draw what is kept, and a button for each detail."""
    kept = await reveal_contacts(view.uow, view.actor)
    lines = [
        view.say("contacts-line", detail=view.say(f"contacts-{detail}"), value=value)
        for detail, value in kept.items()
    ]
    text = "\n".join(lines) or view.say("contacts-nothing")
    rows: list[Row] = [
        [view.button(f"contacts-{detail}", "go:contact", argument=detail)] for detail in CONTACT_LIMITS
    ]
    return Screen(f"{view.say('contacts-text')}\n\n{text}", [*rows, [view.back("settings")]])


@screen("contact")
async def contact(view: View) -> Screen:
    """Draw one detail: what is kept of it, and how to change it; typed words replace it."""
    if view.argument not in CONTACT_LIMITS:
        raise NotForYou(view.argument)
    detail = view.say(f"contacts-{view.argument}")
    value = (await reveal_contacts(view.uow, view.actor)).get(view.argument)
    rows: list[Row] = [[view.back("contacts")]]
    if value is None:
        return Screen(view.say("contacts-ask", detail=detail), rows)
    rows.insert(0, [view.button("contacts-remove", "contact-remove", argument=view.argument)])
    return Screen(view.say("contacts-kept", detail=detail, value=value), rows)


async def take(turn: Turn) -> None:
    """Keep the typed words as the detail the screen asks for."""
    await set_contact(turn.uow, turn.actor, turn.argument, turn.text)
    turn.hint = turn.say("settings-saved")
    turn.go("contacts")


async def remove(turn: Turn) -> None:
    """Forget one detail."""
    await set_contact(turn.uow, turn.actor, turn.argument, None)
    turn.hint = turn.say("contacts-removed")
    turn.go("contacts")

"""What coordinators are told at once about one another: of pseudonyms, and no more."""

from handlers.screen import Screen, View
from handlers.screens import screen
from solidarity.duress import is_still_forced
from solidarity.pseudonyms import pseudonym


@screen("desk-duress", "desk.told")
async def forced(view: View) -> Screen:
    """Warn of a colleague who opened their desk under duress; or say that they are back."""
    if view.target is None or not await is_still_forced(view.uow, view.target):
        return Screen(view.say("notices-duress-over"), [[view.back()]])
    called = pseudonym(view.target.bytes, view.actor.language)
    return Screen(view.say("notices-duress", pseudonym=called), [[view.back()]])


@screen("desk-pin-wrong", "desk.told")
async def pin_wrong(view: View) -> Screen:
    """Tell of five wrong PINs at somebody's desk."""
    return await _about(view, "notices-pin-wrong")


@screen("desk-pin-forgotten", "desk.told")
async def pin_forgotten(view: View) -> Screen:
    """Tell of somebody who asks for a new PIN."""
    return await _about(view, "notices-pin-forgotten")


async def _about(view: View, key: str) -> Screen:
    person = None if view.target is None else await view.uow.people.get(view.target)
    if person is None:
        return Screen(view.say("notices-person-left"), [[view.back()]])
    called = pseudonym(person.id.bytes, view.actor.language)
    return Screen(view.say(key, pseudonym=called), [[view.button("menu-desk", "desk")], [view.back()]])

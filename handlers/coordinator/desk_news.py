"""What coordinators are told at once about one another: of pseudonyms, and no more."""

from handlers.screen import Screen, View
from handlers.screens import screen
from solidarity.duress import is_still_forced
from solidarity.pseudonyms import pseudonym
from solidarity.restrictions import restriction_of_notice


@screen("desk-duress")
async def forced(view: View) -> Screen:
    """Warn of a colleague who opened their desk under duress; or say that they are back, or were erased."""
    if view.target is None or await view.uow.people.get(view.target) is None:
        # Whoever forced the desk open can erase its owner: that must not read as if all were well.
        return Screen(view.say("notices-duress-left"), [[view.back()]])
    if not await is_still_forced(view.uow, view.target):
        return Screen(view.say("notices-duress-over"), [[view.back()]])
    called = pseudonym(view.target.bytes, view.actor.language)
    return Screen(view.say("notices-duress", pseudonym=called), [[view.back()]])


@screen("desk-pin-wrong")
async def pin_wrong(view: View) -> Screen:
    """Tell of five wrong PINs at somebody's desk."""
    return await _about(view, "notices-pin-wrong")


@screen("desk-pin-forgotten")
async def pin_forgotten(view: View) -> Screen:
    """Tell of somebody who asks for a new PIN."""
    return await _about(view, "notices-pin-forgotten")


async def _about(view: View, key: str) -> Screen:
    person = None if view.target is None else await view.uow.people.get(view.target)
    if person is None:
        return Screen(view.say("notices-person-left"), [[view.back()]])
    called = pseudonym(person.id.bytes, view.actor.language)
    return Screen(view.say(key, pseudonym=called), [[view.button("menu-desk", "desk")], [view.back()]])


@screen("desk-restricted")
async def restricted_notice(view: View) -> Screen:
    """Tell a coordinator whom a colleague has suspended, frozen or said to be detained."""
    found = await restriction_of_notice(view.uow, view.target, now=view.now)
    rows = [[view.button("menu-desk", "desk")], [view.back()]]
    if found is None:
        return Screen(view.say("notices-restriction-over"), rows)
    person_id, one = found
    by = view.say("people-by-host")
    if one.set_by is not None:
        by = pseudonym(one.set_by.bytes, view.actor.language)
    about = pseudonym(person_id.bytes, view.actor.language)
    return Screen(view.say(f"notices-restricted-{one.kind}", pseudonym=about, by=by), rows)


@screen("desk-account-moved")
async def moved_notice(view: View) -> Screen:
    """Warn a coordinator that a colleague goes on under another account."""
    rows = [[view.button("menu-desk", "desk")], [view.back()]]
    if view.target is None:
        return Screen(view.say("notices-restriction-over"), rows)
    called = pseudonym(view.target.bytes, view.actor.language)
    return Screen(view.say("notices-account-moved", pseudonym=called), rows)


@screen("desk-rights-forged")
async def forged_notice(view: View) -> Screen:
    """Warn that rights were changed in the database; also somebody whose own do not fit any more."""
    return Screen(view.say("notices-rights-forged"), [[view.back()]])

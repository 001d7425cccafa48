"""What coordinators are told of the trail: where it stands, and what was done on the host."""

from handlers.screen import Screen, View
from handlers.screens import screen
from solidarity.audit import entry_of, short_hash_of
from solidarity.errors import NotForYou


@screen("desk-audit-head")
async def head_screen(view: View) -> Screen:
    """Show a number and a short hash to write down: by them it is found whether the trail was cut later."""
    number = _number(view)
    short = await short_hash_of(view.uow, number)
    if short is None:
        return Screen(view.say("audit-head-gone", number=str(number)), [[view.back()]])
    return Screen(view.say("audit-head", number=str(number), hash=short), [[view.back()]])


@screen("desk-host-act")
async def host_act_screen(view: View) -> Screen:
    """Tell what was done on the host, and when."""
    number = _number(view)
    entry = await entry_of(view.uow, number)
    if entry is None:
        return Screen(view.say("audit-head-gone", number=str(number)), [[view.back()]])
    done = view.say("audit-host-did", act=entry.act, kind=entry.kind or "none", count=entry.count or 0)
    at = view.words.moment(entry.at, view.actor.hours.zone)
    parts = [view.say("audit-host-act", at=at), done, view.say("audit-host-ask", number=str(number))]
    return Screen("\n\n".join(parts), [[view.back()]])


def _number(view: View) -> int:
    """Read the entry's number from what the push was about: its kind, then `r` and the number.

    Raises:
        NotForYou: it is about no entry.
    """
    number = "".join(view.argument.split(":")[1:2]).removeprefix("r")
    if not number.isdecimal():
        raise NotForYou(view.argument)
    return int(number)

"""What all coordinators are told without a name in it: their desks may be closed."""

from handlers.screen import Screen, View
from handlers.screens import screen
from solidarity.colleagues import DAILY


def _telling(kind: str) -> None:
    name = kind.replace("_", "-")

    @screen(name, "desk.told")
    async def tell(view: View) -> Screen:
        return Screen(view.say(f"told-{name}"), [[view.back()]])


for each in DAILY:
    _telling(each)


@screen("desk-passed-on", "desk.told")
async def passed_on(view: View) -> Screen:
    """Tell a coordinator that a colleague passed somebody on to them; who it is stands on the desk."""
    return Screen(view.say("told-desk-passed-on"), [[view.button("menu-desk", "desk")], [view.back()]])

"""What coordinators are told in one sentence without a name in it: their desks may be closed."""

from handlers.screen import Row, Screen, View
from handlers.screens import screen
from solidarity.colleagues import DAILY


def _telling(name: str, key: str, *, leads_to_desk: bool) -> None:
    @screen(name)
    async def tell(view: View) -> Screen:
        to_desk: list[Row] = [[view.button("menu-desk", "desk")]] if leads_to_desk else []
        return Screen(view.say(key), [*to_desk, [view.back()]])


for each in DAILY:
    name = each.replace("_", "-")
    _telling(name, f"told-{name}", leads_to_desk=False)
_telling("application-waiting", "notices-waiting", leads_to_desk=True)
_telling("application-answered", "notices-answered", leads_to_desk=True)
_telling("desk-digest", "told-desk-digest", leads_to_desk=True)
_telling("desk-family-waits", "told-desk-family-waits", leads_to_desk=True)
_telling("desk-passed-on", "told-desk-passed-on", leads_to_desk=True)
_telling("desk-request-waiting", "notices-request-waiting", leads_to_desk=True)
_telling("desk-request-decided", "notices-request-decided", leads_to_desk=True)

"""When the bot shows nothing, and who is sheltered all the same."""

from datetime import datetime

from handlers.answer import Answer
from handlers.arrival import Arrival
from handlers.buttons import read_token
from handlers.coordinator.decoy import answer_as_sealed
from handlers.deps import Deps
from handlers.route import Route
from handlers.routes import route_for_button, route_for_command
from handlers.sealed import answer_sealed
from locales import LANGUAGES
from solidarity.access import Actor, is_shelter
from solidarity.duress import seems_sealed
from solidarity.work import UnitOfWork


async def silence(
    deps: Deps, uow: UnitOfWork, actor: Actor, route: Route | None, arrival: Arrival, *, now: datetime
) -> Answer | None:
    """Return the answer of a bot that shows nothing: in an alarm, or sealed as a decoy desk has it."""
    if route is not None and is_shelter(route.action):
        return None
    if deps.is_quiet():
        return not_now(arrival)
    if await seems_sealed(uow, actor, now=now):
        return await answer_as_sealed(uow, actor, arrival, now=now)
    return None


async def is_sheltering(uow: UnitOfWork, actor: Actor, arrival: Arrival, *, now: datetime) -> bool:
    """Say whether an update is a command or button that shelters people; nothing is changed by asking."""
    if arrival.command is not None:
        route = route_for_command(arrival.command, arrival.words)
        return route is not None and is_shelter(route.action)
    token = read_token(arrival.data)
    if token is None or arrival.message_id is None:
        return False
    _, tapped = await uow.posted.tapped(actor.id, arrival.message_id, token, now=now)
    route = None if tapped is None else route_for_button(tapped.verb)
    return route is not None and is_shelter(route.action)


def not_now(arrival: Arrival) -> Answer:
    """Answer as a sealed bot does: nobody is told which of the two it is."""
    return answer_sealed(arrival, languages=LANGUAGES, posted_id=None)

"""What somebody can do about a sitting: be there, or not after all, and put it into a calendar."""

from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from handlers.towns import town_said
from solidarity.hearings.attendance import attend, hearing_to_attend, is_attending, may_attend, stay_away
from solidarity.hearings.following import may_ask
from solidarity.hearings.life import is_over
from solidarity.work import Hearing


async def acts(view: View, hearing: Hearing, *, asking: bool = False) -> list[Row]:
    """Return the rows of what can be done about a sitting; none about one that is over.

    Args:
        asking: offer to be told of this prisoner's and this city's sittings, too.
    """
    if is_over(hearing, now=view.now):
        return []
    rows: list[Row] = []
    if await is_attending(view.uow, view.actor, hearing.id):
        rows.append([view.button("stay-away", "stay-away", hearing.id)])
    elif await may_attend(view.uow, view.actor, hearing):
        rows.append([view.button("attend", "go:attend", hearing.id)])
    rows.append([view.button("calendar", "calendar", hearing.id)])
    if asking and await may_ask(view.uow, view.actor, hearing):
        rows.append([view.button("follow-this", "follow-somebody", hearing.prisoner_id)])
        if hearing.city is not None:
            city = hearing.city
            name = town_said(view.words, city)
            rows.append([view.button("follow-city", "follow-city", argument=city, city=name)])
    return rows


@screen("attend")
async def risk_screen(view: View) -> Screen:
    """Say what it means to come, before somebody says that they will."""
    hearing = await hearing_to_attend(view.uow, view.actor, view.target, now=view.now)
    text = [view.say("attend-risk"), view.say(f"attend-{hearing.openness}")]
    rows = [[view.button("attend", "attend", hearing.id)], [view.back("court-date", hearing.id)]]
    return Screen("\n\n".join(text), rows)


async def be_there(turn: Turn) -> None:
    """Note that the person will be there."""
    await attend(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("attend-noted")
    turn.go("court-date", turn.target)


async def not_be_there(turn: Turn) -> None:
    """Note that they will not be there after all."""
    await stay_away(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("attend-taken-back")
    turn.go("court-date", turn.target)

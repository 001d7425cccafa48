"""What an applicant is asked before a coordinator decides, and what they say to it."""

from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.asking import LONGEST, answer_question, asked_of
from solidarity.cards import card_for


@screen("application-asked")
async def asked(view: View) -> Screen:
    """Show the question; typed words belong to the place, so the answer has a screen of its own."""
    application, question = await asked_of(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, application.prisoner_id)
    rows = [[view.button("questions-answer", "go:application-answer", application.id)], [view.back()]]
    return Screen(view.say("questions-asked", name=card.name, question=question), rows)


@screen("application-answer")
async def ask_for_answer(view: View) -> Screen:
    """Show the question once more; what is typed here is the answer."""
    application, question = await asked_of(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, application.prisoner_id)
    parts = [
        view.say("questions-asked", name=card.name, question=question),
        view.say("questions-type", limit=LONGEST),
    ]
    return Screen("\n\n".join(parts), [[view.back("application", application.id)]])


async def take_answer(turn: Turn) -> None:
    """Answer with what was typed."""
    await answer_question(turn.uow, turn.actor, turn.target, turn.text, now=turn.now)
    turn.hint = turn.say("questions-answered")
    turn.go("application", turn.target)

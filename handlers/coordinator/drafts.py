"""What somebody was in the middle of when their desk closed, offered again once it is open."""

from collections.abc import Awaitable, Callable

from handlers.coordinator.new_hearing import begin_add
from handlers.fitting import COPY_LIMIT
from handlers.screen import CopyButton, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity import card_drafts
from solidarity.broadcasts import drafts as broadcast_drafts
from solidarity.drafts import WORDS, Typed, drafted_hearing, forget, interrupted, reveal_words
from solidarity.errors import NoLongerSo
from solidarity.hearings import drafts as hearing_drafts
from solidarity.hearings import outcome_drafts

Do = Callable[[Turn], Awaitable[None]]
# Finds what words typed on a screen do; None where it asks for none.
Find = Callable[[str], Do | None]
# The screens on which what was begun with a sitting goes on.
OF_SITTINGS = {
    hearing_drafts.MOVE: "hearing-move-check",
    outcome_drafts.DIALOGUE: "hearing-outcome-check",
}


@screen("interrupted")
async def offered(view: View) -> Screen:
    """Say what was begun, and offer to go on or to forget it."""
    dialogue = await interrupted(view.uow, view.actor, now=view.now)
    if dialogue is None:
        return Screen(view.say("desk-nothing-begun"), [[view.back("desk")]])
    rows: list[Row] = [
        [view.button("desk-go-on", "draft-go-on", argument=dialogue)],
        [view.button("desk-forget", "draft-forget", argument=dialogue)],
        [view.back("desk")],
    ]
    if dialogue != WORDS:
        return Screen(view.say(f"desk-begun-{dialogue}"), rows)
    typed = await reveal_words(view.uow, view.actor, now=view.now)
    if typed.screen == "keypad":
        # No screen had asked for them: they can only be taken along.
        copied = CopyButton(view.say("button-desk-copy"), typed.words)
        rows[0] = [copied] if len(typed.words) <= COPY_LIMIT else []
    return Screen(view.say("desk-begun-typed", words=typed.words), [row for row in rows if row])


def going_on(find: Find) -> Do:
    """Return what goes on with a draft; words go to the screen that had asked for them."""

    async def go_on(turn: Turn) -> None:
        if turn.argument == WORDS:
            await _say_again(turn, await reveal_words(turn.uow, turn.actor, now=turn.now), find)
        elif turn.argument == hearing_drafts.NEW:
            await begin_add(turn)
        elif turn.argument in OF_SITTINGS:
            hearing_id = await drafted_hearing(turn.uow, turn.actor, turn.argument, now=turn.now)
            turn.go(OF_SITTINGS[turn.argument] if hearing_id else "desk", hearing_id)
        elif turn.argument == card_drafts.DIALOGUE:
            turn.go("card-draft")
        elif turn.argument == broadcast_drafts.DIALOGUE:
            turn.go("broadcast-draft")
        else:
            raise NoLongerSo(turn.argument)

    return go_on


async def _say_again(turn: Turn, typed: Typed, find: Find) -> None:
    do = find(typed.screen)
    if do is None:
        raise NoLongerSo(typed.screen)
    turn.go(typed.screen, typed.target, typed.argument)
    turn.text, turn.target, turn.argument = typed.words, typed.target, typed.argument
    # Should they be refused, this is undone with all else, and they are offered again.
    await forget(turn.uow, turn.actor, WORDS)
    await do(turn)


async def forget_draft(turn: Turn) -> None:
    """Forget it, and offer what else was begun."""
    await forget(turn.uow, turn.actor, turn.argument)
    others = await interrupted(turn.uow, turn.actor, now=turn.now)
    turn.go("desk" if others is None else "interrupted")

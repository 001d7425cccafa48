"""What typed words mean: to the screen that asks for them, as a code, or to a desk that has closed."""

from handlers.arrival import Arrival
from handlers.code import is_code
from handlers.coordinator.routes import AT_CLOSED_DESK
from handlers.route import Route
from handlers.routes import CODE, FORWARDED, route_for_words
from handlers.screen import Turn
from solidarity.access import is_at_desk
from solidarity.code_words import may_be_misspelt
from solidarity.typed_errors import CodeMisspelt

KEYPAD = "keypad"
# Screens that ask for a text in words, and what they say to anything else.
ONLY_TYPED = {"letter-check": "letter-check-only-typed", "letter-check-once": "letter-check-only-typed"}


async def route_for_typed(turn: Turn, arrival: Arrival) -> Route | None:
    """Find what words mean on the screen where they were typed; None, and a hint, where they mean nothing.

    Raises:
        CodeMisspelt: they mean nothing here, but may be meant as a relative's code.
        TooManyCodes: they read like a code, and too many of this account's were wrong.
    """
    posted = turn.posted
    if arrival.borrowed is not None and (posted is None or posted.screen not in ONLY_TYPED):
        return FORWARDED
    if arrival.text is None or posted is None:
        asked_for = "" if posted is None else posted.screen
        turn.hint = turn.say(ONLY_TYPED.get(asked_for, "hint-only-words"))
        return None
    route = route_for_words(posted.screen, arrival.text)
    if route is None and posted.screen == KEYPAD:
        return AT_CLOSED_DESK
    if route is None and may_be_misspelt(arrival.text):
        turn.wrong_codes.count_misspelt(turn.chat_id, arrival.text, now=turn.now)
        raise CodeMisspelt("typed by a known person")
    if route is None:
        turn.hint = turn.say("hint-use-buttons")
        return None
    if route is not CODE and await is_code(turn):
        return CODE
    return AT_CLOSED_DESK if is_at_desk(route.action) and not _is_open(turn) else route


def _is_open(turn: Turn) -> bool:
    return turn.actor.has_open_desk(turn.now) or turn.actor.has_open_decoy(turn.now)

"""A code typed by somebody who is known already."""

from handlers.screen import Turn
from handlers.surfaces import words_for
from locales import Words
from solidarity.access import Actor
from solidarity.code_words import normalise_code
from solidarity.codes import find_code, redeem
from solidarity.errors import CodeUnknown


async def redeem_typed(turn: Turn) -> None:
    """Spend the code a person typed; a wrong one is counted, five within an hour are enough."""
    turn.wrong_codes.check(turn.chat_id, now=turn.now)
    code = await find_code(turn.uow, turn.text, now=turn.now)
    if code is None:
        turn.wrong_codes.count(turn.chat_id, now=turn.now)
        raise CodeUnknown("typed by a known person")
    after = await redeem(turn.uow, turn.actor, code, now=turn.now)
    turn.hint = sentence_for(words_for(after), turn.actor, after)
    turn.actor = after
    turn.go("menu")


async def is_code(turn: Turn) -> bool:
    """Say whether words typed where words are asked for are a code; what only reads like one is counted.

    Raises:
        TooManyCodes: it reads like one, and too many of this account's were wrong.
    """
    if normalise_code(turn.text) is None:
        return False
    turn.wrong_codes.check(turn.chat_id, now=turn.now)
    if await find_code(turn.uow, turn.text, now=turn.now) is not None:
        return True
    turn.wrong_codes.count(turn.chat_id, now=turn.now)
    return False


def sentence_for(words: Words, before: Actor, after: Actor) -> str:
    """Say what a code has changed for a person, and what to do next."""
    if after.id != before.id:
        return words.say("code-moved")
    if after.is_administrator and not before.is_administrator:
        return words.say("code-administrator")
    if after.is_coordinator and not before.is_coordinator:
        return words.say("code-coordinator")
    if after.is_vouched and not before.is_vouched:
        return words.say("code-supporter")
    return words.say("code-relative" if after.is_relative else "code-redeemed")

"""Is this bot real, is this coordinator: what to compare, a message forwarded here, a word typed here."""

from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.people import reveal_phrase
from solidarity.verifying import is_coordinators_word, judge, reads_like_a_word


@screen("verify")
async def verify(view: View) -> Screen:
    """Say by what this bot is known, and ask for what is doubted."""
    phrase = await reveal_phrase(view.uow, view.actor.id)
    number, _, username = view.argument.partition(":")
    parts = [
        view.say("verify-bot", phrase=phrase),
        *([view.say("verify-account", username=username, number=number)] if username else []),
        view.say("verify-forward"),
        view.say("verify-coordinator"),
    ]
    return Screen("\n\n".join(parts), [[view.back("help")]])


async def open_verify(turn: Turn) -> None:
    """Turn to what tells the real bot from another."""
    turn.go("verify", argument=f"{turn.account.number}:{turn.account.username}")


async def take_word(turn: Turn) -> None:
    """Say whether typed words are a coordinator's; wrong ones count with wrong codes."""
    if not reads_like_a_word(turn.text):
        turn.hint = turn.say("verify-no-word")
        return
    turn.wrong_codes.check(turn.chat_id, now=turn.now)
    if await is_coordinators_word(turn.uow, turn.text, now=turn.now):
        turn.hint = turn.say("verify-word-is-ours")
        return
    turn.wrong_codes.count(turn.chat_id, now=turn.now)
    turn.hint = turn.say("verify-word-unknown")


async def judge_forwarded(turn: Turn) -> None:
    """Judge a forwarded message by where it came from; it is deleted and nothing of it is kept."""
    if turn.borrowed is None:
        raise RuntimeError("nothing was forwarded")
    found = judge(turn.borrowed.author, is_file=turn.borrowed.is_file, ourselves=turn.account.number)
    turn.hint = turn.say(f"verify-{found.replace('_', '-')}")

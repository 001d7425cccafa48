"""What every sender of a bench sends, to whom and how; runs in ours and in the peers' environment."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterable

TEXT = (
    "<b>Суд 3 снежня, чацвер, а 10:30</b>\n\nЗялёны Чайнік, Мінск, Маскоўскі раён, зала 12. "
    "Пасяджэнне адкрытае. Прыйсці можа кожны; вазьміце пашпарт і ваду.\n\nДа суда засталося тры дні."
)
BUTTONS = (("Я пайду", "b:aGVhcmluZzoxMjM0NTY3OA"), ("Не магу", "b:bm90LWdvaW5nOjEyMzQ1Ng"))
MARKUP = {"inline_keyboard": [[{"text": text, "callback_data": data}] for text, data in BUTTONS]}

# 900 messages, 60 of them as twelve triples and twelve pairs, each to one chat.
BLOCKS, SINGLES, TAIL = 24, 33, 48
# 60,000 messages, ten to each of 6,000 chats.
PAID_CHATS, PAID_TURNS = 6_000, 10

Send = Callable[[int], Awaitable[object]]


def audience(name: str) -> list[int]:
    """Say to which chats a broadcast goes, in its order.

    In "pairs" a triple and a pair stand in turn at even distances, with single messages in between and some
    more at the end: no order could fill the seconds for which a triple there would have to wait. "paid" is
    the same chats ten times.
    """
    if name == "paid":
        return list(range(PAID_CHATS)) * PAID_TURNS
    chats: list[int] = []
    for block in range(BLOCKS):
        first = 100 * block
        chats += [first] * (2 if block % 2 else 3)
        chats += range(first + 1, first + 1 + SINGLES)
    return [*chats, *range(100 * BLOCKS, 100 * BLOCKS + TAIL)]


def accounts(people: int) -> range:
    """Name so many accounts, by numbers that no message has."""
    return range(10_001, 10_001 + people)


def given() -> argparse.Namespace:
    """Read the command line of a sender."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("token")
    parser.add_argument("--messages", type=int, default=0, help="as fast as it can, so many")
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--audience", choices=("pairs", "paid"), help="at Telegram's pace, to these chats")
    parser.add_argument("--per-second", type=float, default=30.0)
    parser.add_argument("--way", default="", help="which of the ways that a peer offers")
    return parser.parse_args()


async def at_once(send: Send, chats: Iterable[int], *, most: int) -> None:
    """Send to each chat, so many under way at any time."""
    waiting = iter(chats)

    async def one_after_another() -> None:
        for chat in waiting:
            await send(chat)

    await asyncio.gather(*(one_after_another() for _ in range(most)))


async def as_fast_as_it_can(send: Send, *, messages: int, most: int) -> None:
    """Print what so many messages cost this process, once its connections are open."""
    await at_once(send, range(most), most=most)
    begun, cpu = time.perf_counter(), time.process_time()
    await at_once(send, range(messages), most=most)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    json.dump({"seconds": seconds, "cpu": cpu}, sys.stdout)

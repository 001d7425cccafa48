"""Chats side by side beside one after another, where 5 ms of waiting lie outside the unit of work.

The door takes as many updates both ways: all at once, and each when the one before is done. Each waits, and
is then noted in a unit of its own; *the door alone* leaves the unit out. On PostgreSQL, whose units do not
wait for each other, the waiting may also lie inside.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import count
from time import perf_counter
from typing import Any

from bench.assembled import connected
from bench.grounds import ENGINES, Grounds
from bench.load import accounts
from bench.page import seen_on, table, write_part
from bench.pairs import Ratio
from bot.receiving.answering import Answering
from bot.receiving.intake import Intake
from bot.receiving.posted_book import PostedBook
from bot.receiving.taps import Taps
from bot.tasks import Tasks
from bot.telegram_api.pace import Pace
from bot.telegram_api.turns import Turns
from handlers.answer import Answer
from handlers.arrival import Arrival
from storage.unit_of_work import Storage, UnitOfWork

CHATS, UPDATES_EACH, ROUNDS = 64, 16, 5
WAITING_SECONDS = 0.005
WANTED = 10.0
ALONE = "the door alone"
_numbers = count(1)

Take = Callable[[Arrival], Awaitable[Answer]]


async def only_wait(arrival: Arrival) -> Answer:
    await asyncio.sleep(WAITING_SECONDS)
    return Answer(arrival.chat_id)


def waiting_and_noting(storage: Storage) -> Take:
    """Wait, and note the update in a unit of its own."""

    async def take(arrival: Arrival) -> Answer:
        answer = await only_wait(arrival)
        async with storage.unit(together=True) as uow:
            await note(uow, arrival)
        return answer

    return take


def waiting_inside(storage: Storage) -> Take:
    """Note the update in a unit of its own, and wait before it is committed."""

    async def take(arrival: Arrival) -> Answer:
        async with storage.unit(together=True) as uow:
            await note(uow, arrival)
            return await only_wait(arrival)

    return take


async def note(uow: UnitOfWork, arrival: Arrival) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    await uow.updates.take(arrival.update_id, now=now, in_turn_of=arrival.chat_id)


def door(storage: Storage, take: Take) -> Intake:
    """Give a door whose answers show nothing, so that no Telegram is needed."""
    nowhere = connected("1000:bench", "http://127.0.0.1:9", Pace())
    tasks, book = Tasks("answers"), PostedBook(storage)
    taps = Taps(nowhere.messages, tasks)
    answering = Answering(
        nowhere.messages, book, pace=nowhere.pace, taps=taps, turns=Turns(), tasks=tasks,
        in_flight=set(), is_quiet=lambda: False,
    )  # fmt: skip
    return Intake(
        take, answering=answering, taps=taps, was_blocked=book.mark_unreachable,
    )  # fmt: skip


def updates() -> list[dict[str, Any]]:
    who = [{"id": chat, "first_name": "A", "is_bot": False, "type": "private"} for chat in accounts(CHATS)]
    return [
        {
            "update_id": next(_numbers),
            "message": {"message_id": 1, "date": 1, "chat": chat, "from": chat, "text": "a"},
        }
        for _ in range(UPDATES_EACH)
        for chat in who
    ]


async def seconds(work: Callable[[], Awaitable[object]]) -> float:
    begun = perf_counter()
    await work()
    return perf_counter() - begun


async def compare(name: str, intake: Intake, rounds: int) -> Ratio:
    """Return how many times as fast it is side by side."""

    async def one_by_one() -> None:
        for raw in updates():
            await intake.take([raw])

    async def all_at_once() -> None:
        await intake.take(updates())

    await all_at_once()
    pairs = [(await seconds(one_by_one), await seconds(all_at_once)) for _ in range(rounds)]
    return Ratio(name, tuple(serial / together for serial, together in pairs))


async def main(ground: Grounds, rounds: int = ROUNDS) -> bool:
    """Print the ratios, and write them down; says whether the bound holds."""
    seen = []
    for engine in ENGINES:
        async with ground.installed(engine, "side_by_side") as storage:
            if engine == ENGINES[0]:
                seen.append(await compare(ALONE, door(storage, only_wait), rounds))
            seen.append(await compare(engine, door(storage, waiting_and_noting(storage)), rounds))
            if not storage.database.is_sqlite:
                inside = door(storage, waiting_inside(storage))
                seen.append(await compare(f"{engine}, waiting inside", inside, rounds))
    for ratio in seen:
        print(ratio)
    rows = [[ratio.name, ratio.short, "holds" if ratio.median >= WANTED else "missed"] for ratio in seen]
    write_part(
        "side-by-side", [*table(["side by side over one by one", "rate", "≥ 10"], rows), "", seen_on(rounds)]
    )
    return all(ratio.median >= WANTED for ratio in seen)

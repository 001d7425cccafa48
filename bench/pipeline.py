"""What it costs that no message is lost: delivery from the database beside a loop that only sends.

Both use the same client, to the same far side, 50 ms there and back. The loop has 64 under way and nothing to
remember; delivery claims each message, opens the chat's id, posts, and writes down what became of it. No pace
holds either back. Two more have no bound: delivery at the pace of a bot that pays, which works in smaller
steps, and delivery of real messages, with rights, relevance, words and buttons.
"""

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select

from bench import people
from bench.grounds import DAY, ENGINES, Grounds, settle
from bench.opened import opening
from bench.page import seen_on, table, write_part
from bench.pairs import Ratio
from bench.processes import Sender, far_side, new_token
from bench.senders.durable import GONE_BEFORE
from bench.senders.ours import LIMITLESS
from storage.models import (
    CustodyStatus,
    Guardianship,
    GuardianshipState,
    Lane,
    Person,
    Prisoner,
    Publicity,
)
from storage.outbox import Due
from storage.unit_of_work import Storage

# What is in hand before the first is settled is not counted: of so many it is a small part.
MESSAGES, ROUNDS, AT_ONCE = 8_000, 5, 64
BARE = Sender("the loop", "ours", is_ours=True)
DURABLE = Sender("delivery", "durable", is_ours=True)
PAID = Sender("delivery at 1,000 a second", "durable", is_ours=True)
REAL = Sender("delivery of real messages", "durable", is_ours=True, way="real")
# Those that lose nothing, and their paces: one holds nothing back, as the loop's does, one is paid for.
PACES = {DURABLE: LIMITLESS, PAID: 1_000, REAL: LIMITLESS}
CPU = 1.25
COMMITS = 0.03
THROUGHPUT = {"SQLite": 0.75, "PostgreSQL": 0.65}


async def gather(storage: Storage, number: int) -> None:
    """Keep so many people, who all applied once and were declined."""
    await people.fill(storage, number)
    async with storage.unit() as uow:
        prisoner = Prisoner(custody_status=CustodyStatus.PRETRIAL, publicity=Publicity.PUBLIC)
        await uow.prisoners.add(prisoner, source_id=None)
        promises = [
            {"id": each, "person_id": each, "prisoner_id": prisoner.id, "rhythm_weeks": 4, "applied_on": DAY,
             "state": GuardianshipState.DECLINED} for each in await uow.session.scalars(select(Person.id))
        ]  # fmt: skip
        await uow.session.execute(insert(Guardianship), promises)
    await settle(storage)


async def queue_for_all(storage: Storage, key: str, *, after: timedelta = timedelta()) -> None:
    """Let a message be due for each of them, now or later."""
    due_at = datetime.now(UTC) + after
    async with storage.unit() as uow:
        await uow.outbox.queue(
            Due(each, "application_declined", each, f"{key}:{each}", due_at, lane=Lane.BROADCAST)
            for each in await uow.session.scalars(select(Person.id))
        )


async def measure(grounds: Grounds, engine: str, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Return seconds, CPU and commits a message, sender by sender and round by round."""
    seen: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    async with far_side(delay=0.05) as url:
        for turn in range(rounds):
            bare = json.loads(await BARE.run(url, new_token(), messages=MESSAGES, at_once=AT_ONCE))
            costs = {BARE.name: {name: bare[name] / MESSAGES for name in ("seconds", "cpu")}}
            for index, (sender, pace) in enumerate(PACES.items()):
                name = f"pipeline_{index}_{turn}"
                async with grounds.installed(engine, name) as storage:
                    await gather(storage, MESSAGES + GONE_BEFORE)
                    await queue_for_all(storage, "bench")
                    await settle(storage)
                    printed = await sender.run(
                        url, new_token(), given=opening(storage), messages=MESSAGES, per_second=pace
                    )
                costs[sender.name] = json.loads(printed)
            for name, cost in costs.items():
                for what, value in cost.items():
                    seen[name][what].append(value)
    return seen


def _ratios(engine: str, seen: dict[str, dict[str, list[float]]], sender: Sender) -> list[Ratio]:
    ours, bare = seen[sender.name], seen[BARE.name]
    pairs = {
        "CPU a message": [a / b for a, b in zip(ours["cpu"], bare["cpu"], strict=True)],
        "messages a second": [b / a for a, b in zip(ours["seconds"], bare["seconds"], strict=True)],
        "commits a message": ours["commits"],
    }
    return [Ratio(f"{engine}, {sender.name}: {name}", tuple(values)) for name, values in pairs.items()]


async def main(grounds: Grounds, rounds: int = ROUNDS) -> bool:
    """Print and write the ratios; says whether the bounds hold."""
    rows, results = [], []
    for engine in ENGINES:
        seen = await measure(grounds, engine, rounds)
        for sender in PACES:
            cpu, rate, commits = _ratios(engine, seen, sender)
            print(cpu, rate, commits, sep="\n")
            verdicts = [
                cpu.median <= CPU,
                rate.median >= THROUGHPUT[engine],
                commits.median <= COMMITS,
            ]
            bounds = [f"≤ {CPU}", f"≥ {THROUGHPUT[engine]}", f"≤ {COMMITS}"]
            cells = [cpu.short, rate.short, f"{commits.median:.3f}"]
            if sender is DURABLE:
                results += verdicts
                cells = [
                    f"{cell}; {bound} {'holds' if holds else 'missed'}"
                    for cell, bound, holds in zip(cells, bounds, verdicts, strict=True)
                ]
            rows.append([f"{sender.name}, {engine}", *cells])
    head = ["over the loop", "CPU a message", "messages a second", "commits a message"]
    write_part("pipeline", [*table(head, rows), "", seen_on(rounds)])
    return all(results)

"""What reminders cost: beside APScheduler's SQL store, and a million that wait beside a thousand.

APScheduler's store is on the same engine: a SQLite file as SQLAlchemy opens it, and a database of the same
PostgreSQL server. Both add the same number, let the same number fall due, and have each noted as done. Ours
is encrypted on SQLite; theirs is not.
"""

import asyncio
import json
import random
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from sqlalchemy import select

from bench import people
from bench.grounds import ENGINES, Grounds, settle
from bench.opened import opening
from bench.page import seen_on, table, write_part
from bench.pairs import Ratio
from bench.pending import fill
from bench.processes import PEERS, ROOT
from bench.ratios import in_turn, ratio
from bench.report import Report
from bot.garbage import look_seldom_from_here_on
from solidarity.letter_reminders import LETTER, next_letter_due
from solidarity.settling import settle_delivered
from storage.claims import Claimed
from storage.models import OutboxRow, Person
from storage.outbox import Due
from storage.unit_of_work import Storage

ADDED, WOKEN, MISSED = 10_000, 1_000, 10
# As delivery does at a thousand messages a second.
AT_ONCE, SETTLED_AT_ONCE = 333, 125
LEASE = timedelta(minutes=2)
PEOPLE = 1_000
FEW, MANY = 1_000, 1_000_000
FLAT = 1.5
ROUNDS = 5
IN_MEMORY = 100_000
FLAT_ROUNDS = 7
TURNS = 10
DAY = timedelta(days=1)
_keys = count()


async def answer_of(python: str, module: str, *arguments: str, given: object = None) -> dict[str, float]:
    """Run a module of the schedulers in a process of its own; returns the JSON object it printed."""
    process = await asyncio.create_subprocess_exec(
        python, "-m", f"bench.schedulers.{module}", *arguments, stdin=PIPE, stdout=PIPE, cwd=ROOT
    )
    printed, _ = await process.communicate(json.dumps(given).encode())
    if process.returncode:
        raise RuntimeError(f"{module} ended with {process.returncode}")
    return dict(json.loads(printed))


class Reminders:
    """Ours on one installation: queued, claimed and settled as the rules do it."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self._people: list[Person] = []
        self.letters: list[UUID] = []

    async def fill(self, number: int) -> None:
        """Let so many letter reminders wait, and note what some of them are about."""
        await fill(self.storage, number)
        async with self.storage.view() as uow:
            some = select(OutboxRow.about_id).where(OutboxRow.kind == LETTER).limit(TURNS)
            self.letters = list(await uow.session.scalars(some))

    async def meet(self) -> None:
        await people.fill(self.storage, PEOPLE)
        async with self.storage.view() as uow:
            self._people = list(await uow.session.scalars(select(Person)))

    async def add(self, things: Sequence[UUID], *, at: datetime) -> None:
        dues = [
            Due(self._people[n % PEOPLE].id, "application_declined", thing, f"bench:{next(_keys)}", at)
            for n, thing in enumerate(things)
        ]
        async with self.storage.unit() as uow:
            await uow.outbox.queue(dues)

    async def wake(self, now: datetime) -> int:
        """Claim whatever is due, and settle it beside the next claim as delivery does; returns how much."""
        woken, settling = 0, asyncio.ensure_future(asyncio.sleep(0))
        while claimed := await self._claim(now):
            woken += len(claimed)
            await settling
            settling = asyncio.ensure_future(self._settle(claimed, now))
        await settling
        return woken

    async def _settle(self, claimed: Sequence[Claimed], now: datetime) -> None:
        for start in range(0, len(claimed), SETTLED_AT_ONCE):
            async with self.storage.unit() as uow:
                await settle_delivered(uow, claimed[start : start + SETTLED_AT_ONCE], now=now)

    async def _claim(self, now: datetime) -> list[Claimed]:
        async with self.storage.view() as uow:
            lanes = [lane for lane, due_at in (await uow.claims.next_due()).items() if due_at <= now]
        if not lanes:
            return []
        async with self.storage.unit() as uow:
            return await uow.claims.claim(now=now, limit=AT_ONCE, lease=LEASE, lanes=lanes)


def _things(number: int) -> list[UUID]:
    """Name what reminders are about: it is there before anybody is reminded of it."""
    return [uuid4() for _ in range(number)]


async def _cost(work: Awaitable[object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    await work
    return time.perf_counter() - wall, time.process_time() - cpu


async def _ours(storage: Storage) -> dict[str, float]:
    reminders, now = Reminders(storage), datetime.now(UTC)
    await reminders.meet()
    # What is built once, on either side, is not counted.
    await reminders.add(_things(2 * WOKEN), at=now - DAY)
    await reminders.wake(now)
    await settle(storage)
    add, add_cpu = await _cost(reminders.add(_things(ADDED), at=now + DAY))
    await reminders.add(_things(WOKEN), at=now - DAY)
    await settle(storage)
    wake, wake_cpu = await _cost(reminders.wake(now))
    return {"add": add, "add_cpu": add_cpu, "wake": wake, "wake_cpu": wake_cpu}


async def _late(storage: Storage) -> int:
    """Say how many of ten reminders are woken that fell due while nothing ran."""
    reminders, now = Reminders(storage), datetime.now(UTC)
    await reminders.meet()
    await reminders.add(_things(MISSED), at=now - DAY)
    return await reminders.wake(now)


async def beside_apscheduler(grounds: Grounds, rounds: int) -> bool:
    """Print and write how many times as much APScheduler needs; says whether the bounds hold."""
    peer = str(PEERS)
    bounds = {"add": 50.0, "add_cpu": None, "wake": 10.0, "wake_cpu": None}
    names = {
        "add": f"adding {ADDED:,}, time",
        "add_cpu": f"adding {ADDED:,}, CPU",
        "wake": f"waking {WOKEN:,} that are due, time",
        "wake_cpu": f"waking {WOKEN:,} that are due, CPU",
    }
    seen: dict[str, dict[str, list[float]]] = {engine: {name: [] for name in bounds} for engine in ENGINES}
    missed: dict[str, str] = {}
    for turn in range(rounds):
        for engine in ENGINES:
            async with grounds.installed(engine, f"reminders_{turn}") as storage:
                ours = await _ours(storage)
            theirs = await answer_of(peer, "aps", grounds.plain(engine, f"aps_{turn}"))
            for name, costs in seen[engine].items():
                costs.append(theirs[name] / ours[name])
    for engine in ENGINES:
        async with grounds.installed(engine, "late") as storage:
            woken = await _late(storage)
        stock = await answer_of(peer, "aps", grounds.plain(engine, "misfires"), "--misfires")
        missed[engine] = f"{woken} of {MISSED}, {stock['ran']} of {MISSED}"
    ratios = {
        name: [Ratio(f"{names[name]}, {engine}", tuple(seen[engine][name])) for engine in ENGINES]
        for name in bounds
    }
    for each in ratios.values():
        print(*each, sep="\n")
    print("fell due while nothing ran, and ran then: ours, theirs:", missed)
    queue = await answer_of(peer, "queue", str(IN_MEMORY))
    print(f"JobQueue of python-telegram-bot, {IN_MEMORY:,} jobs: {queue['added']:.0f} MiB")
    rows = [
        [names[name], *(each.short for each in ratios[name]), _verdict(ratios[name], bound)]
        for name, bound in bounds.items()
    ]
    rows.append(["fell due while nothing ran, and are sent then: ours, theirs", *missed.values(), "all"])
    lines = [
        *table(["APScheduler's SQL store over Poruch", *ENGINES, "bound"], rows), "",
        f"{IN_MEMORY:,} jobs in python-telegram-bot's JobQueue add {queue['added']:.0f} MiB to its process, "
        f"and are lost with it. {seen_on(rounds)}",
    ]  # fmt: skip
    write_part("reminders", lines)
    all_late = all(woken.startswith(f"{MISSED} of") for woken in missed.values())
    return all_late and all(
        each.median >= bound for name, bound in bounds.items() if bound for each in ratios[name]
    )


def _verdict(ratios: list[Ratio], bound: float | None) -> str:
    if bound is None:
        return ""
    return f"≥ {bound:.0f} {'holds' if all(each.median >= bound for each in ratios) else 'missed'}"


Way = Callable[[Reminders], Awaitable[object]]


async def _poll(reminders: Reminders) -> None:
    async with reminders.storage.view() as uow:
        await uow.claims.next_due()


async def _wake_one(reminders: Reminders) -> None:
    now = datetime.now(UTC)
    await reminders.add(_things(1), at=now)
    await _poll(reminders)
    assert await reminders.wake(now) == 1


async def _start(reminders: Reminders) -> None:
    """Do what delivery does first, on connections of its own."""
    await reminders.storage.database.close()
    now = datetime.now(UTC)
    async with reminders.storage.unit() as uow:
        await uow.claims.set_right(now=now, longest_wait=timedelta(hours=1))
    async with reminders.storage.unit() as uow:
        await uow.claims.release_all()
    await _poll(reminders)


async def _look_up(reminders: Reminders) -> None:
    async with reminders.storage.view() as uow:
        assert await next_letter_due(uow, random.choice(reminders.letters)) is not None


WAYS: dict[str, Way] = {
    "asking what is due next": _poll,
    "one more is queued, found due, claimed and settled": _wake_one,
    "starting": _start,
    "looking up somebody's next reminder": _look_up,
}


async def a_million(grounds: Grounds) -> bool:
    """Print and write what a million that wait cost over a thousand; says whether it is flat."""
    report = Report("pending", f"{MANY:,} reminders that wait over {FEW:,}")
    memory: dict[str, float] = {}
    for engine in ENGINES:
        async with AsyncExitStack() as stack:
            both: list[Reminders] = []
            for size in (FEW, MANY):
                storage = await stack.enter_async_context(grounds.installed(engine, f"pending_{size}"))
                both.append(Reminders(storage))
                await both[-1].meet()
                await both[-1].fill(size)
            report.begin(engine)
            for name, way in WAYS.items():
                ways = {size: _often(way, each) for size, each in zip(("few", "many"), both, strict=True)}
                costs = await in_turn(ways, rounds=FLAT_ROUNDS, turns=3)
                report.add(ratio(name, costs["many"], costs["few"], bound=FLAT))
            held = [await answer_of(sys.executable, "ours", given=opening(each.storage)) for each in both]
            memory[engine] = held[1]["mebibytes"] - held[0]["mebibytes"]
            print(f"  memory added to a process at rest: {memory[engine]:.1f} MiB (≤ 5)")
    added = ", ".join(f"{mib:.1f} MiB on {engine}" for engine, mib in memory.items())
    return report.write(f"Memory that a million add to a process at rest (≤ 5 MiB): {added}.") and all(
        mib <= 5 for mib in memory.values()
    )


def _often(way: Way, reminders: Reminders) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        for _ in range(TURNS):
            await way(reminders)

    return work


async def main(grounds: Grounds, rounds: int = ROUNDS) -> bool:
    """Print and write both; says whether all bounds hold."""
    look_seldom_from_here_on()
    results = [await beside_apscheduler(grounds, rounds), await a_million(grounds)]
    return all(results)

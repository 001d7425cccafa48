"""What it costs to wait, and what stays in memory of what was sent.

`poruch run`, one process for all and on PostgreSQL one for each role as well, with ten thousand reminders due
in a month: the CPU time of a minute over that minute. Then one process sends a hundred thousand messages, ten
to each chat: the memory it holds over that which it held before the first.
"""

import asyncio
import os
from asyncio.subprocess import Process
from datetime import timedelta
from pathlib import Path

from bench.footprint import resident
from bench.grounds import ENGINES, Grounds
from bench.page import seen_on, table, write_part
from bench.pipeline import gather, queue_for_all
from bench.real_bot import RealBot, running
from bot.control.client import wake
from storage.keys import KEPT_SECONDS

PEOPLE, TIMES = 10_000, 10
# Until what begins beside the start is done as well; and until the keys of those written to are forgotten.
AT_REST_AFTER_SECONDS = 15
FORGOTTEN_AFTER_SECONDS = KEPT_SECONDS + AT_REST_AFTER_SECONDS
SECONDS = 60
PER_SECOND = 1_000
LONGEST_SECONDS = 1_800
MOST_CPU, MOST_MEMORY = 0.005, 1.3
ROLES: dict[str, list[tuple[str, ...]]] = {
    "SQLite": [("all",)],
    "PostgreSQL": [("all",), ("delivery", "intake", "clock")],
}


def cpu_seconds(process: Process) -> float:
    """Return the CPU time that a process has had."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def idle(bot: RealBot) -> dict[str, float]:
    """Return for each role which part of a core it takes while nothing is due."""
    await gather(bot.storage, PEOPLE)
    await queue_for_all(bot.storage, "idle", after=timedelta(days=30))
    await wake(bot.data_dir)
    await asyncio.sleep(AT_REST_AFTER_SECONDS)
    before = {role: cpu_seconds(process) for role, process in bot.processes.items()}
    await asyncio.sleep(SECONDS)
    return {role: (cpu_seconds(bot.processes[role]) - had) / SECONDS for role, had in before.items()}


async def grown(bot: RealBot) -> float:
    """Return the memory after all was sent over that before."""
    [process] = bot.processes.values()
    await gather(bot.storage, PEOPLE)
    await asyncio.sleep(AT_REST_AFTER_SECONDS)
    before = resident(process)
    for turn in range(1, TIMES + 1):
        await queue_for_all(bot.storage, f"memory:{turn}")
        await wake(bot.data_dir)
        await _so_many_sent(bot, turn * PEOPLE)
    await asyncio.sleep(FORGOTTEN_AFTER_SECONDS)
    return resident(process) / before


async def _so_many_sent(bot: RealBot, messages: int) -> None:
    calls = bot.telegram.calls.counts
    await bot.telegram.until(lambda: calls["sendMessage"] >= messages, LONGEST_SECONDS)


async def main(grounds: Grounds) -> bool:
    """Print and write what was measured; says whether the bounds hold."""
    rows, results = [], []

    def note(what: str, value: str, bound: str, *, holds: bool) -> None:
        print(f"{what}: {value}")
        results.append(holds)
        rows.append([what, value, f"{bound} {'holds' if holds else 'missed'}"])

    def place(engine: str, name: str) -> tuple[Path, str | None]:
        folder = grounds.folder(f"{name}-{engine}")
        return folder, grounds.plain(engine, name) if engine == "PostgreSQL" else None

    for engine in ENGINES:
        for roles in ROLES[engine]:
            async with running(*place(engine, f"idle_{len(roles)}"), audience=PEOPLE, roles=roles) as bot:
                for role, part in (await idle(bot)).items():
                    note(f"CPU at rest, {engine}, {role}", f"{part:.2%}", "≤ 0.5%", holds=part <= MOST_CPU)
        async with running(*place(engine, "memory"), audience=PEOPLE, per_second=PER_SECOND) as bot:
            times = await grown(bot)
        note(
            f"memory after {PEOPLE * TIMES:,} messages over that before, {engine}",
            f"{times:.2f}",
            f"≤ {MOST_MEMORY}",
            holds=times <= MOST_MEMORY,
        )
    write_part("resting", [*table(["", "seen", "bound"], rows), "", seen_on(1)])
    return all(results)

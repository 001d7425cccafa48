"""How long a person waits for an answer while a broadcast to 10,000 goes out, beside when nothing does.

The bot runs as `poruch run` starts it, at Telegram's pace of 30 a second, against the look-alike in this
process. Fifty people tap in turn through menu and settings; a tap counts until its new screen stands there.
"""

import asyncio
import os
import statistics
import sys
import time
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from pathlib import Path

from sqlalchemy import delete

from bench.grounds import ENGINES, Grounds
from bench.page import seen_on, table, write_part
from bench.pairs import Ratio
from bench.pipeline import gather, queue_for_all
from bench.processes import ROOT
from bot.control_client import wake
from bot.installation import create, open_installation
from bot.settings import load_settings
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.models import OutboxRow, OutboxState
from storage.unit_of_work import Storage

AUDIENCE, TAPPERS = 10_000, 50
TAPS, ROUNDS = 200, 3
UNDER_WAY = 60
BOUND = 1.5
WITHIN_SECONDS = 30


@asynccontextmanager
async def running(folder: Path, database_url: str | None) -> AsyncIterator[tuple[Lookalike, Storage, Path]]:
    """Run a bot of a new installation in a process of its own, with everybody's chat begun."""
    async with await Lookalike.start() as telegram:
        environment = {
            "PORUCH_TOKEN": telegram.token,
            "PORUCH_TELEGRAM_API_URL": telegram.url,
            "PORUCH_DATA_DIR": str(folder / "data"),
        } | ({"PORUCH_DATABASE_URL": database_url} if database_url else {})
        settings = load_settings(environment, folder)
        create(settings, now=datetime.now(UTC))
        storage = await open_installation(settings)
        [bot] = telegram.world.bots.values()
        for number in range(1, AUDIENCE + 1):
            telegram.world.open_chat(bot, telegram.world.add_person("A", "en", number, {}))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PTB_TIMEDELTA": "1", **environment},
        )  # fmt: skip
        try:
            await telegram.until(lambda: telegram.calls.of("getUpdates"), WITHIN_SECONDS)
            yield telegram, storage, settings.data_dir
        finally:
            process.terminate()
            await process.wait()
            await storage.database.close()


async def _open_menus(telegram: Lookalike) -> list[Person]:
    people = telegram.people[:TAPPERS]
    for person in people:
        await person.says("/menu")
    for person in people:
        await telegram.until(partial(_has_settings, person), WITHIN_SECONDS)
    return people


def _has_settings(person: Person) -> bool:
    return "Settings" in _labels(person)


async def _so_many_sent(telegram: Lookalike, messages: int) -> None:
    await telegram.until(lambda: telegram.calls.counts["sendMessage"] >= messages, WITHIN_SECONDS)


def _labels(person: Person) -> list[str]:
    """The buttons of the place, which is the only message that is no push."""
    return next(([*m.labels] for m in person.visible if m.labels and m.labels != ["Open"]), [])


async def _tap(telegram: Lookalike, person: Person) -> float:
    """Tap to the settings or back; returns after how many seconds the new screen stood there."""
    before = _labels(person)
    place = next(m for m in person.visible if m.labels == before)
    begun = time.perf_counter()
    await person.taps("Settings" if "Settings" in before else "Back", place)
    await telegram.until(lambda: _labels(person) not in ([], before), WITHIN_SECONDS)
    return time.perf_counter() - begun


async def _taps(telegram: Lookalike, people: list[Person]) -> list[float]:
    return [await _tap(telegram, person) for _, person in zip(range(TAPS), cycle(people), strict=False)]


async def measure(folder: Path, database_url: str | None, rounds: int) -> tuple[Ratio, Ratio]:
    """Say how median and 99th percentile compare, each round with taps before and during a broadcast."""
    medians, highest = [], []
    async with running(folder, database_url) as (telegram, storage, data_dir):
        await gather(storage, AUDIENCE)
        people = await _open_menus(telegram)
        await _taps(telegram, people)
        for turn in range(rounds):
            alone = await _taps(telegram, people)
            sent = telegram.calls.counts["sendMessage"]
            await queue_for_all(storage, f"tap:{turn}")
            await wake(data_dir)
            await _so_many_sent(telegram, sent + UNDER_WAY)
            during = await _taps(telegram, people)
            async with storage.unit() as uow:
                left = delete(OutboxRow).where(OutboxRow.state == OutboxState.QUEUED).returning(OutboxRow.id)
                assert list(await uow.session.scalars(left)), "the broadcast was over before the taps"
            medians.append(statistics.median(during) / statistics.median(alone))
            highest.append(_ninety_ninth(during) / _ninety_ninth(alone))
    return Ratio("median", tuple(medians)), Ratio("99th percentile", tuple(highest))


def _ninety_ninth(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]


async def main(grounds: Grounds, rounds: int = ROUNDS) -> bool:
    """Print and write the ratios; says whether they hold."""
    rows, results = [], []
    for engine in ENGINES:
        folder = grounds.folder(f"tap-{engine}")
        url = grounds.plain(engine, "tap") if engine == "PostgreSQL" else None
        ratios = await measure(folder, url, rounds)
        print(f"a tap during a broadcast over one without, {engine}")
        print(*ratios, sep="\n")
        holds = all(each.median <= BOUND for each in ratios)
        results.append(holds)
        rows.append([engine, *(each.short for each in ratios), f"≤ {BOUND} {'holds' if holds else 'missed'}"])
    head = ["during a broadcast over without one", "median", "99th percentile", "bound"]
    write_part("tap", [*table(head, rows), "", seen_on(rounds)])
    return all(results)

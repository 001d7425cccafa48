"""How long a person waits for an answer while a broadcast to 10,000 goes out, beside when nothing does.

The bot runs as `poruch run` starts it, at Telegram's pace of 30 a second, against the look-alike in this
process. Two hundred people tap in turn through menu and settings; a tap counts until its new screen stands
there.
"""

import statistics
import time
from functools import partial
from itertools import cycle
from pathlib import Path

from sqlalchemy import delete

from bench.grounds import ENGINES, Grounds
from bench.page import seen_on, table, write_part
from bench.pairs import Ratio
from bench.pipeline import gather, queue_for_all
from bench.real_bot import running
from bot.control.client import wake
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.models import OutboxRow, OutboxState

# So many that nobody does more in a minute than one account may.
AUDIENCE, TAPPERS = 10_000, 200
TAPS, ROUNDS = 400, 5
UNDER_WAY = 60
BOUND = 1.5
WITHIN_SECONDS = 30


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
    async with running(folder, database_url, audience=AUDIENCE) as bot:
        telegram, storage = bot.telegram, bot.storage
        await gather(storage, AUDIENCE)
        people = await _open_menus(telegram)
        await _taps(telegram, people)
        for turn in range(rounds):
            alone = await _taps(telegram, people)
            sent = telegram.calls.counts["sendMessage"]
            await queue_for_all(storage, f"tap:{turn}")
            await wake(bot.data_dir)
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

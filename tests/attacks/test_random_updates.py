"""Thousands of updates of every kind, unreadable ones too: none is unhandled or sticks, memory is level."""

import json
from collections.abc import AsyncIterator
from itertools import islice
from pathlib import Path

import pytest

from handlers.vocabulary import Step, write
from tests.attacks.processes import Forked
from tests.attacks.random_updates import updates
from tests.attacks.standing_still import UNLIMITED
from tests.attacks.victim import Victim, installed

AT_ONCE = 500
LONGEST_SECONDS = 600
PEOPLE = 20
# What is said of every update that was spoiled, or whose chat is not there, and nothing else. On a disk that
# others keep busy an update may have to be taken again.
HARMLESS = {
    "an update cannot be read",
    "telegram",
    "the database is away",
    "the database is away; an update will be taken again",
}
MOST_GROWN = 1.10


@pytest.fixture
async def victim(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Victim]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with installed(tmp_path, url, "Forgotten Example", process=Forked, more={UNLIMITED: ""}) as (
        victim,
        _,
    ):
        yield victim


def memory(victim: Victim) -> int:
    """Return how many KiB of memory the process holds."""
    assert victim.process is not None
    lines = Path(f"/proc/{victim.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


def troubles(victim: Victim) -> list[str]:
    """Return what the log says above the ordinary."""
    entries = [json.loads(line) for line in victim.log.read_text().splitlines() if line.startswith("{")]
    loud = [entry for entry in entries if entry["level"] not in ("debug", "info")]
    return [json.dumps(entry) for entry in loud if entry["event"] not in HARMLESS]


async def pour(victim: Victim, seed: int, how_many: int) -> list[int]:
    """Give so many, some hundred at a time; returns what memory was held after each."""
    people = [victim.telegram.person(f"Person {number}") for number in range(PEOPLE)]
    for person in people[: PEOPLE // 2]:
        await person.says("hello")
        await person.taps_data(1, write(Step("agree")))
    held = []
    given = updates(seed, [person.user_id for person in people])
    for _ in range(how_many // AT_ONCE):
        for raw in islice(given, AT_ONCE):
            victim.telegram.inject(raw, numbered="update_id" not in raw)
        await victim.telegram.settled(LONGEST_SECONDS)
        held.append(memory(victim))
    return held


async def still_serves(victim: Victim) -> None:
    somebody = victim.telegram.person("Vera")
    await somebody.says("/start")
    await somebody.sees("English")


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_no_random_update_is_unhandled_or_sticks(victim: Victim):
    await pour(victim, seed=1, how_many=AT_ONCE)

    await still_serves(victim)
    assert troubles(victim) == []


@pytest.mark.proof
@pytest.mark.timeout(7200)
async def test_twenty_thousand_random_updates_leave_memory_level(victim: Victim):
    held = await pour(victim, seed=2, how_many=20_000)

    await still_serves(victim)
    assert troubles(victim) == []
    # The first quarter warms it up.
    warm = held[len(held) // 4]
    assert held[-1] < warm * MOST_GROWN, held
    print(f"memory {held[-1] / warm:.3f} of what it was after a quarter")

"""What a rotation of the wrapping key costs: it grows with people, and not with what is kept of each.

The time holds the pauses in which a rotation leaves the database to others, as long as its work.
"""

from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bench.grounds import DAY, ENGINES, Grounds
from bench.people import SIX, TWO, fill
from bench.ratios import in_turn, ratio
from bench.report import Report
from bot.clock import Clock
from bot.keys.rotation import Rotation
from storage.unit_of_work import Storage

EACH, FIELDS = 1.2, 1.1
ROUNDS = 5


@dataclass(frozen=True)
class Population:
    """So many people, with as many sealed fields each; the seventh is a draft's."""

    people: int
    fields: int = 2

    def __str__(self) -> str:
        return f"{self.people}_{self.fields}"


FIRST = Population(1_000)
MIDDLE, FULL = Population(10_000), Population(10_000, fields=7)
LARGE = Population(50_000)


def _rotated(storage: Storage) -> Callable[[], Coroutine[Any, Any, None]]:
    file = storage.keys.file
    assert file is not None

    async def rotate() -> None:
        rotation = Rotation(storage, file, clock=Clock(), progress=lambda *_: None)
        done = await rotation.once(day=DAY + timedelta(days=1))
        assert len(done.retired) == 1
        storage.keys.read_again()

    return rotate


async def main(grounds: Grounds) -> bool:
    """Print and write how rotations of several populations compare; says whether all bounds hold."""
    report = Report("rotation", "a rotation")
    for engine in ENGINES:
        async with AsyncExitStack() as stack:
            ways = {}
            for each in (FIRST, MIDDLE, FULL, LARGE):
                storage = await stack.enter_async_context(grounds.installed(engine, f"rotation_{each}"))
                fields, has_draft = (SIX, True) if each.fields > len(SIX) else (TWO, False)
                await fill(storage, each.people, fields=fields, has_draft=has_draft)
                ways[str(each)] = _rotated(storage)
            costs = await in_turn(ways, rounds=ROUNDS, turns=1)
        report.begin(engine)
        for each in (MIDDLE, LARGE):
            report.add(
                ratio(
                    f"each of {each.people:,} people over each of {FIRST.people:,}",
                    costs[str(each)],
                    costs[str(FIRST)],
                    of=each.people / FIRST.people,
                    bound=EACH,
                )
            )
        report.add(
            ratio(
                f"{FULL.people:,} people with {FULL.fields} sealed fields over {MIDDLE.fields}",
                costs[str(FULL)],
                costs[str(MIDDLE)],
                bound=FIELDS,
            )
        )
    return report.write()

"""Whether finding people by their account costs the same however many there are."""

import random
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from bench.grounds import ENGINES, Grounds
from bench.people import fill
from bench.ratios import in_turn, ratio
from bench.report import Report
from storage.unit_of_work import Storage

SIZES = (1_000, 10_000, 100_000)
# As for a million reminders over a thousand: so many people lie on more pages than stay decrypted.
FLAT = 1.5
MANY = 200
SEED = 1


def _found(storage: Storage, size: int) -> Callable[[], Coroutine[Any, Any, None]]:
    """Find so many people anywhere among all; nobody's key is at hand."""
    anybody = random.Random(SEED)

    async def find() -> None:
        storage.keys.cache.clear()
        async with storage.view() as uow:
            for account in anybody.choices(range(1, size + 1), k=MANY):
                assert await uow.people.get_by_chat(account) is not None

    return find


async def main(grounds: Grounds) -> bool:
    """Print and write how look-ups among more and more people compare; says whether they are flat."""
    report = Report("lookup", "finding a person by blind index")
    for engine in ENGINES:
        async with AsyncExitStack() as stack:
            ways = {}
            for size in SIZES:
                storage = await stack.enter_async_context(grounds.installed(engine, f"lookup_{size}"))
                await fill(storage, size)
                ways[f"{size:,}"] = _found(storage, size)
            costs = await in_turn(ways)
            report.begin(engine)
            first = f"{SIZES[0]:,}"
            for name in list(ways)[1:]:
                report.add(ratio(f"among {name} people over {first}", costs[name], costs[first], bound=FLAT))
    return report.write()

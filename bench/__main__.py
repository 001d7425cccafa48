"""Runs the benchmarks, or those that are named. ``make bench``, ``make bench BENCH=lookup``.

python -m bench [NAME…]   ends with 1 where a bound was missed; of sending and pacing the figures stand in a
table with their bounds. Some are measured beside peers, who live in ``.venv-bench``.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench import (
    coverage,
    footprint,
    lookup,
    pacing,
    pipeline,
    reminders,
    resting,
    rotation,
    sealing,
    sending,
    side_by_side,
    suggesting,
    tap,
    updates,
)
from bench.grounds import Grounds, grounds
from bot import logs

Bench = Callable[[Grounds], Awaitable[bool]]


def beside_peers(measure: Callable[[], Awaitable[None]]) -> Bench:
    """Make a bench of one that needs no database; its figures stand in a table with its bounds."""

    async def main(_: Grounds) -> bool:
        await measure()
        return True

    return main


BENCHES: dict[str, Bench] = {
    "sealing": sealing.main,
    "lookup": lookup.main,
    "rotation": rotation.main,
    "reminders": reminders.main,
    "pipeline": pipeline.main,
    "tap": tap.main,
    "sending": beside_peers(sending.main),
    "pacing": beside_peers(pacing.main),
    "footprint": lambda _: footprint.main(),
    "resting": resting.main,
    "updates": updates.main,
    "suggesting": suggesting.main,
    "coverage": coverage.main,
    "side-by-side": side_by_side.main,
}


async def run(names: list[str], ground: Grounds) -> bool:
    print(
        "Ratios: the median of the rounds of one run, and the lowest and highest. Both sides ran in turn.\n"
    )
    results = []
    for name in names:
        results.append(await BENCHES[name](ground))
        print()
    return all(results)


def main(arguments: list[str]) -> int:
    if unknown := set(arguments) - set(BENCHES):
        print(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    logs.configure("WARNING", sys.stderr)
    with tempfile.TemporaryDirectory() as name, grounds(Path(name)) as ground:
        return 0 if asyncio.run(run(arguments or list(BENCHES), ground)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

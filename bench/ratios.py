"""Runs two ways of doing one thing in turn, and says how they compare."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Work = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Ratio:
    """One way over another, pair by pair: of CPU time, or of what else the name says."""

    name: str
    pairs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.pairs)

    @property
    def short(self) -> str:
        """The median with its spread, for a table."""
        return f"{self.median:.2f} ({min(self.pairs):.2f} to {max(self.pairs):.2f})"

    def __str__(self) -> str:
        low, middle, high = min(self.pairs), self.median, max(self.pairs)
        return f"{self.name:<58} {middle:6.2f}   ({low:.2f} to {high:.2f}, {len(self.pairs)} pairs)"


async def _cpu(work: Work) -> float:
    begin = time.process_time()
    await work()
    return time.process_time() - begin


async def compare(name: str, ours: Work, other: Work, *, pairs: int = 7) -> Ratio:
    """Run both in turn, once unmeasured and then `pairs` times, and return the ratios ours/other."""
    await ours()
    await other()
    return Ratio(name, tuple([await _cpu(ours) / await _cpu(other) for _ in range(pairs)]))

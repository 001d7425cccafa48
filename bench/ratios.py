"""Runs ways of doing one thing in turn, and says how they compare: ratios, never a time."""

import gc
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

Work = Callable[[], Awaitable[object]]

ROUNDS = 9
TURNS = 5
HEAD = f"{'':<64}{'time':>6}{'low to high':>16}{'CPU':>8}{'low to high':>16}{'bound':>9}"


@dataclass
class Costs:
    """What one way cost: the least of each round, in seconds, by the clock on the wall and by our CPU time.

    The least, since what else the machine does can only add. CPU time is this process's: SQLite works inside
    it, a PostgreSQL server does not.
    """

    time: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Ratio:
    """One way over another, round by round; within its bound where both medians are."""

    name: str
    time: tuple[float, ...]
    cpu: tuple[float, ...]
    bound: float | None

    @property
    def holds(self) -> bool:
        return self.bound is None or max(map(statistics.median, (self.time, self.cpu))) <= self.bound

    @property
    def cells(self) -> tuple[str, str]:
        """Give time and CPU as they stand in a table."""
        time, cpu = (
            f"{statistics.median(rounds):.2f} ({min(rounds):.2f} to {max(rounds):.2f})"
            for rounds in (self.time, self.cpu)
        )
        return time, cpu

    def __str__(self) -> str:
        figures = "  ".join(
            f"{statistics.median(rounds):6.2f}  {f'{min(rounds):.2f} to {max(rounds):.2f}':>14}"
            for rounds in (self.time, self.cpu)
        )
        verdict = "" if self.bound is None else f"  {self.bound:5.2f} {'holds' if self.holds else 'MISSED'}"
        return f"  {self.name:<62}{figures}{verdict}"


async def in_turn(ways: Mapping[str, Work], *, rounds: int = ROUNDS, turns: int = TURNS) -> dict[str, Costs]:
    """Run all ways once unmeasured; then in each round every way `turns` times, one after the other.

    The order changes with every turn, so that no way always comes after the same other one.
    """
    for work in ways.values():
        await work()
    costs = {name: Costs() for name in ways}
    for _ in range(rounds):
        gc.collect()
        seen: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for turn in range(turns):
            for name in list(ways) if turn % 2 else list(ways)[::-1]:
                seen[name].append(await _cost(ways[name]))
        for name, cost in costs.items():
            cost.time.append(min(wall for wall, _ in seen[name]))
            cost.cpu.append(min(cpu for _, cpu in seen[name]))
    return costs


def ratio(name: str, ours: Costs, other: Costs, *, bound: float | None = None, of: float = 1) -> Ratio:
    """Compare two ways that ran in turn; `of` is how many times as much ours had to do."""
    return Ratio(
        name,
        tuple(a / b / of for a, b in zip(ours.time, other.time, strict=True)),
        tuple(a / b / of for a, b in zip(ours.cpu, other.cpu, strict=True)),
        bound,
    )


async def compare(
    name: str, ours: Work, other: Work, *, bound: float | None = None, turns: int = TURNS
) -> Ratio:
    """Run two ways in turn and say how they compare."""
    costs = await in_turn({"ours": ours, "other": other}, turns=turns)
    return ratio(name, costs["ours"], costs["other"], bound=bound)


async def _cost(work: Work) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    await work()
    return time.perf_counter() - wall, time.process_time() - cpu

"""How two ways of doing one thing compare, measured in turn."""

import statistics
from dataclasses import dataclass


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

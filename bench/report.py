"""Prints the ratios of one bench as they come, engine by engine, and writes them down together."""

from bench.grounds import ENGINES
from bench.page import seen_on, table, write_part
from bench.ratios import HEAD, Ratio


class Report:
    """What one bench has seen; `part` is its place on the page."""

    def __init__(self, part: str, title: str) -> None:
        self._part = part
        self._title = title
        self._seen: dict[str, dict[str, Ratio]] = {}

    def begin(self, engine: str) -> None:
        """Let what is added from here on be of this engine."""
        print(f"{self._title} on {engine}\n{HEAD}")
        self._seen[engine] = {}

    def add(self, ratio: Ratio) -> None:
        print(ratio, flush=True)
        self._seen[next(reversed(self._seen))][ratio.name] = ratio

    def write(self, *besides: str) -> bool:
        """Write the table of both engines, and sentences after it; says whether all bounds hold."""
        first = self._seen[ENGINES[0]]
        head = ["", *(f"{engine}, {what}" for engine in ENGINES for what in ("time", "CPU")), "bound"]
        rows = [
            [
                name.strip(),
                *(cell for engine in ENGINES for cell in self._seen[engine][name].cells),
                self._verdict(name),
            ]
            for name in first
        ]
        rounds = len(next(iter(first.values())).time)
        write_part(self._part, [*table(head, rows), "", " ".join([*besides, seen_on(rounds)])])
        return all(ratio.holds for seen in self._seen.values() for ratio in seen.values())

    def _verdict(self, name: str) -> str:
        ratios = [self._seen[engine][name] for engine in ENGINES]
        bound = ratios[0].bound
        if bound is None:
            return ""
        return f"{bound:.2f} {'holds' if all(ratio.holds for ratio in ratios) else 'missed'}"

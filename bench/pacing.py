"""How much of Telegram's allowed rate is reached, and how often Telegram has to refuse: Poruch beside peers.

900 messages, 60 of them as pairs and triples to the same chats, against both readings of "30 a second": a
bucket of 30 that fills up again at 30 a second, and no more than 30 in any second; one a second to each chat.
Either reading allows them in 29 seconds from the first to the last: the share is that over the time it took.
Each sends to a far side of their own, both readings at once, one sender after another, again and again; those
that take minutes run once, together. Then 60,000 messages at 1,000 a second, as is paid for.
"""

import asyncio
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bench.load import audience
from bench.page import seen_on, table, write_part
from bench.picture import Bar, Group, draw
from bench.processes import Sender, far_side, new_token, tally

ROUNDS = 3
PAID_ROUNDS = 1
READINGS = {"bucket": "a bucket of 30, 30 a second", "window": "30 in any second"}
OURS = Sender("Poruch", "ours", is_ours=True)
QUICK = (
    OURS,
    Sender("PTB + AIORateLimiter", "ptb", way="stock"),
    Sender("the same, 20 retries", "ptb", way="retrying"),
)
SLOW = (
    Sender("aiogram, its example's loop", "aio", way="loop"),
    Sender("aiogram-broadcaster", "aio", way="broadcaster"),
)


@dataclass(frozen=True)
class Run:
    """One broadcast to its end; `twice` counts what came more often than it was to."""

    share: float
    refused: int
    lost: int
    twice: int


@dataclass(frozen=True)
class Runs:
    """What one sender did against one reading, again and again."""

    sender: Sender
    reading: str
    runs: Sequence[Run]

    @property
    def median(self) -> float:
        return statistics.median(run.share for run in self.runs)

    @property
    def cells(self) -> list[str]:
        """Share with its spread, number of runs, and the most of everything else in any run."""
        shares = [run.share for run in self.runs]
        spread = f" ({min(shares):.3f} to {max(shares):.3f})" if len(shares) > 1 else ""
        most = [max(getattr(run, name) for run in self.runs) for name in ("refused", "lost", "twice")]
        return [f"{self.median:.3f}{spread}", str(len(self.runs)), *map(str, most)]


async def run(sender: Sender, *, reading: str, to: str, per_second: float) -> Run:
    """Let a sender send to everybody, and read what came of it."""
    wanted, token = Counter(map(str, audience(to))), new_token()
    async with far_side(delay=0.05, reading=reading, per_second=per_second) as url:
        await sender.run(url, token, audience=to, per_second=per_second)
        seen = await tally(url, token)
    came = Counter(seen["chats"])
    return Run(
        share=(came.total() - per_second) / per_second / seen["seconds"],
        refused=sum(seen["refused"].values()),
        lost=(wanted - came).total(),
        twice=(came - wanted).total(),
    )


async def in_turn(senders: Sequence[Sender], rounds: int) -> list[Runs]:
    """Let senders take turns, each held to both readings at once."""
    seen: dict[tuple[Sender, str], list[Run]] = defaultdict(list)
    for _ in range(rounds):
        for sender in senders:
            runs = await asyncio.gather(
                *(run(sender, reading=reading, to="pairs", per_second=30) for reading in READINGS)
            )
            for reading, each in zip(READINGS, runs, strict=True):
                seen[sender, reading].append(each)
    return [Runs(sender, reading, runs) for (sender, reading), runs in seen.items()]


async def at_the_paid_rate(reading: str, rounds: int) -> Runs:
    """Let ours send alone, since it needs much of a core."""
    return Runs(
        OURS, reading, [await run(OURS, reading=reading, to="paid", per_second=1_000) for _ in range(rounds)]
    )


async def main(rounds: int = ROUNDS, paid_rounds: int = PAID_ROUNDS) -> None:
    """Print the shares, and write them down."""
    free = await in_turn(QUICK, rounds)
    free += [runs for each in await asyncio.gather(*(in_turn([each], 1) for each in SLOW)) for runs in each]
    paid = [await at_the_paid_rate(reading, paid_rounds) for reading in READINGS]
    head = ["", "share of the allowed rate", "runs", "429, at most", "lost, at most", "twice, at most"]
    lines: list[str] = []
    for title, seen in (
        ("900 messages at 30 a second (≥ 0.97 without a 429)", free),
        ("60,000 messages to 6,000 chats at 1,000 a second (≥ 0.95, at most 6 × 429)", paid),
    ):
        rows = [[f"{each.sender.name}, {each.reading}", *each.cells] for each in seen]
        print(title)
        for cells in rows:
            print(f"  {cells[0]:<38}", "   ".join(cells[1:]))
        lines += [f"{title}:", "", *table(head, rows), ""]
    write_part("pacing", [*lines, seen_on(rounds)], _picture(free))


def _picture(seen: Sequence[Runs]) -> str:
    return draw(
        [
            Group(
                f"share of the allowed rate, {said}",
                [
                    Bar(
                        each.sender.name,
                        each.median,
                        f"{each.median:.2f}, 429: {each.cells[2]}, lost: {each.cells[3]}",
                        is_ours=each.sender.is_ours,
                    )
                    for each in seen
                    if each.reading == reading
                ],
                whole=1.0,
            )
            for reading, said in READINGS.items()
        ]
    )


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))

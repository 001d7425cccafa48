"""From a tap to the screen it leads to: Poruch as it runs beside a stock bot that keeps nothing.

Fifty people tap side by side, each again once their screen has come; no way there and back. Ours commits
person, role, dialogue and the update's number for each tap. Each run is a process of its own, all in turn.
"""

from collections import defaultdict

from bench.grounds import Grounds
from bench.page import seen_on, table, write_part
from bench.pairs import Ratio
from bench.processes import Sender, far_side, new_token, tally

PEOPLE, TAPS, ROUNDS = 50, 40, 5
WANTED = 0.7
SQLITE = Sender("Poruch on SQLite", "whole", is_ours=True)
POSTGRESQL = Sender("Poruch on PostgreSQL", "whole", is_ours=True)
ECHO = Sender("python-telegram-bot, keeping nothing", "echo")


async def measure(ground: Grounds, rounds: int) -> dict[Sender, list[float]]:
    """Return for each, round by round, taps a second."""
    rate: dict[Sender, list[float]] = defaultdict(list)
    async with far_side("bench.tapping_side", delay=0.0, people=PEOPLE, taps=TAPS) as url:
        for turn in range(rounds):
            for sender in (SQLITE, POSTGRESQL, ECHO):
                token = new_token()
                more = [ground.new_database(f"taps_{turn}")] if sender is POSTGRESQL else []
                async with sender.running(url, token, *([PEOPLE, *more] if sender.is_ours else [])):
                    seen = await tally(url, token)
                rate[sender].append(seen["taps"] / seen["seconds"])
    return rate


async def main(ground: Grounds, rounds: int = ROUNDS) -> bool:
    """Print the ratios, and write them down; says whether the bound holds."""
    rate = await measure(ground, rounds)
    print(f"from a tap to its screen, {PEOPLE} people")
    over = [
        Ratio(sender.name, tuple(a / b for a, b in zip(rate[sender], rate[ECHO], strict=True)))
        for sender in rate
    ]
    for ratio in over:
        print(ratio)
    rows = [[ratio.name, ratio.short] for ratio in over]
    write_part("updates", [*table(["over the stock bot", "taps a second"], rows), "", seen_on(rounds)])
    return all(ratio.median >= WANTED for ratio in over)

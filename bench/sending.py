"""How fast a message leaves and what it costs: Poruch beside python-telegram-bot and aiogram as installed.

64 under way, 50 ms there and back, no limit; each run a process of its own, all in turn.
"""

import asyncio
import json
from collections import defaultdict

from bench.page import seen_on, table, write_part
from bench.pairs import Ratio
from bench.picture import Bar, Group, draw
from bench.processes import Sender, far_side, new_token

AT_ONCE = 64
ROUNDS = 5
OURS = Sender("Poruch", "ours", is_ours=True)
AIOGRAM = Sender("aiogram", "aio")
PTB = Sender("python-telegram-bot", "ptb")
# As many as take each some seconds.
HOW_MANY = {OURS: 2_560, AIOGRAM: 1_280, PTB: 640}


async def measure(rounds: int) -> tuple[dict[Sender, list[float]], dict[Sender, list[float]]]:
    """Return for each sender, round by round, messages a second, and seconds of CPU a message."""
    rate: dict[Sender, list[float]] = defaultdict(list)
    cpu: dict[Sender, list[float]] = defaultdict(list)
    async with far_side(delay=0.05) as url:
        for _ in range(rounds):
            for sender, messages in HOW_MANY.items():
                printed = await sender.run(url, new_token(), messages=messages, at_once=AT_ONCE)
                cost = json.loads(printed)
                rate[sender].append(messages / cost["seconds"])
                cpu[sender].append(cost["cpu"] / messages)
    return rate, cpu


def over(seen: dict[Sender, list[float]], one: Sender, other: Sender, name: str) -> Ratio:
    return Ratio(name, tuple(one / other for one, other in zip(seen[one], seen[other], strict=True)))


async def main(rounds: int = ROUNDS) -> None:
    """Print the ratios, and write them down."""
    rate, cpu = await measure(rounds)
    print(f"sending, {AT_ONCE} under way, 50 ms there and back")
    print(over(rate, OURS, PTB, "messages a second, over python-telegram-bot (≥ 8)"))
    print(over(cpu, OURS, PTB, "CPU a message, over python-telegram-bot (≤ 0.06)"))
    print(over(cpu, OURS, AIOGRAM, "CPU a message, over aiogram (≤ 1.00)"))
    measured = {"messages a second": rate, "CPU a message": cpu}
    beside = {
        name: {sender: over(seen, sender, PTB, sender.name) for sender in HOW_MANY}
        for name, seen in measured.items()
    }
    rows = [[sender.name, *(ratios[sender].short for ratios in beside.values())] for sender in HOW_MANY]
    picture = draw(
        [
            Group(
                f"{name}, over python-telegram-bot",
                [
                    Bar(sender.name, ratio.median, ratio.short, is_ours=sender.is_ours)
                    for sender, ratio in ratios.items()
                ],
            )
            for name, ratios in beside.items()
        ]
    )
    write_part(
        "sending",
        [
            *table(["over python-telegram-bot", *beside], rows),
            "",
            f"CPU a message over aiogram: {over(cpu, OURS, AIOGRAM, '').short}. {seen_on(rounds)}",
        ],
        picture,
    )


if __name__ == "__main__":
    asyncio.run(main())

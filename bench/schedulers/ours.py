"""Poruch's delivery, at rest beside whatever waits: prints how many MiB its process takes.

What it opens is described on standard input.
"""

import asyncio
import json
import sys
from datetime import datetime

from bench.assembled import connected, delivering, turns_on
from bench.opened import opened
from bench.schedulers.memory import mebibytes
from bot import logs
from bot.clock import Clock
from bot.sending.parcels import Parcels
from bot.telegram_api.pace import Pace
from handlers.notices import prepare_push
from solidarity.work import Lane

LOOKS = 50


class Counted(Parcels):
    """Counts how often it was asked what is due next."""

    looks = 0
    enough = asyncio.Event()

    async def next_due(self) -> dict[Lane, datetime]:
        type(self).looks += 1
        if self.looks >= LOOKS:
            self.enough.set()
        return await super().next_due()


async def main() -> None:
    logs.configure("ERROR", sys.stderr)
    storage = opened()
    pace, wake = Pace(), asyncio.Event()
    connection = connected("1:bench", "http://localhost", pace)
    parcels = Counted(
        storage,
        connection.messages,
        prepare_push,
        clock=Clock(),
        in_flight=set(),
        turns=turns_on(storage, pace),
    )  # fmt: skip
    delivery = delivering(connection, parcels, wake=wake, is_alone=storage.database.is_sqlite)
    running = asyncio.create_task(delivery.run())
    while not parcels.enough.is_set():
        wake.set()
        await asyncio.sleep(0.01)
    json.dump({"mebibytes": mebibytes()}, sys.stdout)
    delivery.stop()
    await running
    await storage.database.close()


if __name__ == "__main__":
    asyncio.run(main())

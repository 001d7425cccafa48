"""APScheduler on its SQLAlchemy store, as its user guide shows it for a program on asyncio.

Prints what adding jobs and waking those that are due cost this process; or how many of ten ran that fell due
while it was down.
"""

import argparse
import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

TEN = 10
SOON_SECONDS, DOWN_SECONDS = 0.5, 2.0
ran: list[int] = []
all_ran = asyncio.Event()


async def fire(number: int, last: int) -> None:
    """Stand for a reminder."""
    ran.append(number)
    if len(ran) == last:
        all_ran.set()


def scheduler(url: str, **options: object) -> AsyncIOScheduler:
    made = AsyncIOScheduler(
        jobstores={"default": SQLAlchemyJobStore(url)}, executors={"default": AsyncIOExecutor()}, **options
    )
    made.start(paused=True)
    return made


def add(to: AsyncIOScheduler, number: int, *, at: datetime, **options: object) -> None:
    for each in range(number):
        to.add_job(fire, "date", run_date=at, args=(each, number), **options)


async def costs(url: str, adding: int, waking: int) -> dict[str, float]:
    """Say what adding jobs for tomorrow costs, and waking some that are due."""
    store = scheduler(url)
    # What is built once, on either side, is not counted.
    add(store, TEN, at=datetime.now(UTC) + timedelta(days=1))
    store.remove_all_jobs()
    begun, cpu = time.perf_counter(), time.process_time()
    add(store, adding, at=datetime.now(UTC) + timedelta(days=1))
    added = {"add": time.perf_counter() - begun, "add_cpu": time.process_time() - cpu}
    store.remove_all_jobs()
    add(store, waking, at=datetime.now(UTC), misfire_grace_time=None)
    begun, cpu = time.perf_counter(), time.process_time()
    store.resume()
    await all_ran.wait()
    woken = {"wake": time.perf_counter() - begun, "wake_cpu": time.process_time() - cpu}
    store.shutdown(wait=False)
    return added | woken


async def misfires(url: str) -> dict[str, int]:
    """Say how many of ten jobs run that fell due while nothing ran, with the default settings."""
    before = scheduler(url)
    add(before, TEN, at=datetime.now(UTC) + timedelta(seconds=SOON_SECONDS))
    before.shutdown(wait=False)
    await asyncio.sleep(SOON_SECONDS + DOWN_SECONDS)
    after = scheduler(url)
    after.resume()
    await asyncio.sleep(SOON_SECONDS)
    after.shutdown(wait=False)
    return {"ran": len(ran)}


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--adding", type=int, default=10_000)
    parser.add_argument("--waking", type=int, default=1_000)
    parser.add_argument("--misfires", action="store_true")
    asked = parser.parse_args()
    seen = await (misfires(asked.url) if asked.misfires else costs(asked.url, asked.adding, asked.waking))
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())

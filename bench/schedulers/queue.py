"""python-telegram-bot's JobQueue: prints how many MiB a number of jobs adds to its process."""

import asyncio
import json
import sys

from telegram.ext import ApplicationBuilder, ContextTypes

from bench.schedulers.memory import mebibytes

DAY_SECONDS = 86_400


async def fire(_: ContextTypes.DEFAULT_TYPE) -> None:
    """Stand for a reminder."""


async def main(number: int) -> None:
    queue = ApplicationBuilder().token("1:bench").build().job_queue
    assert queue is not None
    before = mebibytes()
    for each in range(number):
        queue.run_once(fire, DAY_SECONDS + each, data=each)
    json.dump({"added": mebibytes() - before}, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))

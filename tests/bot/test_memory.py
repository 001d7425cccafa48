"""What was needed for work that is over is given back to the system."""

import asyncio
import os
import weakref
from pathlib import Path

from bot.memory import Memory

MEBIBYTE = 2**20
BLOCK = 2_000


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def test_holes_that_work_left_are_given_back():
    blocks = [bytes(BLOCK) for _ in range(64 * MEBIBYTE // BLOCK)]
    # The last one lies behind them, so that glibc by itself gives nothing back.
    last = blocks.pop()
    blocks.clear()
    before = resident()
    let_go = []

    async def note() -> None:
        let_go.append(True)

    memory = Memory(note, first_after_seconds=0)

    running = asyncio.create_task(memory.run())
    await asyncio.sleep(0.05)
    memory.stop()
    await running

    assert let_go == [True]
    assert before - resident() > 32 * MEBIBYTE
    assert len(last) == BLOCK


async def test_garbage_that_refers_to_itself_is_gone_within_a_minute_however_little_it_is():
    class Knot:
        def __init__(self) -> None:
            self.own = self

    knot = weakref.ref(Knot())
    looked = asyncio.Event()

    async def note() -> None:
        looked.set()

    memory = Memory(note, first_after_seconds=0)

    running = asyncio.create_task(memory.run())
    await asyncio.wait_for(looked.wait(), timeout=5)
    memory.stop()
    await running

    assert knot() is None

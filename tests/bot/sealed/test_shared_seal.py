"""Everything is sealed in each process, on whichever machine, and stays open once it is opened again."""

import asyncio
from typing import Any, cast

from bot.sealed.shared_seal import SharedSeal
from storage.errors import DatabaseUnavailable
from storage.installation import note_sealing
from storage.unit_of_work import Storage
from tests.world import NOON


class Process:
    """One process, which looks often and counts how often; its way to the database can be cut."""

    def __init__(self, storage: Storage) -> None:
        self.times_sealed = 0
        self.is_cut_off = False
        self._storage = storage
        self._looked = asyncio.Semaphore(0)
        self._shared = SharedSeal(cast(Storage, self), self._seal, look_every=0.01)

    def _seal(self) -> None:
        self.times_sealed += 1

    def view(self) -> Any:
        self._looked.release()
        if self.is_cut_off:
            raise DatabaseUnavailable("cut off")
        return self._storage.view()

    async def starts(self) -> "asyncio.Task[None]":
        await self._shared.settle()
        return asyncio.create_task(self._shared.run())

    async def looks(self, times: int) -> None:
        for _ in range(times):
            await self._looked.acquire()

    def stops(self) -> None:
        self._shared.stop()


async def seals(storage: Storage) -> None:
    async with storage.unit() as uow:
        await note_sealing(uow.session, at=NOON)


async def test_every_process_seals_itself_once(storage: Storage) -> None:
    processes = [Process(storage), Process(storage)]
    running = [await one.starts() for one in processes]

    await seals(storage)
    await asyncio.gather(*running)

    assert [one.times_sealed for one in processes] == [1, 1]


async def test_one_that_is_opened_again_stays_open_until_the_next_time(storage: Storage) -> None:
    await seals(storage)
    process = Process(storage)
    running = await process.starts()
    await process.looks(5)
    before = process.times_sealed

    # The clock has not moved: the later instant counts all the same.
    await seals(storage)
    await running

    assert (before, process.times_sealed) == (0, 1)


async def test_one_that_cannot_reach_the_database_meanwhile_is_sealed_afterwards(storage: Storage) -> None:
    process = Process(storage)
    running = await process.starts()
    process.is_cut_off = True
    await seals(storage)
    await process.looks(5)
    before = process.times_sealed

    process.is_cut_off = False
    await running

    assert (before, process.times_sealed) == (0, 1)


async def test_one_that_stops_seals_nothing(storage: Storage) -> None:
    process = Process(storage)
    running = await process.starts()

    process.stops()
    await running

    assert process.times_sealed == 0

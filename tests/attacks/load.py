"""People who join, change, look and leave all the while, through processes that each hold their own keys."""

import asyncio
import random
from collections.abc import Sequence
from uuid import UUID

from storage.keys import Keys
from storage.ring_file import RingFile
from storage.unit_of_work import Storage, UnitOfWork
from tests.world import new_person

FIELDS = ("phrase", "name", "phone", "email", "post")
TOGETHER = 200
LANES = 3
# One act of each lane in so many seconds, so that the machine has time for others as well.
PACE_SECONDS = 0.002

Words = dict[str, str]


async def add_people(storage: Storage, chat_ids: Sequence[int]) -> dict[UUID, Words]:
    """Keep people with every field filled; returns what each of them said."""
    said: dict[UUID, Words] = {}
    for start in range(0, len(chat_ids), TOGETHER):
        async with storage.unit() as uow:
            for chat_id in chat_ids[start : start + TOGETHER]:
                person_id, words = await _join(uow, chat_id)
                said[person_id] = words
    return said


async def _join(uow: UnitOfWork, chat_id: int) -> tuple[UUID, Words]:
    words = {field: f"{field} of {chat_id}" for field in FIELDS}
    person = await uow.people.add(new_person(), chat_id=chat_id, phrase=words["phrase"])
    await uow.vault.seal(person, **words)
    return person.id, {"chat": str(chat_id), **words}


async def words_of(uow: UnitOfWork, person_id: UUID) -> Words | None:
    person = await uow.people.get(person_id)
    if person is None:
        return None
    return {field: await uow.vault.reveal(person, field) or "" for field in ("chat", *FIELDS)}


def process(storage: Storage, file: RingFile) -> Storage:
    """Give a process of its own on the same database: with the ring as it is now, and no unwrapped key."""
    return Storage(storage.database, Keys(file.load(), file=file))


class Load:
    """What happens while the keys are rotated; ``failures`` is what must stay empty."""

    def __init__(self, said: dict[UUID, Words], *, seed: int) -> None:
        self.said = said
        self.erased: set[UUID] = set()
        self.failures: list[BaseException] = []
        self.acts = 0
        self._idle = list(said)
        self._random = random.Random(seed)
        self._chat_ids = iter(range(9_000_000_000, 9_100_000_000))
        self._ends = asyncio.Event()
        self._lanes: list[asyncio.Task[None]] = []

    def start(self, storages: Sequence[Storage]) -> None:
        """Begin three lanes of acts on each storage."""
        self._lanes = [asyncio.create_task(self._lane(each)) for each in storages for _ in range(LANES)]

    async def stop(self) -> None:
        self._ends.set()
        await asyncio.gather(*self._lanes)

    async def _lane(self, storage: Storage) -> None:
        while not self._ends.is_set():
            try:
                await self._act(storage)
            except Exception as failure:  # noqa: BLE001
                self.failures.append(failure)
            self.acts += 1
            await asyncio.sleep(PACE_SECONDS)

    async def _act(self, storage: Storage) -> None:
        # Nobody does two things at once: who acts is not idle.
        person_id = self._idle.pop(self._random.randrange(len(self._idle)))
        match self._random.choice(("look", "look", "change", "join", "leave")):
            case "look":
                async with storage.view() as uow:
                    assert await words_of(uow, person_id) == self.said[person_id]
            case "change":
                await self._change(storage, person_id)
            case "join":
                async with storage.unit() as uow:
                    joined, words = await _join(uow, next(self._chat_ids))
                self.said[joined] = words
                self._idle.append(joined)
            case "leave":
                async with storage.unit() as uow:
                    await uow.people.remove(person_id)
                del self.said[person_id]
                self.erased.add(person_id)
                return
        self._idle.append(person_id)

    async def _change(self, storage: Storage, person_id: UUID) -> None:
        changed = {field: f"{field} {self._random.random()}" for field in FIELDS}
        async with storage.unit() as uow:
            person = await uow.people.get(person_id)
            assert person is not None
            await uow.vault.seal(person, **changed)
        self.said[person_id] |= changed

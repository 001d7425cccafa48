"""Three rotations under load, the rotating process killed at random moments: nobody fails, nobody is lost."""

import asyncio
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.clock import Clock
from bot.configuration.settings import Settings, load_settings
from bot.installing.installation import create, open_installation
from bot.presence import Presence
from storage.keyring import Purpose, State
from storage.models import Person, WrappedKey
from storage.ring_file import RingFile
from storage.unit_of_work import Storage
from tests.attacks.load import Load, add_people, process, words_of
from tests.attacks.processes import ROOT
from tests.world import NOON

LOOK_SECONDS = 0.002
AT_ONCE_SECONDS = 0.05


class Installation:
    """An installation on disk, processes that work on it, and the command that rotates its keys."""

    def __init__(self, folder: Path, database_url: str | None, seed: int) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PORUCH_DATA_DIR": str(folder / "data"),
        } | ({"PORUCH_DATABASE_URL": database_url} if database_url else {})
        self.settings: Settings = load_settings(self.environment, folder)
        self._random = random.Random(seed)
        self.rotations = 0
        self.struck: Counter[str] = Counter()
        self.longest_seconds = 0.0

    async def install(self) -> Storage:
        create(self.settings, now=NOON)
        storage = await open_installation(self.settings)
        assert storage.keys.file is not None
        self.file = storage.keys.file
        return storage

    async def _begin(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "keys", "rotate",
            cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    async def rotate(self) -> None:
        """Let the command come to its end."""
        begun = time.monotonic()
        rotating = await self._begin()
        said, _ = await rotating.communicate()
        assert rotating.returncode == 0, said.decode()
        self.rotations += 1
        self.longest_seconds = max(self.longest_seconds, time.monotonic() - begun)

    async def strike(self) -> None:
        """Let the command write none, one or two new rings, and kill it a random while later."""
        rotating = await self._begin()
        target = self.file.load().generation + self._random.randrange(3)
        while self.file.load().generation < target and rotating.returncode is None:  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)
        await asyncio.wait(
            {asyncio.ensure_future(rotating.wait())},
            timeout=self._random.uniform(0, self._random.choice((AT_ONCE_SECONDS, self.longest_seconds / 2))),
        )
        if rotating.returncode is None:
            rotating.kill()
            await rotating.communicate()
            self.struck[self._stage()] += 1
        else:
            said, _ = await rotating.communicate()
            assert rotating.returncode == 0, said.decode()
            self.rotations += 1

    def _stage(self) -> str:
        """Say from the ring that a killed rotation left how far it had come."""
        states = {entry.state for entry in self.file.load().entries}
        if State.PENDING in states:
            return "pending"
        return "rewrapping" if State.OLD in states else "nothing begun, or all done"


@pytest.fixture
async def installation(
    engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[tuple[Installation, Storage]]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    installation = Installation(tmp_path, url, seed=1)
    storage = await installation.install()
    yield installation, storage
    await storage.database.close()


async def survive(
    installation: Installation, storage: Storage, *, people: int, kills: int, rotations: int
) -> Load:
    """Rotate under load, killed so many times; returns the load, which has ended."""
    file = installation.file
    load = Load(await add_people(storage, range(1, people + 1)), seed=2)
    # Two that are known to the rotation, and one like a short command, of which it knows nothing.
    storages = [process(storage, file) for _ in range(3)]
    presences = [Presence(each, clock=Clock(), refresh_seconds=0.2) for each in storages[:2]]
    running = [asyncio.create_task(each.run()) for each in presences]
    load.start(storages)

    await installation.rotate()
    while installation.struck.total() < kills:
        await installation.strike()
    while installation.rotations < rotations:
        await installation.rotate()
    # What the last kill left is finished, whatever it was.
    await installation.rotate()

    await load.stop()
    for each in presences:
        each.stop()
    await asyncio.gather(*running)
    return load


async def lost(storage: Storage, file: RingFile, load: Load) -> list[UUID]:
    """Return whom a process that begins now does not find as they described themselves."""
    fresh = process(storage, file)
    missing: list[UUID] = []
    everybody = list(load.said)
    for start in range(0, len(everybody), 500):
        part = everybody[start : start + 500]
        async with fresh.view() as uow:
            await uow.vault.load_keys(part)
            missing += [each for each in part if await words_of(uow, each) != load.said[each]]
    return missing


async def prove(installation: Installation, storage: Storage, load: Load) -> None:
    file = installation.file
    assert load.failures == []
    assert await lost(storage, file, load) == []
    async with storage.view() as uow:
        subjects = set(await uow.session.scalars(select(WrappedKey.subject)))
        people = set(await uow.session.scalars(select(Person.id)))
        counts = await uow.data_keys.counts()
    assert people == set(load.said)
    assert load.erased.isdisjoint(people | subjects)
    ring = file.load()
    assert [entry.state for entry in ring.entries if entry.purpose is Purpose.KEK] == [State.PRIMARY]
    assert list(counts) == [ring.primary(Purpose.KEK).kid]


async def test_a_rotation_that_is_killed_under_load_loses_nobody(
    installation: tuple[Installation, Storage],
):
    load = await survive(*installation, people=100, kills=2, rotations=1)

    await prove(*installation, load)
    assert load.acts > 50


@pytest.mark.proof
@pytest.mark.timeout(1800)
async def test_ten_thousand_people_survive_three_rotations_and_twenty_kills(
    installation: tuple[Installation, Storage],
):
    load = await survive(*installation, people=10_000, kills=20, rotations=3)

    await prove(*installation, load)
    ours, _ = installation
    print(f"{load.acts} acts, {ours.rotations} rotations, {ours.longest_seconds:.1f} s at most")
    print(f"killed while {dict(ours.struck)}")
    assert load.acts > 1_000
    assert ours.struck["rewrapping"] > 0

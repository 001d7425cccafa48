"""A thief with the whole disk and every backup, without the unseal secret; and one who has that, too."""

import asyncio
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from bot.backups.writing import back_up, copy_ledger
from bot.installing.destruction import destroy
from bot.installing.whereabouts import places_of
from bot.recovery.restoring import check, restore
from storage import sqlite
from storage.cells import DataKey, Place
from storage.checking import sealed_tables
from storage.database import FILE_NAME
from storage.errors import StorageError, UnreadableCell
from storage.keyring import KeyRing
from storage.models import Departed
from tests.bot.filled import Ground, make_ground, opened
from tests.keepers import new_keeper
from tests.world import NOON

ROOT = Path(__file__).parent.parent.parent
WINDOWS = 1_500


def unheard(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True)
class Loot:
    """The files a thief carries away, and the cells a dump of the database shows."""

    files: tuple[Path, ...]
    cells: tuple[tuple[Place, bytes], ...]

    def keylike(self) -> Iterator[bytes]:
        """Give whatever in the files might be a key: words of 64 hex digits, and windows of 32 bytes."""
        for path in self.files:
            content = path.read_bytes()
            yield from (bytes.fromhex(found.decode()) for found in re.findall(rb"[0-9a-fA-F]{64}", content))
            starts = range(max(0, len(content) - 31))
            for at in random.Random(1).sample(starts, min(WINDOWS, len(starts))):
                yield content[at : at + 32]


@pytest.fixture
async def ground(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Ground:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    ground = await make_ground(tmp_path, url)
    await backed_up(ground)
    return ground


async def backed_up(ground: Ground) -> None:
    async with opened(ground.settings) as storage:
        await back_up(storage, ground.backups, now=NOON, progress=unheard)


async def loot(ground: Ground) -> Loot:
    folders = (ground.settings.data_dir, ground.backups)
    return Loot(
        tuple(path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()),
        await cells_of(ground),
    )


async def cells_of(ground: Ground) -> tuple[tuple[Place, bytes], ...]:
    """Return every sealed cell as the database holds it."""
    found = []
    async with opened(ground.settings) as storage, storage.view() as uow:
        for name, sealed in sealed_tables().items():
            for row in (await uow.session.execute(text(f"SELECT * FROM {name}"))).mappings():
                subject, row_id = UUID(bytes=bytes(row[sealed.subject])), UUID(bytes=bytes(row[sealed.row]))
                found += [
                    (Place(name, column, row_id, subject), bytes(row[column]))
                    for column in sealed.cells
                    if row[column] is not None
                ]
    return tuple(found)


def rings_opened(taken: Loot, secrets: Iterator[bytes]) -> int:
    [ring] = [path.read_bytes() for path in taken.files if path.name == "keyring.bin"] or [b""]
    return sum(1 for secret in secrets if opens(ring, secret))


def opens(ring: bytes, secret: bytes) -> bool:
    try:
        KeyRing.from_bytes(ring, secret)
    except StorageError:
        return False
    return True


def cells_opened(taken: Loot, keys: list[bytes], deployment: UUID) -> int:
    count = 0
    for place, cell in taken.cells:
        for key in keys:
            try:
                DataKey(key, deployment=deployment, subject=place.subject, gen=1).open(place, cell)
            except UnreadableCell:
                continue
            count += 1
    return count


async def test_without_the_unseal_secret_nothing_on_disk_opens_anything(ground: Ground) -> None:
    taken = await loot(ground)
    deployment = deployment_of(ground)
    candidates = list(taken.keylike())

    assert len(candidates) > 2_000
    assert rings_opened(taken, iter(candidates)) == 0
    assert cells_opened(taken, candidates[::40], deployment) == 0
    assert len(taken.cells) > 10


async def test_the_kit_opens_everything_once_it_has_the_secret(ground: Ground) -> None:
    taken, secret = await loot(ground), unseal_secret(ground)

    assert rings_opened(taken, iter([secret])) == 1
    async with opened(ground.settings) as storage, storage.view() as uow:
        await uow.vault.load_keys({place.subject for place, _ in taken.cells})
        # The trail's key follows from the ring alone.
        keys = {storage.keys.deployment: storage.keys.audit_key()}
        deks = [keys.get(place.subject) or storage.keys.cache.get(place.subject) for place, _ in taken.cells]
    assert all(key is not None and key.open(*cell) for key, cell in zip(deks, taken.cells, strict=True))


async def test_no_window_of_any_file_is_the_key_of_the_database_file(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    taken = await loot(ground)
    file = ground.settings.data_dir / FILE_NAME
    tried = [*taken.keylike()][::20]

    def fits(key: bytes) -> bool:
        try:
            sqlite.connect(file, key, is_reader=True).close()
        except StorageError:
            return False
        return True

    assert (len(tried) > 50, [key for key in tried if fits(key)]) == (True, [])


async def test_with_another_identity_no_bundle_opens(ground: Ground, tmp_path: Path) -> None:
    thief = new_keeper(tmp_path, "thief.txt")
    for path in ground.backups.glob("*.age"):
        with pytest.raises(StorageError, match="sealed to somebody else"):
            thief.identities.open(path, lambda piece: None)


async def test_with_the_current_keys_somebody_forgotten_stays_at_no_field(ground: Ground) -> None:
    before = await loot(ground)
    bob = ground.people["bob"]
    mine = [cell for cell in before.cells if cell[0].subject == bob]
    await leaves(ground, "bob")

    async with opened(ground.settings) as storage, storage.view() as uow:
        await uow.vault.load_keys({bob})
        assert storage.keys.cache.get(bob) is None
    assert len(mine) >= 3
    assert [cell for cell in await cells_of(ground) if cell[0].subject == bob] == []


async def test_an_old_backup_and_all_its_keys_do_not_bring_them_back(ground: Ground, tmp_path: Path) -> None:
    await leaves(ground, "bob")
    async with opened(ground.settings) as storage:
        await copy_ledger(storage, ground.backups, day=NOON.date())
    fresh = Ground(ground.elsewhere(tmp_path / "fresh"), ground.keeper, ground.people)

    belief, identities = ground.belief(fresh.settings), ground.keeper.identities
    await restore(fresh.settings, ground.backups, identities, belief=belief, now=NOON, progress=unheard)

    subjects = {place.subject for place, _ in await cells_of(fresh)}
    assert ground.people["bob"] not in subjects
    assert {ground.people["alice"], ground.people["vera"]} <= subjects


async def test_after_destroying_even_the_secret_opens_nothing(ground: Ground) -> None:
    secret, cells, deployment = unseal_secret(ground), await cells_of(ground), deployment_of(ground)
    given = {"PORUCH_DATA_DIR": "data"}
    if ground.settings.database_url is not None:
        given["PORUCH_DATABASE_URL"] = ground.settings.database_url.get_secret_value()

    destroy(places_of(given, ground.settings.data_dir.parent))

    left = tuple(path for path in ground.settings.data_dir.rglob("*") if path.is_file())
    taken = Loot((*left, *ground.backups.glob("*.age")), cells)
    assert left == ()
    assert rings_opened(taken, iter([secret])) == 0
    assert cells_opened(taken, [secret, *taken.keylike()][::20], deployment) == 0


@pytest.mark.timeout(240)
async def test_a_kill_at_any_instant_of_a_backup_leaves_one_that_can_be_used(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    await backed_up(ground)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PORUCH_DATA_DIR": str(ground.settings.data_dir),
        "PORUCH_BACKUP_DIR": str(ground.backups),
    }
    # By this machine's clock, as the ones that are killed.
    await asyncio.to_thread(_killed_after, 60, environment, tmp_path)
    seconds = [0.3, 0.6, 0.8, *random.Random(1).sample([0.9 + 0.05 * n for n in range(12)], 7)]
    for wait in seconds:
        await asyncio.to_thread(_killed_after, wait, environment, tmp_path)

        belief, identities = ground.belief(ground.settings), ground.keeper.identities
        today = datetime.now(UTC).date()
        done = await check(
            ground.settings, ground.backups, identities, belief=belief, today=today, progress=unheard
        )

        assert (done.cells_unreadable, done.cells_opened > 10) == (0, True)


def _killed_after(seconds: float, environment: dict[str, str], folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "backup"],
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def leaves(ground: Ground, name: str) -> None:
    async with opened(ground.settings) as storage, storage.unit() as uow:
        await uow.people.remove(ground.people[name])
        uow.session.add(Departed(id=ground.people[name], left_on=NOON.date()))


def unseal_secret(ground: Ground) -> bytes:
    return bytes.fromhex((ground.settings.data_dir.parent / "data-key" / "unseal.key").read_text())


def deployment_of(ground: Ground) -> UUID:
    ring = (ground.settings.data_dir / "keyring.bin").read_bytes()
    return KeyRing.from_bytes(ring, unseal_secret(ground)).deployment

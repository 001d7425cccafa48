"""Backups on both databases: whole, for their recipients only, put in place so that a crash costs nothing."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.backups import folder as places
from bot.backups.folder import KEYS, LEDGER, RECOVERY, newest_data
from bot.backups.writing import back_up, copy_ledger, renew_recovery_copy
from bot.host.refusals import InstallationError
from bot.installing.installation import require_ours
from storage.bundle_format import BundleKind
from storage.bundle_reading import read_bundle
from storage.filling import Collected
from storage.keyring import KeyRing
from storage.models import Base, WrappedKey
from storage.ring_file import RingFile
from storage.ring_steps import prepared
from storage.unit_of_work import Storage
from tests.attacks.canaries import hits, needles
from tests.attacks.places import files
from tests.bot.filled import CHATS, COURT, NAME, PHONE, PHRASE, Ground, everything, make_ground, opened
from tests.full_disk import room_for
from tests.keepers import new_keeper
from tests.world import NOON

KINDS = {KEYS: BundleKind.KEYS, LEDGER: BundleKind.LEDGER, RECOVERY: BundleKind.RECOVERY}


def unheard(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture
async def ground(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Ground:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    return await make_ground(tmp_path, url)


async def backed_up(ground: Ground, folder: Path | None = None, *, days: int = 0) -> tuple[Path, ...]:
    async with opened(ground.settings) as storage:
        now = NOON + timedelta(days=days)
        return (await back_up(storage, folder or ground.backups, now=now, progress=unheard)).files


def content(ground: Ground, path: Path) -> Collected:
    collected = Collected(KINDS.get(path.name, BundleKind.DATA), path.name)
    read_bundle(path, ground.keeper.identities, collected)
    return collected


async def test_a_backup_carries_every_table_the_keys_apart(ground: Ground) -> None:
    before = await everything(ground.settings)

    keys, ledger, data = await backed_up(ground)

    wrapped = before.pop("data_key")
    tables = content(ground, data).tables
    assert {name: {tuple(row.values()) for row in tables.get(name, [])} for name in before} == before
    assert {tuple(row.values()) for row in content(ground, keys).tables["data_key"]} == wrapped
    assert [row["id"] for row in content(ground, ledger).tables["departed"]] == [bytes(15) + b"\x4d"]


async def test_a_backup_is_of_one_moment_while_others_write(ground: Ground) -> None:
    async with opened(ground.settings) as storage:
        with storage.database.snapshot() as connection:
            before = connection.execute(text("SELECT count(*) FROM person")).scalar()
            async with storage.unit() as uow:
                await uow.people.remove(ground.people["bob"])
            after = connection.execute(text("SELECT count(*) FROM person")).scalar()
        with storage.database.snapshot() as connection:
            later = connection.execute(text("SELECT count(*) FROM person")).scalar()

    assert (before, after, later) == (3, 3, 2)


async def test_nothing_anybody_typed_stands_in_a_backup(ground: Ground) -> None:
    await backed_up(ground)

    canaries = needles(PHRASE, COURT, NAME, PHONE, *map(str, CHATS.values()))
    assert list(hits(canaries, files(ground.backups))) == []
    assert len(list(ground.backups.glob("*.age"))) == 4


async def test_data_bundles_carry_no_key_at_all(ground: Ground) -> None:
    *_, data = await backed_up(ground)

    read = content(ground, data)

    assert (read.blobs, "data_key" in read.tables) == ({}, False)
    assert set(read.tables) <= {table.name for table in Base.metadata.sorted_tables}


async def test_keys_are_replaced_and_thirty_data_bundles_kept(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "KEPT", 3)
    for day in range(5):
        await backed_up(ground, days=day)

    names = sorted(path.name for path in ground.backups.glob("*.age"))
    assert names == [
        *(f"data-202611{day}T090000Z.age" for day in (25, 26, 27)),
        "departed.age",
        "keys.age",
        "recovery.age",
    ]


async def test_two_backups_of_one_second_stay_beside_each_other(ground: Ground) -> None:
    *_, first = await backed_up(ground)
    before = first.read_bytes()

    *_, second = await backed_up(ground)

    assert first.read_bytes() == before
    assert newest_data(ground.backups) == (second, NOON + timedelta(seconds=1))


async def test_the_key_bundle_that_is_replaced_is_overwritten(ground: Ground, tmp_path: Path) -> None:
    keys, *_ = await backed_up(ground)
    os.link(keys, tmp_path / "the-same-blocks")
    before = keys.read_bytes()

    await backed_up(ground, days=1)

    assert (tmp_path / "the-same-blocks").read_bytes() == bytes(len(before))
    assert content(ground, keys).blobs


class TurningFile(RingFile):
    """A ring's file that is rotated right after somebody has read it, a number of times."""

    def __init__(self, file: RingFile, storage: Storage, times: int) -> None:
        super().__init__(file.path, file.unseal_secret)
        self.times = times
        self._database = storage.database
        self._loop = asyncio.get_running_loop()

    def load(self) -> KeyRing:
        ring = super().load()
        if self.times:
            self.times -= 1
            following = prepared(ring, day=NOON.date())
            self.save(following)
            noting = require_ours(self._database, following)
            asyncio.run_coroutine_threadsafe(noting, self._loop).result()
        return ring


@pytest.mark.parametrize("times", [1, 3])
async def test_a_backup_taken_while_the_keys_turn_carries_the_keys_of_its_own_moment(
    ground: Ground, times: int
) -> None:
    async with opened(ground.settings) as storage:
        assert storage.keys.file is not None
        storage.keys.file = TurningFile(storage.keys.file, storage, times)

        keys, _, data = (await back_up(storage, ground.backups, now=NOON, progress=unheard)).files

    collected = Collected(BundleKind.KEYS, keys.name)
    generation = read_bundle(keys, ground.keeper.identities, collected).header.generation
    [installation] = content(ground, data).tables["installation"]
    assert (generation, installation["keyring_generation"]) == (1 + times, 1 + times)


async def test_a_backup_gives_up_where_the_keys_never_stand_still(ground: Ground) -> None:
    async with opened(ground.settings) as storage:
        assert storage.keys.file is not None
        storage.keys.file = TurningFile(storage.keys.file, storage, 99)

        with pytest.raises(InstallationError, match="being rotated"):
            await back_up(storage, ground.backups, now=NOON, progress=unheard)

    assert [path.name for path in ground.backups.glob("*.age")] == [RECOVERY]


async def test_without_a_recipient_there_is_no_backup(ground: Ground) -> None:
    async with opened(ground.settings) as storage:
        async with storage.unit() as uow:
            await uow.recipients.remove(ground.keeper.recipient)

        with pytest.raises(InstallationError, match="nobody to seal a backup to"):
            await back_up(storage, ground.backups, now=NOON, progress=unheard)

    assert [path.name for path in ground.backups.glob("*.age")] == [RECOVERY]


async def test_mallory_who_writes_herself_into_the_recipients_stops_the_backup(
    ground: Ground, tmp_path: Path
) -> None:
    mallory = new_keeper(tmp_path, "mallory.txt")
    async with opened(ground.settings) as storage:
        async with storage.unit() as uow:
            await uow.session.execute(
                text("UPDATE recipient SET public_key = :key"), {"key": mallory.recipient}
            )

        with pytest.raises(InstallationError, match="not signed"):
            await back_up(storage, ground.backups, now=NOON, progress=unheard)


async def test_two_backups_at_once_do_not_mix(ground: Ground) -> None:
    with (
        places.backup_folder(ground.backups, mark=ground.mark),
        pytest.raises(InstallationError, match="another backup"),
    ):
        await backed_up(ground)


async def test_what_fails_halfway_leaves_the_last_backup_in_place(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = await backed_up(ground)
    before = {path: path.read_bytes() for path in files}

    def failing(stage: str, done: int, total: int) -> None:
        if stage == "data":
            raise OSError(28, "No space left on device")

    async with opened(ground.settings) as storage:
        with pytest.raises(InstallationError, match=f"disk is full on which {ground.backups} lies"):
            await back_up(storage, ground.backups, now=NOON + timedelta(days=1), progress=failing)

    assert {path: path.read_bytes() for path in files} == before
    assert newest_data(ground.backups) == (files[-1], NOON)


def test_what_a_killed_backup_left_unfinished_is_overwritten_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / f".unfinished-{KEYS}"
    with places.backup_folder(tmp_path, mark="ours"):
        left.write_bytes(b"sealed keys")
        os.link(left, tmp_path / "seen")

    with places.backup_folder(tmp_path, mark="ours"):
        pass

    assert not left.exists()
    assert (tmp_path / "seen").read_bytes() == bytes(len(b"sealed keys"))


async def test_a_disk_that_takes_no_more_is_named_with_its_reason_and_nothing_is_left_on_it(
    ground: Ground,
) -> None:
    before = sorted(ground.backups.iterdir())

    async with opened(ground.settings) as storage:
        with room_for(2**13), pytest.raises(InstallationError) as refused:
            await back_up(storage, ground.backups, now=NOON, progress=unheard)

    assert str(refused.value) == f"{ground.backups} cannot be used: File too large"
    assert sorted(ground.backups.iterdir()) == before


def test_another_file_system_is_another_disk(tmp_path: Path) -> None:
    said = {
        place: [line for line in places.advice_on(place, tmp_path / "data") if "same disk" in line]
        for place in (tmp_path / "data-backups", Path("/proc"))
    }

    assert [len(lines) for lines in said.values()] == [1, 0]


async def test_the_ledger_is_written_after_somebody_left_and_only_then(ground: Ground) -> None:
    async with opened(ground.settings) as storage:
        assert not await copy_ledger(storage, ground.backups, day=NOON.date())
        async with storage.unit() as uow:
            await uow.ledger.take_over({ground.people["bob"]: NOON.date()})

        assert await copy_ledger(storage, ground.backups, day=NOON.date())
        assert not await copy_ledger(storage, ground.backups, day=NOON.date())

    assert ground.people["bob"] in content(ground, ground.backups / LEDGER).departed()


async def test_a_ledger_that_could_not_be_written_is_still_to_be_written(ground: Ground) -> None:
    async with opened(ground.settings) as storage:
        async with storage.unit() as uow:
            await uow.ledger.take_over({ground.people["bob"]: NOON.date()})
        with places.backup_folder(ground.backups, mark=ground.mark), pytest.raises(InstallationError):
            await copy_ledger(storage, ground.backups, day=NOON.date())

        assert await copy_ledger(storage, ground.backups, day=NOON.date())


async def test_a_new_recipient_can_open_the_recovery_copy_that_is_renewed(
    ground: Ground, tmp_path: Path
) -> None:
    vera = new_keeper(tmp_path, "vera.txt")
    async with opened(ground.settings) as storage:
        async with storage.unit() as uow:
            await uow.recipients.add(vera.recipient, day=NOON.date())

        copy = await renew_recovery_copy(storage, ground.settings, now=NOON)

    assert copy == ground.backups / RECOVERY
    blobs = sorted(content(Ground(ground.settings, vera, {}), copy).blobs)
    assert blobs == ["audit_seeds", "keyring", "unseal_secret"]


async def test_a_data_key_under_no_key_of_the_ring_keeps_nobody_from_a_backup(
    ground: Ground, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(ground.settings) as storage, storage.unit() as uow:
        row = update(WrappedKey).where(WrappedKey.subject == ground.people["bob"])
        await uow.session.execute(row.values(kid=b"a stray"))

    keys, *_ = await backed_up(ground)

    carried = len(content(ground, keys).tables["data_key"])
    assert carried == len((await everything(ground.settings))["data_key"])
    assert "data keys name 1 wrapping keys that the ring does not have" in caplog.messages

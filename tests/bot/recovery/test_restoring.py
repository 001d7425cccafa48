"""Bringing an installation back: everything, on either database, without those who left; or a clear no."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from bot.backups.folder import KEYS, LEDGER, RECOVERY
from bot.backups.writing import back_up, copy_ledger
from bot.configuration.settings import Settings
from bot.host.refusals import InstallationError
from bot.installing.installation import require_ours
from bot.recovery.gathering import KnownLeaving
from bot.recovery.restoring import Restored, check, restore
from storage.models import (
    CodeKind,
    Departed,
    Guardianship,
    GuardianshipState,
    Posted,
    Prisoner,
    Process,
    Purpose,
    RoleName,
)
from storage.outbox import Due
from storage.ring_steps import prepared
from tests.bot.filled import CHATS, PHONE, PHRASE, Ground, everything, make_ground, opened, said_of
from tests.keepers import new_keeper
from tests.world import NOON

Place = Callable[[Path], Settings]


def unheard(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture
async def ground(tmp_path: Path) -> Ground:
    """An installation on SQLite with one backup."""
    ground = await make_ground(tmp_path)
    await backed_up(ground)
    return ground


@pytest.fixture
def place(engine_name: str, request: pytest.FixtureRequest) -> Place:
    """Makes the settings of a clean machine, on the database of this test."""
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    return lambda folder: Settings(data_dir=folder / "new" / "data", database_url=url)


async def backed_up(ground: Ground, *, days: int = 0) -> None:
    async with opened(ground.settings) as storage:
        await back_up(storage, ground.backups, now=NOON + timedelta(days=days), progress=unheard)


async def leaves(ground: Ground, name: str) -> UUID:
    """Let somebody leave, as their `/erase` does it in storage."""
    async with opened(ground.settings) as storage, storage.unit() as uow:
        await uow.people.remove(ground.people[name])
        uow.session.add(Departed(id=ground.people[name], left_on=NOON.date()))
    return ground.people[name]


def restored(ground: Ground, settings: Settings, *, days: int = 0) -> Awaitable[Restored]:
    now = NOON + timedelta(days=days)
    belief, identities = ground.belief(settings), ground.keeper.identities
    return restore(settings, ground.backups, identities, belief=belief, now=now, progress=unheard)


def rows_of(tables: dict) -> dict:
    """Leave out what a restore changes: the key that wraps, the ledger's copies, its entry in the trail."""
    changed = ("installation", "departed", "process", "audit_head")
    kept = {name: rows for name, rows in tables.items() if name not in changed}
    return kept | {"audit_entry": {row for row in kept["audit_entry"] if '"restored"' not in str(row)}}


async def test_everything_comes_back_and_opens(ground: Ground, place: Place, tmp_path: Path) -> None:
    before, settings = await everything(ground.settings), place(tmp_path)

    done = await restored(ground, settings)

    assert rows_of(await everything(settings)) == rows_of(before)
    assert done.key_file == tmp_path / "new" / "data-key" / "unseal.key"
    for name, person in ground.people.items():
        said = {"chat": str(CHATS[name]), "phrase": PHRASE, "phone": PHONE}
        assert await said_of(settings, person) == said


async def test_it_comes_back_from_postgresql_as_well(
    place: Place, empty_postgresql: str, tmp_path: Path
) -> None:
    if (settings := place(tmp_path)).database_url is not None:
        settings = Settings(data_dir=settings.data_dir)
    ground = await make_ground(tmp_path, empty_postgresql)
    await backed_up(ground)

    await restored(ground, settings)

    assert rows_of(await everything(settings)) == rows_of(await everything(ground.settings))
    assert (await said_of(settings, ground.people["vera"]))["phrase"] == PHRASE


async def test_an_old_backup_with_its_ledger_brings_nobody_back_who_left(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    bob = await leaves(ground, "bob")
    async with opened(ground.settings) as storage:
        assert await copy_ledger(storage, ground.backups, day=NOON.date())
    settings = place(tmp_path)

    done = await restored(ground, settings)

    held = await everything(settings)
    assert done.forgotten == 2
    assert [
        n for n, rows in held.items() if n != "departed" and bob.bytes in {v for r in rows for v in r}
    ] == []
    assert bob.bytes in {value for row in held["departed"] for value in row}
    assert (await said_of(settings, ground.people["alice"]))["phrase"] == PHRASE


async def test_what_waits_for_others_about_somebody_who_left_goes_with_them(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    promise = await applies(ground, "bob")
    await tell(ground, "vera", "application", about=promise)
    await tell(ground, "vera", "danger", about=ground.people["bob"])
    await backed_up(ground)
    await leaves(ground, "bob")
    async with opened(ground.settings) as storage:
        await copy_ledger(storage, ground.backups, day=NOON.date())
    settings = place(tmp_path)

    await restored(ground, settings)

    async with opened(settings) as storage, storage.view() as uow:
        left = await uow.outbox.waiting_about(promise) + await uow.outbox.waiting_about(ground.people["bob"])
        [screen] = await uow.session.scalars(select(Posted).where(Posted.target == promise))
    assert left == []
    assert screen.cover_at == NOON


async def applies(ground: Ground, name: str) -> UUID:
    """Let somebody apply to write to the prisoner, and a coordinator look at it."""
    async with opened(ground.settings) as storage, storage.unit() as uow:
        prisoner = await uow.session.scalar(select(Prisoner.id))
        promise = Guardianship(
            person_id=ground.people[name],
            prisoner_id=prisoner,
            state=GuardianshipState.APPLIED,
            rhythm_weeks=4,
            applied_on=NOON.date(),
        )
        uow.session.add(promise)
        await uow.session.flush()
        later = NOON + timedelta(minutes=10)
        uow.session.add(
            Posted(
                person_id=ground.people["vera"],
                message_id=7,
                purpose=Purpose.PLACE,
                screen="application",
                target=promise.id,
                cover_at=later,
                posted_at=NOON,
                delete_at=NOON + timedelta(hours=24),
            )
        )
        return promise.id


async def tell(ground: Ground, name: str, kind: str, *, about: UUID) -> None:
    """Let a message about something wait for somebody."""
    async with opened(ground.settings) as storage, storage.unit() as uow:
        await uow.outbox.queue([Due(ground.people[name], kind, about, f"{kind}:{about}", NOON)])


async def test_every_ledger_laid_beside_the_backup_counts(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    for name in ("alice", "vera"):
        await leaves(ground, name)
        async with opened(ground.settings) as storage:
            await copy_ledger(storage, ground.backups, day=NOON.date())
        (ground.backups / name).mkdir()
        (ground.backups / LEDGER).rename(ground.backups / name / LEDGER)
    settings = place(tmp_path)

    await restored(ground, settings)

    async with opened(settings) as storage, storage.view() as uow:
        assert await uow.people.get(ground.people["alice"]) is None
        assert await uow.people.get(ground.people["vera"]) is None
        assert await uow.people.get(ground.people["bob"]) is not None


async def test_keys_written_after_somebody_left_forget_them_in_older_data(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    [old] = ground.backups.glob("data-*.age")
    await leaves(ground, "bob")
    await backed_up(ground, days=1)
    (ground.backups / LEDGER).unlink()
    [new] = [path for path in ground.backups.glob("data-*.age") if path != old]
    new.unlink()
    settings = place(tmp_path)

    done = await restored(ground, settings, days=1)

    assert done.data == old.name
    async with opened(settings) as storage, storage.view() as uow:
        assert await uow.people.get(ground.people["bob"]) is None


async def test_a_restore_and_a_check_say_up_to_which_day_leaving_is_known(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    settings = place(tmp_path)
    known = [(await checked(ground, settings)).leaving]
    await leaves(ground, "bob")
    async with opened(ground.settings) as storage:
        await copy_ledger(storage, ground.backups, day=NOON.date() + timedelta(days=2))
    known.append((await checked(ground, settings, days=3)).leaving)
    (ground.backups / LEDGER).unlink()
    known.append((await checked(ground, settings, days=3)).leaving)

    without = await restored(ground, settings, days=3)

    day, later = NOON.date(), NOON.date() + timedelta(days=2)
    assert known == [KnownLeaving(day, True), KnownLeaving(later, True), KnownLeaving(day, False)]
    assert without.leaving == KnownLeaving(day, False)


async def test_restored_departures_are_copied_to_the_ledger_anew(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    settings = place(tmp_path)

    await restored(ground, settings)

    async with opened(settings) as storage:
        assert await copy_ledger(storage, tmp_path / "elsewhere", day=NOON.date())


async def test_processes_of_the_old_machine_are_not_waited_for(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    async with opened(ground.settings) as storage, storage.unit() as uow:
        uow.session.add(Process(keyring_generation=1, seen_at=NOON))
        await uow.leases.take("clock", uuid4(), lasts=timedelta(days=1))
    await backed_up(ground)
    settings = place(tmp_path)

    await restored(ground, settings)

    tables = await everything(settings)
    assert (tables["process"], tables["lease"]) == (set(), set())


@pytest.mark.parametrize("days", [7, 8])
async def test_keys_are_refused_after_seven_days(ground: Ground, tmp_path: Path, days: int) -> None:
    settings = ground.elsewhere(tmp_path / "new")
    if days == 7:
        assert (await restored(ground, settings, days=days)).rows > 0
        return
    with pytest.raises(InstallationError, match="after seven days they are refused"):
        await restored(ground, settings, days=days)
    assert not settings.data_dir.exists()


async def test_keys_of_a_day_that_is_still_to_come_are_refused(ground: Ground, tmp_path: Path) -> None:
    settings = ground.elsewhere(tmp_path / "new")

    with pytest.raises(InstallationError, match="which is still to come"):
        await restored(ground, settings, days=-1)
    with pytest.raises(InstallationError, match="which is still to come"):
        await checked(ground, settings, days=-1)

    assert not settings.data_dir.exists()


async def test_data_from_after_a_rotation_is_refused_with_the_keys_from_before_it(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    keys = (ground.backups / KEYS).read_bytes()
    async with opened(ground.settings) as storage:
        file = storage.keys.file
        assert file is not None
        file.save(prepared(file.load(), day=NOON.date()))
        await require_ours(storage.database, file.load())
        await back_up(storage, ground.backups, now=NOON + timedelta(days=1), progress=unheard)
    (ground.backups / KEYS).write_bytes(keys)
    settings = place(tmp_path)

    await refused(ground, settings, "under newer keys", days=1)
    with pytest.raises(InstallationError, match="under newer keys"):
        await checked(ground, settings, days=1)


async def test_a_place_that_is_not_empty_is_refused(ground: Ground) -> None:
    before = await everything(ground.settings)

    with pytest.raises(InstallationError, match="is not empty"):
        await restored(ground, ground.settings)

    assert await everything(ground.settings) == before


async def test_a_database_that_is_not_empty_is_refused(
    ground: Ground, new_postgresql: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "data", database_url=new_postgresql)

    with pytest.raises(InstallationError, match="PORUCH_DATABASE_URL is not empty"):
        await restored(ground, settings)

    assert not settings.data_dir.exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (KEYS, "holds no keys.age"),
        (RECOVERY, "holds no recovery.age"),
        ("data-*.age", "holds no data bundle"),
    ],
)
async def test_what_is_missing_is_named(ground: Ground, tmp_path: Path, name: str, reason: str) -> None:
    for path in ground.backups.glob(name):
        path.unlink()

    await refused(ground, ground.elsewhere(tmp_path / "new"), reason)


@pytest.mark.parametrize("name", [KEYS, LEDGER, RECOVERY, "data-20261123T090000Z.age"])
async def test_a_changed_bundle_is_refused_and_nothing_written(
    ground: Ground, place: Place, tmp_path: Path, name: str
) -> None:
    path = ground.backups / name
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)

    await refused(ground, place(tmp_path), "damaged or cut")


async def test_a_bundle_of_another_installation_is_refused(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    other = await make_ground(tmp_path / "other", None, recipient=ground.keeper.recipient)
    await backed_up(other)
    for path in ground.backups.glob("data-*.age"):
        path.write_bytes((other.backups / path.name).read_bytes())

    await refused(ground, place(tmp_path), "another installation")


async def test_mallory_without_the_identity_brings_nothing_back(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    mallory = Ground(ground.settings, new_keeper(tmp_path, "mallory.txt"), {})

    await refused(mallory, place(tmp_path), "sealed to somebody else")


async def test_a_key_file_that_lies_there_is_used_and_never_replaced(ground: Ground, tmp_path: Path) -> None:
    settings = ground.elsewhere(tmp_path / "new")
    key = tmp_path / "new" / "data-key" / "unseal.key"
    key.parent.mkdir(parents=True)
    key.write_bytes((tmp_path / "data-key" / "unseal.key").read_bytes())
    key.chmod(0o600)
    (ground.backups / RECOVERY).unlink()

    done = await restored(ground, settings)

    assert (done.key_file, len((await everything(settings))["person"])) == (None, 3)


async def test_a_key_file_of_something_else_is_refused_and_kept(ground: Ground, tmp_path: Path) -> None:
    settings = ground.elsewhere(tmp_path / "new")
    key = tmp_path / "new" / "data-key" / "unseal.key"
    key.parent.mkdir(parents=True)
    key.write_text("9f" * 8 + "0123456789abcdef" * 3)
    key.chmod(0o600)

    await refused(ground, settings, "another key")

    assert key.exists()


async def test_a_check_opens_every_cell_and_writes_nothing(ground: Ground, tmp_path: Path) -> None:
    settings = ground.elsewhere(tmp_path / "new")

    done = await checked(ground, settings)

    assert (done.is_usable, done.cells_unreadable, done.days_old) == (True, 0, 0)
    # Three people with chat, phrase and phone, a prisoner of five cells, a hearing of two.
    assert done.cells_opened >= 3 * 3 + 5
    assert not (tmp_path / "new").exists()


async def test_a_check_counts_what_a_ledger_would_forget(ground: Ground, tmp_path: Path) -> None:
    whole = await checked(ground, ground.elsewhere(tmp_path / "new"))
    await leaves(ground, "bob")
    async with opened(ground.settings) as storage:
        await copy_ledger(storage, ground.backups, day=NOON.date())

    done = await checked(ground, ground.elsewhere(tmp_path / "new"))

    assert (done.cells_forgotten, done.cells_opened) == (3, whole.cells_opened - 3)


async def test_a_check_finds_a_cell_that_was_spoiled_before_the_backup(
    ground: Ground, tmp_path: Path
) -> None:
    async with opened(ground.settings) as storage, storage.unit() as uow:
        await uow.session.execute(
            text("UPDATE person SET phone = phrase WHERE id = :id"), {"id": ground.people["bob"].bytes}
        )
    await backed_up(ground, days=1)

    done = await checked(ground, ground.elsewhere(tmp_path / "new"), days=1)

    assert (done.cells_unreadable, done.is_usable) == (1, False)


async def test_a_check_says_that_keys_are_too_old(ground: Ground, tmp_path: Path) -> None:
    done = await checked(ground, ground.elsewhere(tmp_path / "new"), days=8)

    assert (done.days_old, done.is_usable) == (8, False)


async def checked(ground: Ground, settings: Settings, *, days: int = 0):
    today = (NOON + timedelta(days=days)).date()
    belief, identities = ground.belief(settings), ground.keeper.identities
    return await check(settings, ground.backups, identities, belief=belief, today=today, progress=unheard)


async def refused(ground: Ground, settings: Settings, reason: str, *, days: int = 0) -> None:
    """Say that a restore is refused in one line and that the place is as empty as before."""
    before = sorted(settings.data_dir.rglob("*"))
    with pytest.raises(InstallationError, match=reason) as refusal:
        await restored(ground, settings, days=days)
    assert "\n" not in str(refusal.value)
    assert sorted(settings.data_dir.rglob("*")) == before
    assert settings.data_dir.exists() == bool(before)


async def test_a_data_key_whose_subject_is_no_id_keeps_nobody_from_coming_back(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    async with opened(ground.settings) as storage, storage.unit() as uow:
        stray = text("UPDATE data_key SET subject = :stray WHERE subject = :bob")
        await uow.session.execute(stray, {"stray": b"xyz", "bob": ground.people["bob"].bytes})
    await backed_up(ground)
    settings = place(tmp_path)

    await restored(ground, settings)

    assert (await said_of(settings, ground.people["alice"]))["phrase"] == PHRASE


async def test_what_a_coordinator_who_left_gave_out_does_not_come_back(
    ground: Ground, place: Place, tmp_path: Path
) -> None:
    bob = ground.people["bob"]
    async with opened(ground.settings) as storage, storage.unit() as uow:
        expires_at = NOON + timedelta(days=2)
        await uow.codes.add("a code", CodeKind.COORDINATOR, expires_at=expires_at, issued_by=bob)
        alice = await uow.people.get(ground.people["alice"])
        await uow.people.grant(alice, RoleName.COORDINATOR, scope=None, granted_by=bob, day=NOON.date())
    await backed_up(ground)
    await leaves(ground, "bob")
    async with opened(ground.settings) as storage:
        await copy_ledger(storage, ground.backups, day=NOON.date())
    settings = place(tmp_path)

    await restored(ground, settings)

    held = await everything(settings)
    assert [name for name, rows in held.items() if bob.bytes in {v for r in rows for v in r}] == ["departed"]
    async with opened(settings) as storage, storage.view() as uow:
        assert await uow.codes.get_by_words("a code", now=NOON) is None
        roles = await uow.people.roles_of(await uow.people.get(ground.people["alice"]))
    assert RoleName.COORDINATOR in {role.role for role in roles}

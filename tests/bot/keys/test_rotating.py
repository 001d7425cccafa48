"""Rotating the wrapping key: everybody stays readable, wherever it is cut off; nobody is overlooked."""

import asyncio
import inspect
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update
from structlog.testing import capture_logs

from bot.clock import HandClock
from bot.host.refusals import InstallationError
from bot.keys import rotation as rotation_module
from bot.keys.rotation import Rotated, Rotation
from bot.presence import Presence
from storage.cells import WrappingKey, new_dek
from storage.columns import Cell
from storage.errors import DatabaseUnavailable, OlderKeyring, WrongKey
from storage.keyring import KeyRing, Purpose, State
from storage.keys import Keys
from storage.models import Installation, WrappedKey
from storage.ring_file import RingFile
from storage.ring_steps import prepared, promoted, wrapping_keys
from storage.rotation import DataKeys, Processes
from storage.unit_of_work import Storage
from tests.world import DEPLOYMENT, RING, new_person

DAY = date(2026, 11, 23)
OLD = RING.primary(Purpose.KEK)
SECRET = os.urandom(32)


@pytest.fixture
def file(data_dir: Path) -> RingFile:
    file = RingFile(data_dir / "keyring.bin", SECRET)
    RING.save(file.path, file.unseal_secret)
    return file


@pytest.fixture
def storage(storage: Storage, file: RingFile) -> Storage:
    return Storage(storage.database, Keys(RING, file=file))


@pytest.fixture
async def alice(storage: Storage) -> UUID:
    return await keep(storage, 101)


@pytest.fixture
async def mallory(storage: Storage) -> UUID:
    return await keep(storage, 666)


async def keep(storage: Storage, chat_id: int) -> UUID:
    async with storage.unit() as uow:
        return (await uow.people.add(new_person(), chat_id=chat_id, phrase="green kettle")).id


def unheard(stage: str, done: int, total: int) -> None:
    """Show nothing."""


def rotation_of(storage: Storage, clock: HandClock, **changes: Any) -> Rotation:
    values = {"clock": clock, "progress": unheard} | changes
    return Rotation(storage, storage.keys.file, **values)


async def rotate(storage: Storage, clock: HandClock, **changes: Any) -> Rotated:
    """Do what the command does: finish what was begun, or rotate once."""
    rotation = rotation_of(storage, clock, **changes)
    return await rotation.finish_begun() or await rotation.once(day=DAY)


async def phrase(storage: Storage, person_id: UUID) -> str | None:
    """Read a person's phrase as a process does that holds nothing yet but the ring in the file."""
    fresh = Storage(storage.database, Keys(storage.keys.file.load()))
    async with fresh.view() as uow:
        return await uow.vault.reveal(await uow.people.get(person_id), "phrase")


async def counts(storage: Storage) -> dict[bytes, int]:
    async with storage.view() as uow:
        return await uow.data_keys.counts()


async def installation(storage: Storage) -> Installation:
    async with storage.view() as uow:
        return await uow.session.scalar(select(Installation))


async def test_after_a_rotation_one_new_key_wraps_everybody_and_the_old_one_is_gone(
    storage: Storage, alice: UUID, clock: HandClock
):
    done = await rotate(storage, clock)

    ring = storage.keys.file.load()
    new = ring.primary(Purpose.KEK)
    assert (done.kid, done.moved, done.retired, done.is_resumed) == (
        new.kid.hex(),
        1,
        (OLD.kid.hex(),),
        False,
    )
    assert (await counts(storage), await phrase(storage, alice)) == ({new.kid: 1}, "green kettle")
    assert OLD.kid not in {entry.kid for entry in ring.entries}
    assert new.day == DAY
    found = await installation(storage)
    assert (found.kek_id, found.keyring_generation) == (new.kid, ring.generation)


async def test_the_other_keys_stay(storage: Storage, clock: HandClock):
    await rotate(storage, clock)

    ring = storage.keys.file.load()
    for purpose in set(Purpose) - {Purpose.KEK}:
        assert ring.primary(purpose) == RING.primary(purpose)


async def test_a_process_that_holds_the_old_ring_goes_on(storage: Storage, alice: UUID, clock: HandClock):
    other = Storage(storage.database, Keys(RING, file=storage.keys.file))

    await rotate(storage, clock)

    bob = await keep(other, 102)
    async with other.view() as uow:
        assert await uow.vault.reveal(await uow.people.get(alice), "phrase") == "green kettle"
    assert await phrase(storage, bob) == "green kettle"


async def test_a_unit_that_began_before_the_rotation_reads_on(
    storage: Storage, alice: UUID, clock: HandClock
):
    other = Storage(storage.database, Keys(RING, file=storage.keys.file))
    async with other.view() as uow:
        person = await uow.people.get(alice)
        await rotate(storage, clock)
        other.keys.read_again()

        assert await uow.vault.reveal(person, "phrase") == "green kettle"


class Cut(BaseException):
    """The process ends here."""


STEPS: list[tuple[type, str]] = [
    (RingFile, "save"),
    (Processes, "behind"),
    (DataKeys, "name_wrapping_key"),
    (DataKeys, "move"),
    (RingFile, "wipe_leftovers"),
]


class Steps:
    """Counts the steps of a rotation that leave something behind, and cuts it off before or after one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.passed = 0
        self.cut_at: int | None = None
        for owner, name in STEPS:
            monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **options: Any) -> None:
            self._pass()
            step(*args, **options)
            self._pass()

        async def counted_async(*args: Any, **options: Any) -> Any:
            self._pass()
            result = await step(*args, **options)
            self._pass()
            return result

        return counted_async if inspect.iscoroutinefunction(step) else counted

    def _pass(self) -> None:
        if self.passed == self.cut_at:
            self.cut_at = None
            raise Cut
        self.passed += 1


MOMENTS = 14


async def test_a_rotation_has_so_many_moments(
    storage: Storage, alice: UUID, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    steps = Steps(monkeypatch)

    await rotate(storage, clock)

    assert steps.passed == MOMENTS


@pytest.mark.parametrize("moment", range(MOMENTS))
async def test_cut_off_at_any_moment_it_is_finished_by_the_next(
    storage: Storage, alice: UUID, clock: HandClock, monkeypatch: pytest.MonkeyPatch, moment: int
):
    steps = Steps(monkeypatch)
    steps.cut_at = moment
    with pytest.raises(Cut):
        await rotate(storage, clock)
    bob = await keep(Storage(storage.database, Keys(RING, file=storage.keys.file)), 102)
    between = [await phrase(storage, person) for person in (alice, bob)]

    done = await rotate(storage, clock)

    ring = storage.keys.file.load()
    after = [await phrase(storage, person) for person in (alice, bob)]
    assert (between, after) == (["green kettle"] * 2, ["green kettle"] * 2)
    assert done.is_resumed is bool(0 < moment < MOMENTS - 1)
    assert [entry.state for entry in ring.entries if entry.purpose is Purpose.KEK] == [State.PRIMARY]
    assert await counts(storage) == {ring.primary(Purpose.KEK).kid: 2}


async def test_what_was_begun_is_finished_and_nothing_new_is_begun(storage: Storage, clock: HandClock):
    begun = prepared(RING, day=DAY)
    storage.keys.file.save(begun)
    [pending] = wrapping_keys(begun, State.PENDING)

    done = await rotate(storage, clock)

    assert (done.kid, done.is_resumed) == (pending.kid.hex(), True)


async def test_it_waits_for_a_process_that_has_not_read_the_ring(
    storage: Storage, alice: UUID, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rotation_module, "LOOK_AGAIN_SECONDS", 0.01)
    other = Presence(Storage(storage.database, Keys(RING, file=storage.keys.file)), clock=clock)
    await other.refresh()
    stages: asyncio.Queue[str] = asyncio.Queue()
    rotating = asyncio.create_task(
        rotate(storage, clock, progress=lambda stage, *_: stages.put_nowait(stage))
    )
    waited_for = await asyncio.wait_for(stages.get(), timeout=5)
    kept = storage.keys.file.load().primary(Purpose.KEK)

    await other.refresh()

    assert (waited_for, kept) == (f"waiting for process {other.id.hex[:8]}", OLD)
    assert (await asyncio.wait_for(rotating, timeout=5)).retired == (OLD.kid.hex(),)


async def test_a_process_that_never_reads_the_ring_is_named_and_nothing_is_turned(
    storage: Storage, alice: UUID, clock: HandClock
):
    other = Presence(Storage(storage.database, Keys(RING)), clock=clock)
    await other.refresh()

    with pytest.raises(InstallationError, match=f"process {other.id.hex[:8]} has not read"):
        await rotate(storage, clock, patience_seconds=0)

    assert storage.keys.file.load().primary(Purpose.KEK) == OLD
    assert (await counts(storage), await phrase(storage, alice)) == ({OLD.kid: 1}, "green kettle")


async def test_a_process_that_has_been_silent_for_a_minute_is_not_waited_for(
    storage: Storage, alice: UUID, clock: HandClock
):
    await Presence(Storage(storage.database, Keys(RING)), clock=clock).refresh()
    clock.advance(timedelta(seconds=61))

    done = await rotate(storage, clock, patience_seconds=0)

    assert done.moved == 1


async def test_a_process_that_was_seen_by_a_clock_far_ahead_is_not_waited_for(
    storage: Storage, alice: UUID, clock: HandClock
):
    clock.advance(timedelta(days=365))
    await Presence(Storage(storage.database, Keys(RING)), clock=clock).refresh()
    clock.advance(timedelta(days=-365))

    done = await rotate(storage, clock, patience_seconds=0)

    assert done.moved == 1


async def test_a_process_that_runs_is_waited_for_again_once_its_clock_was_set_back(
    storage: Storage, alice: UUID, clock: HandClock
):
    other = Presence(Storage(storage.database, Keys(RING)), clock=clock)
    clock.advance(timedelta(days=365))
    await other.refresh()
    clock.advance(timedelta(days=-365))
    await other.refresh()

    with pytest.raises(InstallationError, match="has not read"):
        await rotate(storage, clock, patience_seconds=0)


async def test_whoever_is_concerned_is_told_of_each_new_ring(storage: Storage, clock: HandClock):
    told = []

    async def tell() -> None:
        told.append(storage.keys.file.load().generation)

    await rotate(storage, clock, tell=tell)

    assert told == [2, 3, 4]


async def test_units_that_keep_the_database_busy_only_delay_it(
    storage: Storage, alice: UUID, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    name, refused = DataKeys.name_wrapping_key, []

    async def busy_at_first(self: DataKeys, kid: bytes) -> None:
        if not refused:
            refused.append(kid)
            raise DatabaseUnavailable("busy")
        await name(self, kid)

    monkeypatch.setattr(DataKeys, "name_wrapping_key", busy_at_first)
    monkeypatch.setattr(rotation_module, "LOOK_AGAIN_SECONDS", 0.01)

    assert (await rotate(storage, clock)).moved == 1


async def test_a_data_key_that_mallory_copied_to_herself_is_not_taken_along(
    storage: Storage, alice: UUID, mallory: UUID, clock: HandClock
):
    async with storage.unit() as uow:
        hers = await uow.session.get(WrappedKey, alice)
        await uow.session.execute(
            update(WrappedKey).where(WrappedKey.subject == mallory).values(wrapped=hers.wrapped)
        )

    with capture_logs() as logged:
        done = await rotate(storage, clock)

    ring = storage.keys.file.load()
    assert (done.moved, done.unreadable) == (1, (mallory,))
    assert await counts(storage) == {ring.primary(Purpose.KEK).kid: 1, OLD.kid: 1}
    assert await phrase(storage, alice) == "green kettle"
    assert [(each["event"], each["count"]) for each in logged if each["log_level"] == "error"] == [
        ("data keys do not open and were left behind", 1)
    ]


BROKEN = [
    {"wrapped": Cell(b"")},
    {"wrapped": Cell(bytes(60))},
    {"gen": 2},
    {"gen": -1},
    {"kid": b""},
    {"kid": b"a stray"},
    {"subject": uuid4()},
]


@pytest.mark.parametrize("changes", BROKEN, ids=[str(number) for number in range(len(BROKEN))])
async def test_a_data_key_that_mallory_breaks_is_left_behind_and_keeps_no_old_key_alive(
    storage: Storage, alice: UUID, mallory: UUID, clock: HandClock, changes: dict[str, Any]
):
    async with storage.unit() as uow:
        await uow.session.execute(update(WrappedKey).where(WrappedKey.subject == mallory).values(**changes))

    done = await rotate(storage, clock)

    assert (done.moved, done.unreadable) == (1, (changes.get("subject", mallory),))
    assert done.retired == (OLD.kid.hex(),)
    assert await phrase(storage, alice) == "green kettle"


async def test_a_row_whose_subject_is_no_id_holds_nobody_up(
    storage: Storage, alice: UUID, mallory: UUID, clock: HandClock
):
    async with storage.unit() as uow:
        stray = text("UPDATE data_key SET subject = :stray WHERE subject = :id")
        await uow.session.execute(stray, {"stray": b"xyz", "id": mallory.bytes})

    done = await rotate(storage, clock)

    assert (done.moved, done.retired) == (1, (OLD.kid.hex(),))
    assert await phrase(storage, alice) == "green kettle"


async def test_what_was_left_behind_is_said_by_each_rotation_until_it_is_gone(
    storage: Storage, alice: UUID, mallory: UUID, clock: HandClock
):
    async with storage.unit() as uow:
        await uow.session.execute(update(WrappedKey).where(WrappedKey.subject == mallory).values(gen=2))
    first = await rotate(storage, clock)
    second = await rotate(storage, clock)
    async with storage.unit() as uow:
        await uow.people.remove(mallory)

    third = await rotate(storage, clock)

    assert [each.unreadable for each in (first, second, third)] == [(mallory,), (mallory,), ()]
    assert [each.is_resumed for each in (second, third)] == [False, False]


async def test_mallory_cannot_have_a_data_key_of_her_own_moved_to_the_new_key(
    storage: Storage, alice: UUID, mallory: UUID, clock: HandClock
):
    """She holds the old key and keeps one row from opening, in the hope that the old key stays in use."""
    async with storage.unit() as uow:
        await uow.session.execute(update(WrappedKey).where(WrappedKey.subject == mallory).values(gen=2))
    await rotate(storage, clock)
    forged = WrappingKey(OLD.key, deployment=DEPLOYMENT).wrap(new_dek(), subject=alice, gen=1)
    async with storage.unit() as uow:
        row = update(WrappedKey).where(WrappedKey.subject == alice)
        await uow.session.execute(row.values(kid=OLD.kid, wrapped=Cell(forged)))

    done = await rotate(storage, clock)

    assert (done.moved, set(done.unreadable)) == (0, {alice, mallory})


async def test_a_wrong_unseal_secret_changes_nothing(storage: Storage, alice: UUID, clock: HandClock):
    path = storage.keys.file.path
    before = path.read_bytes()
    wrong = Storage(storage.database, Keys(RING, file=RingFile(path, os.urandom(32))))

    with pytest.raises(WrongKey):
        await rotate(wrong, clock)

    assert path.read_bytes() == before
    assert await counts(storage) == {OLD.kid: 1}
    assert (await installation(storage)).kek_id is None


async def test_a_ring_of_an_older_generation_that_mallory_puts_back_is_refused(
    storage: Storage, alice: UUID, clock: HandClock
):
    before = storage.keys.file.path.read_bytes()
    await rotate(storage, clock)
    storage.keys.file.path.write_bytes(before)

    with pytest.raises(OlderKeyring):
        await rotate(storage, clock)

    assert storage.keys.file.path.read_bytes() == before


async def test_a_ring_of_another_installation_is_refused(storage: Storage, clock: HandClock):
    other = KeyRing.create(uuid4(), day=DAY)
    storage.keys.file.save(other)

    with pytest.raises(InstallationError, match="different installations"):
        await rotate(storage, clock)

    assert storage.keys.file.load() == other


async def test_a_writer_that_was_killed_leaves_no_old_key_behind(
    storage: Storage, data_dir: Path, clock: HandClock
):
    left = data_dir / ".keyring.bin.tmp"
    left.write_bytes(storage.keys.file.path.read_bytes())

    await rotate(storage, clock)

    assert [path.name for path in data_dir.glob(".keyring*")] == []


async def test_several_old_keys_are_emptied_in_one_go(storage: Storage, alice: UUID, clock: HandClock):
    twice = promoted(prepared(promoted(prepared(RING, day=DAY)), day=DAY))
    storage.keys.file.save(twice)

    done = await rotate(storage, clock)

    assert (done.moved, len(done.retired)) == (1, 2)

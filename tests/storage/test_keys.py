"""A process takes newer rings while it works, keeps no key that they lack, and takes no older ring."""

import os
from datetime import date
from pathlib import Path

import pytest

from storage.errors import KeyUnavailable, UnknownKey
from storage.keyring import KeyRing, Purpose, State
from storage.keys import Keys
from storage.ring_file import RingFile
from storage.ring_steps import prepared, promoted, retired, wrapping_keys
from tests.world import RING

DAY = date(2026, 11, 23)
OLD = RING.primary(Purpose.KEK)


@pytest.fixture
def file(tmp_path: Path) -> RingFile:
    file = RingFile(tmp_path / "keyring.bin", os.urandom(32))
    RING.save(file.path, file.unseal_secret)
    return file


def rotated(ring: KeyRing = RING) -> KeyRing:
    """Give the ring after a whole rotation."""
    after = promoted(prepared(ring, day=DAY))
    return retired(after, [entry.kid for entry in wrapping_keys(after, State.OLD)])


def test_a_new_wrapping_key_waits_then_takes_over_then_stands_alone():
    pending = prepared(RING, day=DAY)
    taken_over = promoted(pending)
    alone = retired(taken_over, [OLD.kid])

    [new] = wrapping_keys(pending, State.PENDING)
    assert [ring.primary(Purpose.KEK).kid for ring in (pending, taken_over, alone)] == [
        OLD.kid,
        new.kid,
        new.kid,
    ]
    assert [entry.kid for entry in wrapping_keys(taken_over, State.OLD)] == [OLD.kid]
    assert [ring.generation for ring in (pending, taken_over, alone)] == [2, 3, 4]
    assert OLD.kid not in {entry.kid for entry in alone.entries}
    assert (new.day, len(alone.entries)) == (DAY, len(RING.entries))


def test_the_key_in_use_is_never_taken_out():
    with pytest.raises(ValueError, match="primary"):
        retired(RING, [OLD.kid])


def test_a_key_that_is_not_known_makes_the_file_read_again(file: RingFile):
    keys = Keys(RING, file=file)
    newer = prepared(RING, day=DAY)
    file.save(newer)
    [new] = wrapping_keys(newer, State.PENDING)

    assert keys.by_kid(new.kid) == new
    assert keys.ring.generation == 2


def test_a_ring_of_an_older_generation_that_mallory_puts_back_is_not_taken(file: RingFile):
    newer = rotated()
    keys = Keys(newer, file=file)

    assert not keys.read_again()

    with pytest.raises(UnknownKey):
        keys.by_kid(OLD.kid)
    assert keys.ring == newer


def test_a_file_that_cannot_be_read_leaves_the_ring_in_use(file: RingFile):
    keys = Keys(RING, file=file)
    file.path.chmod(0o644)

    with pytest.raises(KeyUnavailable):
        keys.read_again()

    assert keys.by_kid(OLD.kid) == OLD


def test_a_key_that_a_newer_ring_lacks_is_known_no_more(file: RingFile):
    keys = Keys(RING, file=file)
    file.save(rotated())

    keys.read_again()

    with pytest.raises(UnknownKey):
        keys.by_kid(OLD.kid)


def test_what_wraps_is_kept_as_long_as_the_ring_holds_its_key(file: RingFile):
    keys = Keys(RING, file=file)
    is_kept = keys.cipher_of(OLD.kid) is keys.cipher_of(OLD.kid)
    file.save(rotated())

    keys.read_again()

    assert is_kept
    with pytest.raises(UnknownKey):
        keys.cipher_of(OLD.kid)


def test_new_data_keys_are_wrapped_under_what_lies_in_the_file(file: RingFile):
    keys, newer = Keys(RING, file=file), promoted(prepared(RING, day=DAY))

    file.save(newer)

    assert keys.wrapping_key() == newer.primary(Purpose.KEK)


def test_a_file_that_is_as_it_was_is_not_opened_again(file: RingFile, monkeypatch: pytest.MonkeyPatch):
    keys, opened, load = Keys(RING, file=file), [], RingFile.load
    monkeypatch.setattr(RingFile, "load", lambda self: opened.append(self) or load(self))
    keys.wrapping_key()

    keys.wrapping_key()

    assert opened == [file]


def test_the_bytes_of_a_replaced_ring_are_overwritten(file: RingFile, tmp_path: Path):
    before = file.path.read_bytes()
    # A second name for the old bytes shows what becomes of them.
    os.link(file.path, tmp_path / "old")

    newer = rotated()
    file.save(newer)

    left = (tmp_path / "old").read_bytes()
    assert (len(left), left == before) == (len(before), False)
    assert file.load() == newer


class Cut(BaseException):
    """The process ends here."""


def refuse(*_: object) -> None:
    raise PermissionError


def test_an_old_ring_whose_writer_was_killed_before_wiping_it_is_wiped_by_the_next(
    file: RingFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    os.link(file.path, tmp_path / "old")
    before = (tmp_path / "old").read_bytes()

    def end(*_: object) -> None:
        raise Cut

    newer = rotated()
    with monkeypatch.context() as killed:
        killed.setattr(os, "pwrite", end)
        with pytest.raises(Cut):
            file.save(newer)
    file.wipe_leftovers()

    left = (tmp_path / "old").read_bytes()
    assert (len(left), left == before) == (len(before), False)
    assert [path.name for path in tmp_path.glob(".keyring.bin.*")] == []


def test_a_ring_whose_writer_was_killed_before_replacing_it_outlives_the_wiping(
    file: RingFile, tmp_path: Path
):
    os.link(file.path, tmp_path / ".keyring.bin.x1")

    file.wipe_leftovers()

    assert file.load() == RING
    assert list(tmp_path.iterdir()) == [file.path]


def test_a_ring_that_cannot_be_replaced_keeps_its_one_name(
    file: RingFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(KeyRing, "save", refuse)

    with pytest.raises(PermissionError):
        file.save(rotated())

    assert file.load() == RING
    assert list(tmp_path.iterdir()) == [file.path]


def test_where_a_file_has_one_name_only_the_ring_is_replaced_and_wiped_all_the_same(
    file: RingFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    os.link(file.path, tmp_path / "old")
    before = (tmp_path / "old").read_bytes()

    newer = rotated()
    monkeypatch.setattr(os, "link", refuse)
    file.save(newer)

    assert (tmp_path / "old").read_bytes() != before
    assert file.load() == newer


def test_a_ring_that_was_destroyed_is_not_written_anew(file: RingFile):
    file.path.unlink()

    with pytest.raises(KeyUnavailable, match="not written anew"):
        file.save(rotated())

    assert list(file.path.parent.iterdir()) == []


def test_a_ring_that_is_replaced_while_it_is_read_is_read_again(
    file: RingFile, monkeypatch: pytest.MonkeyPatch
):
    newer = rotated()
    loaded, load = [], KeyRing.load

    def load_slowly(path: Path, secret: bytes) -> KeyRing:
        if not loaded:
            loaded.append(path)
            file.path.rename(path.with_name("old"))
            os.link(path.with_name("old"), path)
            file.save(newer)
            return load(path.with_name("old"), secret)
        return load(path, secret)

    monkeypatch.setattr(KeyRing, "load", load_slowly)

    assert file.load() == newer


def test_what_a_killed_writer_left_is_wiped_and_removed(file: RingFile, tmp_path: Path):
    left = tmp_path / ".keyring.bin.x1"
    left.write_bytes(file.path.read_bytes())
    os.link(left, tmp_path / "seen")

    file.wipe_leftovers()

    assert not left.exists()
    assert (tmp_path / "seen").read_bytes() != file.path.read_bytes()
    assert file.load() == RING

"""The ring opens with its own unseal secret, chooses keys by id, and survives being written."""

import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage.errors import (
    BadIdentity,
    DamagedKeyring,
    KeyUnavailable,
    OlderKeyring,
    StorageError,
    UnknownKey,
    WrongKey,
)
from storage.framing import E
from storage.keyring import (
    KeyEntry,
    KeyRing,
    Purpose,
    State,
    deployment_in,
    keyring_key,
    kid_of,
    new_entry,
)

HERE = UUID(int=10)
SECRET, OTHER_SECRET = b"\x01" * 32, b"\x02" * 32
DAY = date(2026, 11, 21)


def counting() -> Callable[[int], bytes]:
    calls = iter(range(1, 256))
    return lambda size: bytes([next(calls)]) * size


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.create(HERE, day=DAY, random=counting())


def sealed_by_hand(ring: KeyRing, plain: bytes) -> bytes:
    header = ring.to_bytes(SECRET, random=bytes)[:45]
    return header + AESGCMSIV(keyring_key(SECRET, HERE)).encrypt(bytes(12), plain, header)


def test_a_new_ring_has_one_primary_key_for_each_purpose(ring: KeyRing) -> None:
    kept = [(entry.purpose, entry.state, entry.day) for entry in ring.entries]

    assert kept == [(purpose, State.PRIMARY, DAY) for purpose in Purpose]
    assert (ring.deployment, ring.generation) == (HERE, 1)


def test_new_rings_share_no_key() -> None:
    one, other = (KeyRing.create(HERE, day=DAY) for _ in range(2))

    assert len({entry.key for entry in one.entries + other.entries}) == 10


def test_a_stuck_random_source_makes_no_ring() -> None:
    with pytest.raises(ValueError, match="are the same"):
        KeyRing.create(HERE, day=DAY, random=bytes)


def test_what_was_written_is_read_again(ring: KeyRing) -> None:
    later = ring.advanced([*ring.entries, new_entry(Purpose.KEK, State.PENDING, day=DAY)])

    assert KeyRing.from_bytes(later.to_bytes(SECRET), SECRET) == later


def test_the_file_begins_as_documented(ring: KeyRing) -> None:
    data = ring.to_bytes(SECRET, random=lambda size: b"n" * size)

    assert data[:45] == b"PORUCHKR\x01" + HERE.bytes + bytes(7) + b"\x01" + b"n" * 12


def test_the_body_is_sealed_as_documented(ring: KeyRing) -> None:
    entries = [E(e.kid, e.purpose.value, "primary", "2026-11-21", e.key) for e in ring.entries]

    assert sealed_by_hand(ring, E(*entries)) == ring.to_bytes(SECRET, random=bytes)


def test_no_key_stands_in_the_file(ring: KeyRing) -> None:
    data = ring.to_bytes(SECRET)

    assert [entry for entry in ring.entries if entry.key[:8] in data] == []


def test_another_unseal_secret_does_not_open_it(ring: KeyRing) -> None:
    with pytest.raises(WrongKey):
        KeyRing.from_bytes(ring.to_bytes(SECRET), OTHER_SECRET)


def test_a_file_with_any_bit_flipped_is_refused(ring: KeyRing) -> None:
    data = ring.to_bytes(SECRET)
    whole = int.from_bytes(data, "big")

    def opens(bit: int) -> bool:
        try:
            KeyRing.from_bytes((whole ^ 1 << bit).to_bytes(len(data), "big"), SECRET)
        except (WrongKey, DamagedKeyring):
            return False
        return True

    assert [bit for bit in range(8 * len(data)) if opens(bit)] == []


def test_a_file_cut_anywhere_or_made_longer_is_refused(ring: KeyRing) -> None:
    data = ring.to_bytes(SECRET)

    for changed in [*(data[:length] for length in range(len(data))), data + b"\0"]:
        with pytest.raises((WrongKey, DamagedKeyring)):
            KeyRing.from_bytes(changed, SECRET)


def _written(entry: KeyEntry, **changed: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {
        "kid": entry.kid,
        "purpose": entry.purpose.value,
        "state": entry.state.value,
        "day": entry.day.isoformat(),
        "key": entry.key,
    }
    return E(*(parts | changed).values())


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"kid": b"12345678"}, id="an id that is not the key's"),
        pytest.param({"purpose": "ABC"}, id="an unknown purpose"),
        pytest.param({"state": "retired"}, id="an unknown state"),
        pytest.param({"day": "20261121"}, id="a day written in another way"),
        pytest.param({"day": "2026-02-30"}, id="a day that does not exist"),
        pytest.param({"purpose": "IDX"}, id="two primaries for one purpose"),
        pytest.param({"state": "old"}, id="no primary"),
        pytest.param({"key": b"short", "kid": kid_of(b"short")}, id="a short key"),
        pytest.param({"more": b""}, id="one part too many"),
        pytest.param({"day": b"\xff"}, id="not text"),
    ],
)
def test_content_that_no_ring_has_is_refused(ring: KeyRing, changed: dict[str, str | bytes]) -> None:
    first, *others = ring.entries
    plain = E(_written(first, **changed), *(_written(entry) for entry in others))

    with pytest.raises(DamagedKeyring, match=r"\(its content is not a ring's\)"):
        KeyRing.from_bytes(sealed_by_hand(ring, plain), SECRET)


def test_another_version_of_the_file_is_told_from_a_changed_one(ring: KeyRing) -> None:
    data = ring.to_bytes(SECRET)

    with pytest.raises(DamagedKeyring, match=r"\(not a keyring of this version\)"):
        KeyRing.from_bytes(data[:8] + b"\x02" + data[9:], SECRET)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"kid": b"12345678"}, id="another id"),
        pytest.param({"key": b"short", "kid": kid_of(b"short")}, id="a short key"),
    ],
)
def test_an_entry_is_not_made_of_what_does_not_belong_together(
    ring: KeyRing, changed: dict[str, bytes]
) -> None:
    with pytest.raises(ValueError, match="does not match its key"):
        replace(ring.entries[0], **changed)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_an_unseal_secret_has_32_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        keyring_key(bytes(size), HERE)


def test_a_key_is_found_by_its_id(ring: KeyRing) -> None:
    wanted = ring.entries[2]

    assert ring.by_kid(wanted.kid, wanted.purpose) is wanted


def test_an_unknown_id_is_refused(ring: KeyRing) -> None:
    with pytest.raises(UnknownKey, match="6162636465666768"):
        ring.by_kid(b"abcdefgh", Purpose.KEK)


def test_a_key_is_not_found_for_another_use(ring: KeyRing) -> None:
    signing = ring.primary(Purpose.SIG)

    with pytest.raises(UnknownKey, match=signing.kid.hex()):
        ring.by_kid(signing.kid, Purpose.KEK)


def test_new_things_are_made_with_the_primary_key(ring: KeyRing) -> None:
    pending = new_entry(Purpose.KEK, State.PENDING, day=DAY)

    assert ring.advanced([pending, *ring.entries]).primary(Purpose.KEK) is ring.entries[0]


def test_a_changed_ring_is_the_next_generation_and_leaves_the_first_alone(ring: KeyRing) -> None:
    old_kek, *others = ring.entries
    turned = [replace(old_kek, state=State.OLD), new_entry(Purpose.KEK, State.PRIMARY, day=DAY), *others]

    later = ring.advanced(turned)

    assert (later.generation, later.by_kid(old_kek.kid, Purpose.KEK).state) == (2, State.OLD)
    assert (ring.generation, ring.primary(Purpose.KEK)) == (1, old_kek)


def test_a_change_that_leaves_a_purpose_without_a_primary_key_is_refused(ring: KeyRing) -> None:
    with pytest.raises(ValueError, match="exactly one primary"):
        ring.advanced(ring.entries[1:])


@pytest.mark.parametrize("generation", [0, -1, 2**64])
def test_a_generation_is_a_positive_uint64(ring: KeyRing, generation: int) -> None:
    with pytest.raises(ValueError, match="generation"):
        replace(ring, generation=generation)


def test_the_last_generation_can_be_written(ring: KeyRing) -> None:
    last = replace(ring, generation=2**64 - 1)

    assert KeyRing.from_bytes(last.to_bytes(SECRET), SECRET) == last


def test_a_ring_older_than_the_database_remembers_is_refused(ring: KeyRing) -> None:
    with pytest.raises(OlderKeyring, match=r"generation 1, .* has seen 2"):
        ring.require_generation(2)


@pytest.mark.parametrize("remembered", [0, 1])
def test_a_ring_as_new_as_the_database_remembers_is_taken(ring: KeyRing, remembered: int) -> None:
    ring.require_generation(remembered)


def test_an_entry_with_a_time_of_day_is_refused() -> None:
    with pytest.raises(ValueError, match="plain date"):
        new_entry(Purpose.KEK, State.PRIMARY, day=datetime(2026, 11, 21, tzinfo=UTC))


def test_a_saved_ring_is_loaded(ring: KeyRing, tmp_path: Path) -> None:
    path = tmp_path / "keyring"

    ring.save(path, SECRET)

    assert KeyRing.load(path, SECRET) == ring
    assert path.stat().st_mode & 0o777 == 0o600


def test_saving_replaces_the_ring_and_leaves_nothing_beside_it(ring: KeyRing, tmp_path: Path) -> None:
    path = tmp_path / "keyring"
    ring.save(path, SECRET)

    ring.advanced(ring.entries).save(path, SECRET)

    assert KeyRing.load(path, SECRET).generation == 2
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_while_saving_leaves_the_ring_that_was_there(
    ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "keyring"
    ring.save(path, SECRET)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(OSError, match="No space"):
            ring.advanced(ring.entries).save(path, SECRET)

    assert KeyRing.load(path, SECRET) == ring
    assert list(tmp_path.iterdir()) == [path]


def test_a_ring_is_written_hidden_beside_the_old_one_where_it_can_take_its_place_in_one_step(
    ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[tuple[Path, Path]] = []
    real = os.replace

    def note(source: Path, target: Path) -> None:
        moved.append((Path(source), Path(target)))
        real(source, target)

    monkeypatch.setattr(os, "replace", note)
    ring.save(tmp_path / "keyring", SECRET)

    [(written, target)] = moved
    assert (written.parent, target) == (tmp_path, tmp_path / "keyring")
    assert written.name.startswith(".keyring.")


def test_a_stop_just_after_the_new_ring_took_its_place_shows_as_that(
    ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def replace_and_stop(source: Path, target: Path) -> None:
        real(source, target)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace_and_stop)
        with pytest.raises(KeyboardInterrupt):
            ring.save(tmp_path / "keyring", SECRET)

    assert KeyRing.load(tmp_path / "keyring", SECRET) == ring


def test_file_and_folder_are_on_the_disk_before_saving_is_done(
    ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        synced.append("folder" if Path(f"/proc/self/fd/{descriptor}").resolve() == tmp_path else "file")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    ring.save(tmp_path / "keyring", SECRET)

    assert synced == ["file", "folder"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
def test_a_file_that_others_may_touch_is_not_loaded(ring: KeyRing, tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keyring"
    ring.save(path, SECRET)
    path.chmod(mode)

    with pytest.raises(KeyUnavailable, match="chmod 600"):
        KeyRing.load(path, SECRET)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyUnavailable, match="keyring is missing"):
        KeyRing.load(tmp_path / "keyring", SECRET)


def test_neither_ring_nor_entry_shows_a_key(ring: KeyRing) -> None:
    shown = repr(ring) + str(ring) + repr(ring.entries[0])

    assert [entry for entry in ring.entries if repr(entry.key)[2:-1] in shown] == []
    assert "key=" not in shown


def test_neither_ring_nor_entry_is_pickled(ring: KeyRing) -> None:
    for secret in (ring, ring.entries[0]):
        with pytest.raises(TypeError, match="never pickled"):
            pickle.dumps(secret)


def test_only_lines_with_paths_stay_out_of_logs() -> None:
    kept_out = {error for error in StorageError.__subclasses__() if not error.is_safe_to_log}

    assert kept_out == {BadIdentity, KeyUnavailable}


def test_a_rings_file_says_whose_it_is_without_being_opened(ring: KeyRing, tmp_path: Path) -> None:
    ring.save(tmp_path / "keyring.bin", SECRET)

    assert deployment_in(tmp_path / "keyring.bin") == ring.deployment


@pytest.mark.parametrize("content", [b"", b"PORUCHKR\x01short", b"another kind of file" * 9])
def test_what_is_no_rings_file_says_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "keyring.bin"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(DamagedKeyring, match=r"\(not a keyring of this version\)"):
        deployment_in(path)

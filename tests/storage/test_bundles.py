"""Sealing and opening: to whom a bundle opens, what a changed, cut or forged one says, what fails halfway."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.bundle_format import BundleKind, Header, TableContent, written
from storage.bundle_reading import ReadBundle, read_bundle
from storage.bundles import Identities, checked_recipient, seal
from storage.errors import BadIdentity, BadRecipient, UnusableBundle
from storage.filling import Collected
from storage.keyring import KeyRing, Purpose
from storage.macs import Macs
from tests.full_disk import room_for
from tests.keepers import Keeper, new_keeper
from tests.world import DEPLOYMENT, RING

SIG = RING.primary(Purpose.SIG)
MACS = Macs(SIG.key, DEPLOYMENT)
ROWS = [(b"\x00\x01", "слова", -5, None), (b"", "", 2**62, 1)]


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return new_keeper(tmp_path)


def content(
    rows: list[tuple] = ROWS, *, signed_by: Macs = MACS, counted: int | None = None
) -> Iterator[bytes]:
    header = Header(
        BundleKind.LEDGER,
        DEPLOYMENT,
        "0002",
        1,
        date(2026, 11, 23),
        SIG.kid,
        {"things": len(rows) if counted is None else counted},
    )
    table = TableContent("things", ("a", "b", "c", "d"), rows)
    return written(header, blobs={"ring": b"\x01\x02"}, tables=[table], sign=signed_by.bundle_mac)


def sealed(folder: Path, keeper: Keeper, pieces: Iterator[bytes] | None = None) -> Path:
    path = folder / "some.age"
    seal(content() if pieces is None else pieces, path, [keeper.recipient])
    return path


def opened(path: Path, keeper: Keeper) -> tuple[Collected, ReadBundle]:
    collected = Collected(BundleKind.LEDGER, path.name)
    return collected, read_bundle(path, keeper.identities, collected)


def test_every_kind_of_value_comes_back(tmp_path: Path, keeper: Keeper):
    collected, read = opened(sealed(tmp_path, keeper), keeper)

    assert [tuple(row.values()) for row in collected.tables["things"]] == ROWS
    assert (collected.blobs, read.header.day) == ({"ring": b"\x01\x02"}, date(2026, 11, 23))
    read.require_signed_by(RING)


VALUES = st.none() | st.text() | st.binary() | st.integers(-(2**63), 2**63 - 1)


@given(rows=st.lists(st.tuples(VALUES, VALUES, VALUES, VALUES), max_size=5))
def test_any_rows_come_back(rows: list[tuple], tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("any")
    keeper = new_keeper(folder)

    collected, _ = opened(sealed(folder, keeper, content(rows)), keeper)

    assert [tuple(row.values()) for row in collected.tables.get("things", [])] == rows


def test_many_rows_come_in_batches_and_all(tmp_path: Path, keeper: Keeper):
    rows = [(number.to_bytes(4, "big"), "x" * 100, number, None) for number in range(2_345)]

    collected, _ = opened(sealed(tmp_path, keeper, content(rows)), keeper)

    assert [tuple(row.values()) for row in collected.tables["things"]] == rows


def test_a_bundle_opens_to_each_of_its_recipients(tmp_path: Path):
    keepers = [new_keeper(tmp_path, f"{number}.txt") for number in range(3)]
    seal(content(), tmp_path / "some.age", [each.recipient for each in keepers])

    assert all(opened(tmp_path / "some.age", each)[0].blobs for each in keepers)


def test_mallory_with_another_identity_reads_nothing(tmp_path: Path, keeper: Keeper):
    mallory = new_keeper(tmp_path, "mallory.txt")

    with pytest.raises(UnusableBundle, match="sealed to somebody else"):
        opened(sealed(tmp_path, keeper), mallory)


def test_mallory_who_seals_a_bundle_herself_cannot_sign_it(tmp_path: Path, keeper: Keeper):
    forged = Macs(b"m" * 32, DEPLOYMENT)

    _, read = opened(sealed(tmp_path, keeper, content(signed_by=forged)), keeper)

    with pytest.raises(UnusableBundle, match="not signed by this installation"):
        read.require_signed_by(RING)


def test_a_bundle_signed_under_a_key_that_the_ring_lacks_is_refused(tmp_path: Path, keeper: Keeper):
    _, read = opened(sealed(tmp_path, keeper), keeper)

    with pytest.raises(UnusableBundle, match="not signed by this installation"):
        read.require_signed_by(KeyRing.create(DEPLOYMENT, day=date(2026, 11, 1)))


def test_another_installations_bundle_is_refused(tmp_path: Path, keeper: Keeper):
    _, read = opened(sealed(tmp_path, keeper), keeper)

    with pytest.raises(UnusableBundle, match="another installation"):
        read.require_signed_by(KeyRing.create(UUID(int=9), day=date(2026, 11, 1)))


def test_every_cut_is_refused(tmp_path: Path, keeper: Keeper):
    path = sealed(tmp_path, keeper)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(UnusableBundle):
            opened(path, keeper)


def test_every_changed_byte_is_refused(tmp_path: Path, keeper: Keeper):
    path = sealed(tmp_path, keeper)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        with pytest.raises(UnusableBundle):
            opened(path, keeper)


def test_what_was_cut_before_it_was_sealed_is_refused_too(tmp_path: Path, keeper: Keeper):
    plain = b"".join(content())
    for length in random.Random(1).sample(range(len(plain)), 40):
        path = sealed(tmp_path, keeper, iter([plain[:length]]))
        with pytest.raises(UnusableBundle, match="damaged or cut"):
            opened(path, keeper)
        path.unlink()


@pytest.mark.parametrize(
    "plain",
    [
        pytest.param(b"".join(content(counted=3)), id="fewer rows than the header says"),
        pytest.param(b"".join(content()) + b"\0\0\0\0", id="something after the end"),
        pytest.param(b"PORUCHBK\x02" + b"".join(content())[9:], id="another version"),
        pytest.param(b"\xff" * 200, id="no bundle at all"),
        pytest.param(b"".join(content())[:9] + b"\xff\xff\xff\xff" + bytes(90), id="an endless record"),
    ],
)
def test_what_is_no_bundle_inside_is_refused(tmp_path: Path, keeper: Keeper, plain: bytes):
    with pytest.raises(UnusableBundle, match="damaged or cut"):
        opened(sealed(tmp_path, keeper, iter([plain])), keeper)


def test_a_bundle_of_another_kind_is_refused(tmp_path: Path, keeper: Keeper):
    path = sealed(tmp_path, keeper)

    with pytest.raises(UnusableBundle, match="of another kind"):
        read_bundle(path, keeper.identities, Collected(BundleKind.KEYS, path.name))


def test_a_bundle_of_a_newer_release_is_refused(tmp_path: Path, keeper: Keeper):
    header = Header(BundleKind.LEDGER, DEPLOYMENT, "9999", 1, date(2026, 11, 23), SIG.kid, {})
    newer = written(header, blobs={}, tables=[], sign=MACS.bundle_mac)

    with pytest.raises(UnusableBundle, match="newer Poruch"):
        opened(sealed(tmp_path, keeper, newer), keeper)


def test_content_that_fails_halfway_leaves_no_file_and_its_own_error(tmp_path: Path, keeper: Keeper):
    def failing() -> Iterator[bytes]:
        yield b"x" * 100_000
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sealed(tmp_path, keeper, failing())

    assert not (tmp_path / "some.age").exists()


def test_a_disk_that_takes_no_more_leaves_no_file_and_its_own_error(tmp_path: Path, keeper: Keeper):
    with room_for(2**13), pytest.raises(OSError, match="File too large"):
        sealed(tmp_path, keeper, iter([bytes(2**14)]))

    assert not (tmp_path / "some.age").exists()


def test_a_bundle_is_for_its_owner_alone_and_replaces_nothing(tmp_path: Path, keeper: Keeper):
    path = sealed(tmp_path, keeper)

    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        sealed(tmp_path, keeper)


@pytest.mark.parametrize("text", ["", "age1", "age1" + "q" * 58, "ssh-ed25519 AAAA", "bob@example.org"])
def test_what_is_no_public_key_is_no_recipient(text: str):
    with pytest.raises(BadRecipient, match="public age key"):
        checked_recipient(text)


def test_an_identity_given_as_recipient_is_refused_and_not_repeated(keeper: Keeper):
    secret = keeper.file.read_text().splitlines()[-1]

    with pytest.raises(BadRecipient) as refused:
        checked_recipient(secret)

    assert ("must stay secret" in str(refused.value), secret in str(refused.value)) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("# only a remark\n", id="remarks only"),
        pytest.param("AGE-SECRET-KEY-1QQQ\n", id="mistyped"),
        pytest.param("-----BEGIN OPENSSH PRIVATE KEY-----\n", id="another kind of key"),
    ],
)
def test_a_file_without_an_identity_is_refused(tmp_path: Path, text: str):
    (tmp_path / "identity.txt").write_text(text)

    with pytest.raises(BadIdentity, match="identity file"):
        Identities.read(tmp_path / "identity.txt")


def test_a_missing_identity_file_is_refused(tmp_path: Path):
    with pytest.raises(BadIdentity, match="no such file"):
        Identities.read(tmp_path / "nowhere.txt")

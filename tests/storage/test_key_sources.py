"""The unseal secret is taken only from where nobody else can read it, and only if it is one."""

import hashlib
import logging
import os
import secrets
from pathlib import Path

import pytest

from storage.errors import KeyUnavailable
from storage.key_sources import Passphrase, create_key_file, key_file, unseal_secret
from storage.passwords import Cost, secret_from_passphrase
from storage.private_files import read_private
from tests.world import DEPLOYMENT

SECRET = hashlib.sha256(b"a key of these tests").digest()
HEX = SECRET.hex().encode()
PASSPHRASE = "kettle window seven grey rivers"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "unseal.key"


def put(path: Path, content: bytes, *, mode: int = 0o600) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    path.chmod(mode)
    return path


def read(path: Path, data_dir: Path) -> bytes:
    return unseal_secret(f"file:{path}", data_dir=data_dir, environ={})


@pytest.mark.parametrize("content", [HEX, HEX + b"\n", HEX + b"\r\n", HEX.upper(), SECRET])
def test_a_key_file_holds_hex_or_raw_bytes(path: Path, data_dir: Path, content: bytes) -> None:
    assert read(put(path, content), data_dir) == SECRET


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_its_owner_alone_is_read(path: Path, data_dir: Path, mode: int) -> None:
    assert read(put(path, HEX, mode=mode), data_dir) == SECRET


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
def test_a_file_that_others_may_touch_is_refused(path: Path, data_dir: Path, mode: int) -> None:
    with pytest.raises(KeyUnavailable, match="chmod 600"):
        read(put(path, HEX, mode=mode), data_dir)


def test_a_file_of_another_user_is_refused(
    path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(path, HEX)
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)

    with pytest.raises(KeyUnavailable, match=r"belongs to another user; run this as its owner$"):
        read(path, data_dir)


def test_a_missing_file_is_named_and_not_created(path: Path, data_dir: Path) -> None:
    with pytest.raises(KeyUnavailable, match=r"unseal\.key is missing"):
        read(path, data_dir)

    assert not path.parent.exists()


def test_a_link_is_refused_even_to_a_good_file(path: Path, data_dir: Path) -> None:
    link = put(path, HEX).with_name("link")
    link.symlink_to(path)

    with pytest.raises(KeyUnavailable, match="is a link"):
        read(link, data_dir)


def test_a_circle_of_links_is_refused(path: Path, data_dir: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path)

    with pytest.raises(KeyUnavailable, match="is a link"):
        read(path, data_dir)


def test_a_folder_is_refused(tmp_path: Path, data_dir: Path) -> None:
    with pytest.raises(KeyUnavailable, match="not a regular file"):
        read(tmp_path, data_dir)


def test_a_named_pipe_is_refused_at_once(path: Path, data_dir: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path, 0o600)

    with pytest.raises(KeyUnavailable, match="not a regular file"):
        read(path, data_dir)


def test_what_cannot_be_opened_is_refused_with_the_reason(path: Path, data_dir: Path) -> None:
    put(path, HEX)

    with pytest.raises(KeyUnavailable, match="Not a directory"):
        read(path / "deeper", data_dir)


def test_a_key_in_the_data_folder_is_refused(data_dir: Path) -> None:
    put(data_dir / "unseal.key", HEX)

    with pytest.raises(KeyUnavailable, match="lies in the data folder"):
        read(data_dir / "unseal.key", data_dir)


@pytest.mark.parametrize("way", ["keys/../data/unseal.key", "door/unseal.key", "data"])
def test_no_other_way_into_the_data_folder_helps(tmp_path: Path, data_dir: Path, way: str) -> None:
    put(data_dir / "unseal.key", HEX)
    (tmp_path / "keys").mkdir()
    (tmp_path / "door").symlink_to(data_dir)

    with pytest.raises(KeyUnavailable, match="lies in the data folder"):
        read(tmp_path / way, data_dir)


def test_a_folder_whose_name_only_begins_alike_is_another_folder(tmp_path: Path, data_dir: Path) -> None:
    assert read(put(tmp_path / "data-key" / "unseal.key", HEX), data_dir) == SECRET


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        HEX[:-1],
        HEX + b"0",
        HEX + b"\n\n",
        b" " + HEX,
        SECRET[:31],
        SECRET + b"\n",
        b"g" + HEX[1:],
        "٣".encode() + HEX[2:],
    ],
)
def test_what_is_not_of_32_bytes_is_refused(path: Path, data_dir: Path, content: bytes) -> None:
    with pytest.raises(KeyUnavailable, match="does not hold a key"):
        read(put(path, content), data_dir)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bytes(32), id="zeros"),
        pytest.param(b"\x01" * 32, id="one byte"),
        pytest.param(b"\x01" * 31 + b"\x02", id="nearly one byte"),
        pytest.param(bytes(range(32)), id="counting up"),
        pytest.param(bytes(range(255, 223, -1)), id="counting down"),
        pytest.param(b"0123456789abcdef" * 4, id="digits"),
        pytest.param(b"00112233445566778899aabbccddeeff" * 2, id="doubled digits"),
        pytest.param(b"deadbeef" * 8, id="dead beef"),
        pytest.param(b"correct horse battery staple now", id="a typed sentence"),
        pytest.param(SECRET.hex()[:32].encode(), id="half a hex key"),
    ],
)
def test_an_example_key_is_refused(path: Path, data_dir: Path, content: bytes) -> None:
    with pytest.raises(KeyUnavailable, match="openssl rand -hex 32"):
        read(put(path, content), data_dir)


def test_a_large_file_is_refused(path: Path) -> None:
    assert len(read_private(put(path, bytes(65_536)))) == 65_536

    with pytest.raises(KeyUnavailable, match="too large"):
        read_private(put(path, bytes(65_537)))


def test_a_variable_gives_the_key_and_is_taken_out(data_dir: Path) -> None:
    environ = {"A_KEY": HEX.decode(), "OTHER": "stays"}

    secret = unseal_secret("env:A_KEY", data_dir=data_dir, environ=environ)

    assert (secret, environ) == (SECRET, {"OTHER": "stays"})


def test_a_variable_is_warned_of(data_dir: Path, caplog: pytest.LogCaptureFixture) -> None:
    unseal_secret("env:A_KEY", data_dir=data_dir, environ={"A_KEY": HEX.decode()})

    assert [(record.name, record.levelno) for record in caplog.records] == [("poruch.keys", logging.WARNING)]
    assert HEX.decode() not in caplog.text


@pytest.mark.parametrize("value", ["", "x" * 32, HEX.decode()[:-1], "01" * 32, "\udcff" * 32])
def test_a_refused_variable_is_taken_out_too(data_dir: Path, value: str) -> None:
    environ = {"A_KEY": value}

    with pytest.raises(KeyUnavailable):
        unseal_secret("env:A_KEY", data_dir=data_dir, environ=environ)

    assert environ == {}


def test_a_variable_that_is_not_set_is_refused(data_dir: Path) -> None:
    with pytest.raises(KeyUnavailable, match="not set"):
        unseal_secret("env:A_KEY", data_dir=data_dir, environ={})


@pytest.mark.parametrize(
    "source",
    ["", "credential:", "prompt:now", "file:", "file", "FILE:/x", "file:\0", "/etc/key", HEX.decode()],
)
def test_another_source_is_refused_with_what_works_and_not_repeated(data_dir: Path, source: str) -> None:
    with pytest.raises(KeyUnavailable) as refusal:
        unseal_secret(source, data_dir=data_dir, environ={})

    line = str(refusal.value)
    assert all(way in line for way in ("prompt", "credential:NAME", "file:PATH", "env:NAME"))
    assert HEX.decode() not in line


def test_a_typed_passphrase_gives_the_secret_of_its_installation(data_dir: Path) -> None:
    typed = Passphrase(lambda: PASSPHRASE, DEPLOYMENT, CHEAP)

    secret = unseal_secret("prompt", data_dir=data_dir, environ={}, passphrase=typed)

    assert secret == secret_from_passphrase(PASSPHRASE, deployment=DEPLOYMENT, cost=CHEAP)


@pytest.mark.parametrize("passphrase", ["", "fifteen letters", "a" * 40, "ababababababababab"])
def test_a_passphrase_that_is_easily_tried_is_refused_and_not_repeated(
    data_dir: Path, passphrase: str
) -> None:
    typed = Passphrase(lambda: passphrase, DEPLOYMENT, CHEAP)

    with pytest.raises(KeyUnavailable, match="at least 16 characters") as refusal:
        unseal_secret("prompt", data_dir=data_dir, environ={}, passphrase=typed)

    assert not passphrase or passphrase not in str(refusal.value)


def test_where_nobody_can_type_a_passphrase_is_refused(data_dir: Path) -> None:
    with pytest.raises(KeyUnavailable, match="nobody to type"):
        unseal_secret("prompt", data_dir=data_dir, environ={})


def test_no_refusal_repeats_the_content(path: Path, data_dir: Path) -> None:
    with pytest.raises(KeyUnavailable) as refusal:
        read(put(path, HEX[:-1]), data_dir)

    assert HEX.decode()[:8] not in str(refusal.value)


def test_a_source_names_its_file_before_it_exists(path: Path, data_dir: Path) -> None:
    assert key_file(f"file:{path}", data_dir=data_dir) == path


def test_a_new_key_file_gives_its_key_again(path: Path, data_dir: Path) -> None:
    secret = create_key_file(path)

    assert read(path, data_dir) == secret
    assert path.read_bytes() == secret.hex().encode() + b"\n"


def test_every_new_key_is_another_one(tmp_path: Path) -> None:
    assert create_key_file(tmp_path / "one") != create_key_file(tmp_path / "two")


def test_a_new_key_file_and_its_folders_are_its_owners_alone(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        create_key_file(tmp_path / "a" / "b" / "unseal.key")
    finally:
        os.umask(umask)

    made = [tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "unseal.key"]
    assert [place.stat().st_mode & 0o777 for place in made] == [0o700, 0o700, 0o600]


def test_a_new_key_file_and_its_folders_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    create_key_file(tmp_path / "a" / "b" / "unseal.key")

    assert synced == [tmp_path.name, "a", "unseal.key", "b"]


def test_a_file_that_is_there_is_never_overwritten(path: Path) -> None:
    put(path, HEX)

    with pytest.raises(KeyUnavailable, match="left as it is"):
        create_key_file(path)

    assert path.read_bytes() == HEX


def test_a_place_that_cannot_be_written_is_refused_with_the_reason(path: Path) -> None:
    put(path, HEX)

    with pytest.raises(KeyUnavailable, match="Not a directory"):
        create_key_file(path / "deeper")


def test_half_a_key_file_is_not_left_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(KeyUnavailable, match="No space left"):
        create_key_file(path)

    assert not path.exists()


def test_a_stuck_random_source_makes_no_key_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "token_bytes", bytes)

    with pytest.raises(KeyUnavailable, match="random source"):
        create_key_file(path)

    assert not path.exists()

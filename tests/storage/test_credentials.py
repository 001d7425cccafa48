"""A credential of systemd's is taken only as systemd gives it; everything else has its sentence."""

import hashlib
import os
from pathlib import Path

import pytest

from storage.credentials import acl_for, is_given_by_systemd
from storage.errors import KeyUnavailable
from storage.key_sources import unseal_secret

SECRET = hashlib.sha256(b"a credential of these tests").digest()
OURS, ROOT, MALLORY = 10_001, 0, 10_666
FILE = 0o100_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What systemd names in CREDENTIALS_DIRECTORY."""
    folder = tmp_path / "poruch.service"
    folder.mkdir(mode=0o700)
    return folder


def put(folder: Path, content: bytes = SECRET, *, mode: int = 0o400) -> Path:
    path = folder / "unseal"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def read(folder: Path, data_dir: Path, name: str = "unseal") -> bytes:
    environ = {"CREDENTIALS_DIRECTORY": str(folder)}
    return unseal_secret(f"credential:{name}", data_dir=data_dir, environ=environ)


def refusal(folder: Path, data_dir: Path, name: str = "unseal") -> str:
    with pytest.raises(KeyUnavailable) as caught:
        read(folder, data_dir, name)
    return str(caught.value)


@pytest.mark.parametrize("content", [SECRET, SECRET.hex().encode(), SECRET.hex().encode() + b"\n"])
def test_a_credential_holds_hex_or_raw_bytes(folder: Path, data_dir: Path, content: bytes) -> None:
    put(folder, content)

    assert read(folder, data_dir) == SECRET


def test_without_systemd_the_way_to_it_is_named(data_dir: Path) -> None:
    with pytest.raises(KeyUnavailable, match="LoadCredentialEncrypted=unseal"):
        unseal_secret("credential:unseal", data_dir=data_dir, environ={})


def test_a_credential_that_was_not_given_is_named_and_not_created(folder: Path, data_dir: Path) -> None:
    assert "gave no credential unseal" in refusal(folder, data_dir)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("mode", [0o600, 0o440, 0o404, 0o500, 0o444, 0o700, 0o1400])
def test_a_credential_of_another_mode_is_refused(folder: Path, data_dir: Path, mode: int) -> None:
    put(folder, mode=mode)

    assert "another owner or mode than systemd gives" in refusal(folder, data_dir)


def test_a_link_is_refused_even_to_a_good_credential(folder: Path, data_dir: Path, tmp_path: Path) -> None:
    (folder / "unseal").symlink_to(put(tmp_path))

    assert "is a link" in refusal(folder, data_dir)


def test_a_folder_in_its_place_is_refused(folder: Path, data_dir: Path) -> None:
    (folder / "unseal").mkdir()

    assert "not a regular file" in refusal(folder, data_dir)


def test_a_credential_in_the_data_folder_is_refused(data_dir: Path) -> None:
    put(data_dir)

    assert "lies in the data folder" in refusal(data_dir, data_dir)


@pytest.mark.parametrize("name", ["..", ".", "../unseal", "a/b", "ключ", "x" * 256])
def test_a_name_that_is_no_credentials_is_refused(folder: Path, data_dir: Path, name: str) -> None:
    assert "systemd cannot have" in refusal(folder, data_dir, name)


@pytest.mark.parametrize("content", [b"", b"a typed sentence of thirty-two b", b"deadbeef" * 8])
def test_a_credential_that_is_no_key_is_refused(folder: Path, data_dir: Path, content: bytes) -> None:
    put(folder, content)

    assert "random" in refusal(folder, data_dir) or "does not hold a key" in refusal(folder, data_dir)


def status(owner: int, mode: int) -> os.stat_result:
    return os.stat_result((FILE | mode, 1, 1, 1, owner, 0, 32, 0, 0, 0))


@pytest.mark.parametrize(
    ("owner", "mode", "acl", "given"),
    [
        pytest.param(OURS, 0o400, None, True, id="ours by ownership"),
        pytest.param(ROOT, 0o440, acl_for(OURS), True, id="root's with our right to read"),
        pytest.param(ROOT, 0o400, None, False, id="root's without a right of ours"),
        pytest.param(ROOT, 0o440, None, False, id="root's and its group's"),
        pytest.param(ROOT, 0o440, acl_for(MALLORY), False, id="root's for Mallory"),
        pytest.param(ROOT, 0o440, acl_for(OURS) + acl_for(MALLORY)[12:20], False, id="for us and Mallory"),
        pytest.param(ROOT, 0o460, acl_for(OURS), False, id="root's that we may write"),
        pytest.param(ROOT, 0o444, acl_for(OURS), False, id="root's for everyone"),
        pytest.param(MALLORY, 0o400, None, False, id="Mallory's"),
        pytest.param(MALLORY, 0o440, acl_for(OURS), False, id="Mallory's with our right to read"),
        pytest.param(OURS, 0o400, acl_for(MALLORY), False, id="ours with a hidden right of Mallory's"),
    ],
)
def test_owner_mode_and_rights_must_be_systemds(
    owner: int, mode: int, acl: bytes | None, given: bool
) -> None:
    assert is_given_by_systemd(status(owner, mode), acl, uid=OURS) is given


def test_a_root_service_is_given_its_own_file() -> None:
    assert is_given_by_systemd(status(ROOT, 0o400), None, uid=ROOT)


def test_the_list_of_rights_is_what_the_kernel_keeps(folder: Path) -> None:
    path = put(folder)

    os.setxattr(path, "system.posix_acl_access", acl_for(OURS))

    assert os.getxattr(path, "system.posix_acl_access") == acl_for(OURS)
    assert path.stat().st_mode & 0o7777 == 0o440

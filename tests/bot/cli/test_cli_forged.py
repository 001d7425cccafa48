"""Mallory knows a recipient's public key and our installation's id, and makes a whole backup of her own."""

import io
import os
import sys
from pathlib import Path
from uuid import UUID

import pytest

from bot.installing import installation
from storage import key_sources
from storage.keyring import deployment_in
from storage.passwords import Cost
from tests.keepers import Keeper, new_keeper

from .conftest import Run

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
OURS, HERS = "kettle window seven grey rivers", "window kettle seven grey rivers"


@pytest.fixture
def keeper(folder: Path) -> Keeper:
    return new_keeper(folder)


class House:
    """Makes installations, ours and hers, under names of their own, and types what the operator would."""

    def __init__(self, poruch: Run, keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
        self.poruch = poruch
        self.keeper = keeper
        self.monkeypatch = monkeypatch

    def named(self, name: str) -> None:
        self.monkeypatch.setenv("PORUCH_DATA_DIR", name)

    def types(self, line: str) -> None:
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{line}\n".encode())))

    def makes(self, name: str, *, passphrase: str = "") -> str:
        """Make an installation and a backup of it in a folder NAME-backups; returns its fingerprint."""
        self.named(name)
        self.monkeypatch.setenv("PORUCH_BACKUP_DIR", f"{name}-backups")
        self.types(passphrase)
        made = self.poruch("init", "--recipient", self.keeper.recipient, "--json").json
        self.types(passphrase)
        assert self.poruch("backup").code == 0
        self.monkeypatch.delenv("PORUCH_BACKUP_DIR")
        return str(made["installation"])

    def restores(self, name: str, *more: str):
        """Restore a backup into a place where nothing is."""
        self.named("new")
        return self.poruch("restore", f"{name}-backups", "--identity", "identity.txt", *more)


@pytest.fixture
def house(poruch: Run, keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> House:
    real = key_sources.secret_from_passphrase
    monkeypatch.setattr(
        key_sources,
        "secret_from_passphrase",
        lambda typed, *, deployment, cost: real(typed, deployment=deployment, cost=CHEAP),
    )
    return House(poruch, keeper, monkeypatch)


def hers_is_called_like_ours(house: House, folder: Path) -> None:
    """The id of an installation stands in clear in its key ring's file; Mallory takes it for hers."""
    ours: UUID = deployment_in(folder / "ours" / "keyring.bin")
    house.monkeypatch.setattr(installation, "uuid4", lambda: ours)


@pytest.mark.parametrize("more", [(), ("--check",)])
def test_her_backup_is_refused_where_the_fingerprint_of_ours_is_asked_for(
    house: House, folder: Path, more: tuple[str, ...]
) -> None:
    fingerprint = house.makes("ours")
    hers_is_called_like_ours(house, folder)
    house.makes("hers")

    ended = house.restores("hers", "--installation", fingerprint, *more)

    assert "another installation than --installation says, or somebody else made it" in ended.refusal
    assert [path.name for path in folder.glob("new*")] == []


@pytest.mark.parametrize("more", [(), ("--check",)])
def test_without_a_fingerprint_nothing_is_believed_that_anybody_could_have_made(
    house: House, folder: Path, more: tuple[str, ...]
) -> None:
    house.makes("hers")

    ended = house.restores("hers", *more)

    assert "anybody could have made this backup" in ended.refusal
    assert "--installation" in ended.refusal
    assert [path.name for path in folder.glob("new*")] == []


def test_a_fingerprint_that_was_miscopied_is_said_to_be_none(house: House) -> None:
    fingerprint = house.makes("ours")

    assert "24 letters and digits" in house.restores("ours", "--installation", fingerprint[:-1]).refusal


def test_the_fingerprint_copied_by_hand_brings_ours_back(house: House) -> None:
    fingerprint = house.makes("ours")

    ended = house.restores("ours", "--installation", fingerprint.lower().replace("-", " "))

    assert (ended.code, f"Installation: {fingerprint}" in ended.out) == (0, True)


def test_a_passphrase_is_asked_for_and_the_recovery_copy_not_believed(house: House, folder: Path) -> None:
    house.monkeypatch.setenv("PORUCH_KEY_SOURCE", "prompt")
    house.makes("ours", passphrase=OURS)
    hers_is_called_like_ours(house, folder)
    house.makes("hers", passphrase=HERS)

    house.types(OURS)
    hers = house.restores("hers")
    left = [path.name for path in folder.glob("new*")]
    house.types(OURS)
    ours = house.restores("ours")

    assert "does not open with this passphrase" in hers.refusal
    assert left == []
    assert (ours.code, "Opened with the passphrase." in ours.out) == (0, True)


def test_our_own_key_file_does_not_open_her_backup(house: House, folder: Path) -> None:
    house.makes("ours")
    hers_is_called_like_ours(house, folder)
    house.makes("hers")
    (folder / "new-key").mkdir(mode=0o700)
    os.link(folder / "ours-key" / "unseal.key", folder / "new-key" / "unseal.key")

    hers, ours = house.restores("hers"), house.restores("ours")

    assert "another key than this backup's, or somebody else made it" in hers.refusal
    assert (ours.code, f"Opened with the key in {folder / 'new-key' / 'unseal.key'}." in ours.out) == (
        0,
        True,
    )


def test_her_data_bundle_among_our_keys_is_refused(house: House, folder: Path) -> None:
    fingerprint = house.makes("ours")
    hers_is_called_like_ours(house, folder)
    house.makes("hers")
    for path in (folder / "ours-backups").glob("data-*.age"):
        path.unlink()
    for path in (folder / "hers-backups").glob("data-*.age"):
        path.rename(folder / "ours-backups" / path.name)

    assert "somebody else made it" in house.restores("ours", "--installation", fingerprint).refusal
    assert [path.name for path in folder.glob("new*")] == []

"""`poruch keys`: what an operator sees of the keys, and rotating them beside whatever else runs."""

import asyncio
import errno
import os
import re
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.commands.recovery import NO_RECOVERY
from bot.configuration.settings import load_settings
from bot.host.run_lock import RotationLock
from bot.installing.installation import open_installation
from solidarity.people import agree
from storage import sqlite
from storage.database import FILE_NAME
from storage.fingerprints import fingerprint_of
from storage.keyring import Purpose, State
from storage.ring_file import RingFile
from storage.ring_steps import prepared
from storage.unit_of_work import UnitOfWork
from tests.bot.cli.conftest import NOW, Run, at_home


@pytest.fixture
def ring_file(installed: Path) -> RingFile:
    secret = bytes.fromhex((installed / "data-key" / "unseal.key").read_text())
    return RingFile(installed / "data" / "keyring.bin", secret)


def changed(statement: str) -> None:
    """Let two people agree, then change the database."""

    async def change(uow: UnitOfWork) -> None:
        for chat_id in (101, 102):
            await agree(uow, chat_id, language="en", now=NOW)
        await uow.session.execute(text(statement))

    async def work() -> None:
        storage = await open_installation(load_settings())
        async with storage.unit() as uow:
            await change(uow)
        await storage.database.close()

    asyncio.run(work())


@pytest.fixture
def two_people(installed: Path) -> None:
    changed("SELECT 1")


def test_the_list_says_what_each_key_is_for_and_shows_none(
    poruch: Run, two_people: None, ring_file: RingFile
):
    ended = poruch("keys", "list")

    ring = ring_file.load()
    kek = ring.primary(Purpose.KEK)
    assert f"{kek.kid.hex()}  KEK  primary  {kek.day}  2" in ended.out.splitlines()
    assert re.findall(r"^[0-9a-f]{16}  (\w+)", ended.out, re.MULTILINE) == [each.value for each in Purpose]
    assert not any(entry.key.hex() in ended.out for entry in ring.entries)


def test_the_list_explains_every_purpose_and_state(poruch: Run, installed: Path):
    _, legend = poruch("keys", "list").out.split("\n\n")

    explained = re.findall(r"^(\w+): +\w", legend, re.MULTILINE)
    assert explained == [*Purpose, *State, "missing"]


def test_the_list_is_one_object_for_programs(poruch: Run, two_people: None, ring_file: RingFile):
    facts = poruch("keys", "list", "--json").json

    assert (facts["installation"], facts["generation"]) == (fingerprint_of(ring_file.load()), 1)
    assert facts["keys"][0] == {
        "kid": ring_file.load().primary(Purpose.KEK).kid.hex(),
        "purpose": "KEK",
        "state": "primary",
        "day": "2026-11-23",
        "data_keys": 2,
    }
    assert {key["data_keys"] for key in facts["keys"][1:]} == {None}


def test_the_list_names_a_key_that_rows_need_and_the_ring_lacks(poruch: Run, installed: Path):
    changed("UPDATE data_key SET kid = x'0102030405060708'")

    assert "0102030405060708  ?    missing              2" in poruch("keys", "list").out.splitlines()


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_to_be_full(
    poruch: Run, installed: Path, monkeypatch: pytest.MonkeyPatch, reason: int
):
    def refuse(*_: object) -> None:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(os, "posix_fallocate", refuse)

    for command in ("list", "rotate"):
        assert poruch("keys", command).refusal == "poruch: the disk is full; make room and try again"


def test_beside_others_who_have_the_database_open_no_room_is_looked_for(
    poruch: Run, installed: Path, ring_file: RingFile, monkeypatch: pytest.MonkeyPatch
):
    with closing(sqlite.connect(installed / "data" / FILE_NAME, ring_file.load().primary(Purpose.DBK).key)):
        monkeypatch.setattr(os, "posix_fallocate", None)

        assert poruch("keys", "list").code == 0


def test_rotating_brings_a_new_key_and_destroys_the_old(poruch: Run, two_people: None, ring_file: RingFile):
    old = ring_file.load().primary(Purpose.KEK).kid.hex()

    ended = poruch("keys", "rotate")

    new = ring_file.load().primary(Purpose.KEK).kid.hex()
    assert (ended.code, ended.err, ended.out.splitlines()) == (
        0,
        f"poruch: {NO_RECOVERY}\n",
        [
            f"The wrapping key is {new} now; 2 data keys were wrapped anew.",
            f"The key {old} was taken out of the ring and overwritten.",
            f"Installation: {fingerprint_of(ring_file.load())}, as before",
        ],
    )


def test_one_data_key_is_said_to_be_one(poruch: Run, installed: Path) -> None:
    async def join(uow: UnitOfWork) -> None:
        await agree(uow, 101, language="en", now=NOW)

    at_home(join)

    assert "; 1 data key was wrapped anew." in poruch("keys", "rotate").out


def test_the_key_of_the_trail_is_said_to_be_in_use(poruch: Run, installed: Path) -> None:
    assert "AUD:     seals where the trail of what was done stands" in poruch("keys", "list").out


def test_rotating_prints_one_object_for_programs(poruch: Run, two_people: None, ring_file: RingFile):
    old = ring_file.load().primary(Purpose.KEK).kid.hex()

    facts = poruch("keys", "rotate", "--json").json

    new = ring_file.load().primary(Purpose.KEK).kid.hex()
    assert facts == {
        "key": new, "generation": 4, "moved": 2, "retired": [old], "unreadable": [], "resumed": False,
        "installation": fingerprint_of(ring_file.load()), "recovery_copy": None,
    }  # fmt: skip


def test_a_rotation_that_was_cut_off_is_finished(poruch: Run, two_people: None, ring_file: RingFile):
    ring_file.save(prepared(ring_file.load(), day=NOW.date()))

    ended = poruch("keys", "rotate")

    assert ended.out.splitlines()[0] == "A rotation that was cut off is finished."
    assert State.PENDING not in {entry.state for entry in ring_file.load().entries}


def test_two_rotations_never_run_at_once(poruch: Run, installed: Path, ring_file: RingFile):
    before = ring_file.path.read_bytes()

    with RotationLock(installed / "data"):
        refusal = poruch("keys", "rotate").refusal

    assert "rotated by another process" in refusal
    assert ring_file.path.read_bytes() == before


def test_a_rotation_with_a_wrong_unseal_secret_changes_nothing(
    poruch: Run, two_people: None, installed: Path
):
    (installed / "data-key" / "unseal.key").write_text(os.urandom(32).hex())
    data = installed / "data"
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}

    assert "another key" in poruch("keys", "rotate").refusal
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_a_data_key_that_does_not_open_is_named_and_keeps_no_key_alive(
    poruch: Run, installed: Path, ring_file: RingFile
):
    old = ring_file.load().primary(Purpose.KEK).kid
    changed("UPDATE data_key SET gen = 2 WHERE subject = (SELECT min(subject) FROM data_key)")

    ended = poruch("keys", "rotate")

    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith("poruch: data keys of 1 subjects do not open")
    assert old not in {entry.kid for entry in ring_file.load().entries}

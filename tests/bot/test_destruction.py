"""Destroying: nothing opens afterwards, whatever state the installation and its database are in."""

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.backups import back_up
from bot.destruction import Destroyed, Places, destroy, places_of
from bot.refusals import InstallationError
from bot.restoring import restore
from storage.database import FILE_NAME
from tests.bot.filled import PHRASE, Ground, everything, make_ground, opened, said_of
from tests.world import NOON, new_person

DEAD_URL = "postgresql+psycopg://poruch@127.0.0.1:9/poruch"


def unheard(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture
async def ground(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Ground:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    ground = await make_ground(tmp_path, url)
    (tmp_path / "token").write_text("7000000001:secret-token")
    return ground


def places(ground: Ground, **changes: str) -> Places:
    given = {"PORUCH_DATA_DIR": "data", "PORUCH_TOKEN_FILE": "token", "PORUCH_BACKUP_DIR": "backups"}
    if ground.settings.database_url is not None:
        given["PORUCH_DATABASE_URL"] = ground.settings.database_url.get_secret_value()
    return places_of(given | changes, ground.settings.data_dir.parent)


def data_keys(ground: Ground) -> int:
    assert ground.settings.database_url is not None
    engine = create_engine(ground.settings.database_url.get_secret_value())
    with engine.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM data_key")).scalar_one()
    engine.dispose()
    return int(count)


async def test_keys_token_and_database_are_gone(ground: Ground, tmp_path: Path) -> None:
    result = destroy(places(ground))

    assert result.failed == []
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        [".backup.lock", "identity.txt", "recovery.age"]
    )
    if ground.settings.database_url is not None:
        assert data_keys(ground) == 0


async def test_nothing_opens_afterwards_and_the_backup_brings_it_back(ground: Ground, tmp_path: Path) -> None:
    async with opened(ground.settings) as storage:
        await back_up(storage, ground.backups, now=NOON, progress=unheard)

    destroy(places(ground))

    with pytest.raises(InstallationError):
        await everything(ground.settings)
    fresh = ground.elsewhere(tmp_path / "fresh")
    await restore(fresh, ground.backups, ground.keeper.identities, now=NOON, progress=unheard)
    assert (await said_of(fresh, ground.people["alice"]))["phrase"] == PHRASE


async def test_a_file_that_is_still_linked_elsewhere_holds_nothing_any_more(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    ring, file = tmp_path / "ring", tmp_path / "file"
    os.link(ground.settings.data_dir / "keyring.bin", ring)
    os.link(ground.settings.data_dir / FILE_NAME, file)

    destroy(places(ground))

    assert set(ring.read_bytes()) == {0}
    assert set(file.read_bytes()[: 2**16]) == {0}


async def test_leftovers_of_a_broken_writing_and_copies_of_upgrades_go_too(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    folder = ground.settings.data_dir
    for name in (".keyring.bin.abc123", "poruch-0001.db", "poruch-0001-2.db", "poruch.db-wal"):
        (folder / name).write_bytes(b"something")

    destroy(places(ground))

    assert list(folder.iterdir()) == []


async def test_without_the_key_file_it_works_as_well(ground: Ground, tmp_path: Path) -> None:
    (tmp_path / "data-key" / "unseal.key").unlink()

    assert destroy(places(ground)).failed == []
    assert not (ground.settings.data_dir / "keyring.bin").exists()


async def test_while_others_hold_the_database(ground: Ground) -> None:
    async with opened(ground.settings) as storage, storage.unit() as uow:
        await uow.people.add(new_person(), chat_id=1, phrase="being written just now")

        result = destroy(places(ground))

        assert not (ground.settings.data_dir / "keyring.bin").exists()
        assert result.failed == []
        await uow.session.rollback()


async def test_a_database_that_does_not_answer_is_named_and_the_rest_destroyed(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    begun = time.monotonic()

    result = destroy(places(ground, PORUCH_DATABASE_URL=DEAD_URL))

    assert time.monotonic() - begun < 2
    assert any("does not answer" in line for line in result.failed)
    assert not (ground.settings.data_dir / "keyring.bin").exists()


async def test_a_second_time_goes_on_where_the_first_ended(ground: Ground) -> None:
    (ground.settings.data_dir / "keyring.bin").unlink()

    assert destroy(places(ground)).failed == []
    assert not (ground.settings.data_dir / FILE_NAME).exists()


@pytest.mark.parametrize("text", ["PORUCH_TOKEN=7000000001:x\n", "export PORUCH_TOKEN='7000000001:x'\n"])
def test_an_env_file_goes_where_it_holds_the_token(tmp_path: Path, text: str) -> None:
    (tmp_path / ".env").write_text("# settings\n" + text)

    assert places_of({}, tmp_path).token_files == (tmp_path / ".env",)


def test_an_env_file_without_a_token_stays(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORUCH_LOG_LEVEL=INFO\n")

    assert places_of({}, tmp_path).token_files == ()


def test_what_lies_elsewhere_is_named(tmp_path: Path) -> None:
    given = {"PORUCH_KEY_SOURCE": "credential:unseal", "PORUCH_BACKUP_DIR": "/mnt/stick"}

    said = " ".join(said_by(destroy(places_of(given, tmp_path))))

    assert [word for word in ("/revoke", "unseal", "/mnt/stick", "Snapshots") if word not in said] == []


def said_by(result: Destroyed) -> list[str]:
    return [*result.failed, *result.beyond]


@pytest.mark.proof
@pytest.mark.timeout(900)
async def test_five_thousand_people_are_destroyed_within_two_seconds(ground: Ground) -> None:
    async with opened(ground.settings) as storage:
        for start in range(0, 5_000, 500):
            async with storage.unit() as uow:
                for number in range(start, start + 500):
                    await uow.people.add(new_person(), chat_id=9_000_000_000 + number, phrase=PHRASE)
    begun = time.monotonic()

    result = destroy(places(ground))

    assert time.monotonic() - begun <= 2
    assert result.failed == []

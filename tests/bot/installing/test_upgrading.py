"""`poruch upgrade`: the copy of SQLite's file goes where it succeeds, and stays where it fails."""

import errno
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.configuration.settings import Settings
from bot.host.run_lock import RunLock
from bot.installing.installation import InstallationError, create, open_installation
from bot.installing.upgrading import upgrade
from storage import schema
from tests.world import NOON

BEFORE = schema.REVISIONS[-1]


@pytest.fixture
def in_a_file(tmp_path: Path) -> Settings:
    """The same, on SQLite."""
    settings = Settings(data_dir=tmp_path / "data")
    create(settings, now=NOON)
    return settings


def migrate(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE brought (id INTEGER PRIMARY KEY)"))
    connection.execute(text("UPDATE alembic_version SET version_num = '0777'"))


def migrate_on_a_full_disk(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE brought (id INTEGER PRIMARY KEY)"))
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def newer_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """This release brings a migration that no database has seen."""
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "0777"))
    monkeypatch.setattr(schema, "upgrade", migrate)


@pytest.fixture
def older(settings: Settings, newer_release: None) -> Settings:
    """An installation made before the migration that this release brings."""
    return settings


@pytest.fixture
def older_file(in_a_file: Settings, newer_release: None) -> Settings:
    """The same, on SQLite."""
    return in_a_file


def copies(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.data_dir.glob("poruch-*"))


async def refusal(settings: Settings) -> str:
    with pytest.raises(InstallationError) as caught:
        await open_installation(settings)
    return str(caught.value)


def failed_upgrade(settings: Settings) -> str:
    with pytest.raises(InstallationError) as caught:
        upgrade(settings)
    return str(caught.value)


def test_what_is_of_this_release_needs_no_upgrade(settings: Settings) -> None:
    before = {path: path.read_bytes() for path in settings.data_dir.iterdir()}

    line = upgrade(settings)

    assert line == "The database is of this release already; nothing was to be done."
    assert {path: path.read_bytes() for path in settings.data_dir.iterdir()} == before


async def test_an_older_database_is_refused_until_it_is_upgraded(older: Settings) -> None:
    assert "poruch upgrade" in await refusal(older)


async def test_an_older_database_is_upgraded(older: Settings) -> None:
    line = upgrade(older)

    storage = await open_installation(older)
    async with storage.view() as uow:
        brought = await uow.session.scalar(text("SELECT count(*) FROM brought"))
    await storage.database.close()
    assert (brought, f"from {BEFORE} to 0777." in line) == (0, True)


def test_no_copy_is_left_of_what_was_upgraded(older_file: Settings) -> None:
    names = {path.name for path in older_file.data_dir.iterdir()} | {"run.lock"}

    upgrade(older_file)

    assert {path.name for path in older_file.data_dir.iterdir()} == names


def test_the_copy_lies_there_while_the_database_is_changed(
    older_file: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []

    def look(connection: Connection) -> None:
        seen.append(copies(older_file))
        migrate(connection)

    monkeypatch.setattr(schema, "upgrade", look)

    upgrade(older_file)

    assert seen == [[f"poruch-{BEFORE}.db"]]


async def test_an_upgrade_that_fails_changes_nothing(
    older: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "upgrade", migrate_on_a_full_disk)

    line = failed_upgrade(older)

    assert "disk is full" in line
    assert "poruch upgrade" in await refusal(older)


async def test_an_upgrade_that_fails_keeps_the_copy_and_says_where(
    older_file: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "upgrade", migrate_on_a_full_disk)

    line = failed_upgrade(older_file)

    copy = older_file.data_dir / f"poruch-{BEFORE}.db"
    assert f"lies in {copy}: delete that within seven days" in line
    assert copy.stat().st_mode & 0o777 == 0o600
    copy.replace(older_file.data_dir / "poruch.db")
    assert "poruch upgrade" in await refusal(older_file)


async def test_a_database_that_does_not_open_after_its_upgrade_is_kept_as_it_was(
    older_file: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The migration is committed, but the schema it leaves is none of this release."""

    def migrate_too_far(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '0888'"))

    monkeypatch.setattr(schema, "upgrade", migrate_too_far)

    line = failed_upgrade(older_file)

    copy = older_file.data_dir / f"poruch-{BEFORE}.db"
    assert (f"lies in {copy}" in line, copies(older_file)) == (True, [copy.name])
    copy.replace(older_file.data_dir / "poruch.db")
    assert "poruch upgrade" in await refusal(older_file)


def test_an_upgrade_that_succeeds_removes_the_copies_of_those_that_failed(
    older_file: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "upgrade", migrate_on_a_full_disk)
    for _ in range(2):
        failed_upgrade(older_file)
    assert copies(older_file) == [f"poruch-{BEFORE}-2.db", f"poruch-{BEFORE}.db"]
    monkeypatch.setattr(schema, "upgrade", migrate)

    upgrade(older_file)

    assert copies(older_file) == []


def test_a_copy_that_a_killed_upgrade_left_goes_with_the_next_call(in_a_file: Settings) -> None:
    (in_a_file.data_dir / f"poruch-{BEFORE}.db").write_bytes(b"as it was")

    line = upgrade(in_a_file)

    assert (copies(in_a_file), "No copy of it as it was is left" in line) == ([], True)


def test_what_the_operator_called_like_a_copy_stays(older_file: Settings) -> None:
    (older_file.data_dir / "poruch-before.db").write_bytes(b"their own")

    upgrade(older_file)

    assert copies(older_file) == ["poruch-before.db"]


def test_a_link_in_the_place_of_a_copy_is_named_and_what_it_names_stays(
    in_a_file: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_text("somebody else's")
    link = in_a_file.data_dir / f"poruch-{BEFORE}.db"
    link.symlink_to(other)

    line = upgrade(in_a_file)

    assert f"{link} could not be removed" in line
    assert "No copy" not in line
    assert other.read_text() == "somebody else's"


def test_nothing_is_upgraded_while_the_bot_runs(older_file: Settings) -> None:
    with RunLock(older_file.data_dir):
        line = failed_upgrade(older_file)

    assert ("running" in line, copies(older_file)) == (True, [])


def test_a_copy_stays_while_an_upgrade_may_be_under_way(in_a_file: Settings) -> None:
    (in_a_file.data_dir / f"poruch-{BEFORE}.db").write_bytes(b"as it was")

    with RunLock(in_a_file.data_dir):
        line = failed_upgrade(in_a_file)

    assert ("running" in line, copies(in_a_file)) == (True, [f"poruch-{BEFORE}.db"])

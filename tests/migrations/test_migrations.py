"""Each revision goes up, down and up again on both databases, and ends where the models are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, inspect, text

from storage import schema, sqlite
from storage.schema import REVISIONS, SchemaState


@pytest.fixture
def connection(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """An empty database."""
    if engine_name == "sqlite":
        engine = create_engine(
            "sqlite://",
            module=sqlite.sqlcipher,
            creator=lambda: sqlite.connect(tmp_path / "empty.db", b"k" * 32, create=True),
        )
    else:
        engine = create_engine(request.getfixturevalue("empty_postgresql"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_an_empty_database_is_known_as_empty(connection: Connection):
    assert schema.state_of(connection) is SchemaState.EMPTY


def test_the_models_match_what_the_migrations_make(connection: Connection):
    schema.upgrade(connection)

    command.check(schema.alembic_config(connection))
    assert schema.state_of(connection) is SchemaState.CURRENT


def test_a_forgotten_migration_would_be_noticed(connection: Connection):
    schema.upgrade(connection)
    connection.execute(text("ALTER TABLE code ADD COLUMN forgotten INTEGER"))

    with pytest.raises(CommandError, match="New upgrade operations"):
        command.check(schema.alembic_config(connection))


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_revision_goes_up_down_and_up_again(connection: Connection, revision: str):
    before = REVISIONS[REVISIONS.index(revision) - 1] if revision != REVISIONS[0] else "base"
    schema.upgrade(connection, revision)
    tables = set(inspect(connection).get_table_names())

    schema.downgrade(connection, before)
    schema.upgrade(connection, revision)

    assert set(inspect(connection).get_table_names()) == tables


def test_an_older_database_is_known_as_older(connection: Connection, monkeypatch: pytest.MonkeyPatch):
    schema.upgrade(connection)
    monkeypatch.setattr(schema, "REVISIONS", (*REVISIONS, "9999"))

    assert schema.state_of(connection) is SchemaState.OLDER


def test_a_database_of_a_later_release_is_known_as_newer(connection: Connection):
    schema.upgrade(connection)
    connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert schema.state_of(connection) is SchemaState.NEWER


def test_the_list_of_revisions_is_the_folder_of_migrations(connection: Connection):
    script = ScriptDirectory.from_config(schema.alembic_config(connection))

    assert tuple(r.revision for r in reversed(list(script.walk_revisions()))) == REVISIONS


PERSON = text(
    "INSERT INTO person (id, chat, chat_index, language, form, zone, hour, quiet_from, quiet_to, texts,"
    " delete_after_hours, letter_languages, is_reachable, joined_on, last_seen_on, phrase)"
    " VALUES (:id, :id, :id, 'en', 'unsaid', 'Europe/Minsk', 600, 1260, 540, 'neutral',"
    " 24, '', 1, '2026-11-01', '2026-11-01', :id)"
)
HIDING = text(
    "INSERT INTO hiding (person_id, chat_index, hidden_at, wrong_tries) VALUES (:id, :account, :hidden_at, 0)"
)


def test_who_hides_already_stays_in_the_order_of_their_instants(connection: Connection):
    schema.upgrade(connection, "0002")
    for name, account, hidden_at in [(b"late", b"one", 7), (b"early", b"one", 3), (b"other", b"two", 5)]:
        person_id = name.ljust(16)
        connection.execute(PERSON, {"id": person_id})
        connection.execute(HIDING, {"id": person_id, "account": account, "hidden_at": hidden_at})

    schema.upgrade(connection, "0003")

    found = connection.execute(text("SELECT person_id, sequence FROM hiding")).all()
    assert {bytes(one).strip(): sequence for one, sequence in found} == {b"early": 1, b"late": 2, b"other": 1}

"""The ground of all tests: both databases, freshly migrated, and keys that are only for tests."""

import asyncio
import gc
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import Connection, Engine, create_engine, text

from storage import schema, sqlite
from storage.database import FILE_NAME, Database, open_postgresql, open_sqlite
from storage.keyring import Purpose
from storage.keys import Keys
from storage.models import AuditHead, Base, Installation
from storage.unit_of_work import Storage
from tests.postgresql import Kept, Server
from tests.world import DEPLOYMENT, RING, begun_trail

# Half of the usual hundred: what a change breaks shows in these as well.
settings.register_profile("quick", max_examples=50, derandomize=True, deadline=None)
# `make prove` looks further, by another way each time; `make test` says the same of the same code each time.
settings.register_profile("search", max_examples=200, deadline=None)
settings.load_profile("quick")
# Who starts the tests in the background has Ctrl-C ignored, and every process that a test starts would be so.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What is logged where no test chose how is written plainly: colours and frames cost more than what is tested.
structlog.configure(
    processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer(sort_keys=True)]
)

# Thousands of collected tests stand there until the end: looking through them for garbage is costly.
gc.set_threshold(20_000, 20, 20)

# Ends every connection but one's own and those that are kept, and says of each whether it was ended.
OTHERS = text(
    "SELECT pid, CASE WHEN pid = ANY(:kept) THEN false ELSE pg_terminate_backend(pid) END"
    " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


FOLDER = Path(__file__).parent
# Whole chats and the whole bot; the rules and queries below them are tested on both databases.
OF_THE_WHOLE = {FOLDER / name for name in ("attacks", "handlers", "stories")}
ONE_IN = 8


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run whole chats on SQLite, one in eight of each file on PostgreSQL too; `make prove` runs all there."""
    names = {item.nodeid for item in items}
    told = Counter[Path]()
    for item in items:
        twin = item.nodeid.replace("postgresql", "sqlite")
        if twin == item.nodeid or twin not in names or OF_THE_WHOLE.isdisjoint(item.path.parents):
            continue
        if item.get_closest_marker("proof") is None:
            if told[item.path] % ONE_IN:
                item.add_marker(pytest.mark.proof)
            told[item.path] += 1


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than processors: tests wait for the disk a third of their time."""
    return (os.cpu_count() or 1) + 1


def migrate(connection: Connection) -> None:
    schema.upgrade(connection)
    add_installation(connection)
    connection.commit()


def add_installation(connection: Connection) -> None:
    connection.execute(
        Installation.__table__.insert().values(
            deployment=DEPLOYMENT, keyring_generation=RING.generation, created_on=date(2026, 11, 1)
        )
    )
    connection.execute(AuditHead.__table__.insert().values(**begun_trail()))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    key = RING.primary(Purpose.DBK).key
    engine = create_engine(
        "sqlite://",
        module=sqlite.sqlcipher,
        creator=lambda: sqlite.connect(folder / FILE_NAME, key, create=True),
    )
    with engine.connect() as connection:
        migrate(connection)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return folder / FILE_NAME


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> Iterator[Server]:
    """A real PostgreSQL, shared by the workers of one run."""
    folder = Path(tempfile.gettempdir()) / f"poruch-pg-{testrun_uid[:12]}"
    server = Server(folder, {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"})
    yield server
    server.goes()


@pytest.fixture(scope="session")
def worker_postgresql(postgresql_server: Server, worker_id: str) -> Iterator[Engine]:
    """One migrated database for each worker of the tests; making one anew for each test costs far more."""
    name = f"tests_{worker_id}"
    postgresql_server.runs(f"CREATE DATABASE {name}")
    # A test may have ended every connection to it.
    engine = create_engine(postgresql_server.address(name), pool_pre_ping=True)
    with engine.connect() as connection:
        migrate(connection)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def kept_connections(worker_postgresql_database: Database) -> Iterator[Kept]:
    kept = Kept(worker_postgresql_database.writer.sync_engine)
    yield kept
    kept.keep_only(())


@pytest.fixture
def new_postgresql(worker_postgresql: Engine, kept_connections: Kept) -> str:
    """The address of a migrated database in which nothing stands but the installation."""
    # Not TRUNCATE, which makes new files for every table and index, empty ones too.
    empty = "; ".join(f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables))
    with worker_postgresql.begin() as connection:
        others = connection.execute(OTHERS, {"kept": kept_connections.pids})
        kept_connections.keep_only({pid for pid, is_ended in others if not is_ended})
        connection.exec_driver_sql(empty)
        add_installation(connection)
    return worker_postgresql.url.render_as_string(hide_password=False)


@pytest.fixture
def empty_postgresql(postgresql_server: Server, worker_id: str) -> Iterator[str]:
    """The address of a database without a schema, gone after the test."""
    name = f"empty_{worker_id}"
    postgresql_server.runs(f"CREATE DATABASE {name}")
    yield postgresql_server.address(name)
    postgresql_server.runs(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(scope="session")
def sqlite_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A link to the data folder of the test that runs."""
    return tmp_path_factory.mktemp("place") / "data"


@pytest.fixture(scope="session")
def worker_sqlite_database(sqlite_place: Path) -> Database:
    return open_sqlite(sqlite_place, RING.primary(Purpose.DBK).key)


@pytest.fixture(scope="session")
def worker_postgresql_database(worker_postgresql: Engine) -> Database:
    return open_postgresql(worker_postgresql.url.render_as_string(hide_password=False))


@pytest.fixture
def new_sqlite(data_dir: Path, sqlite_template: Path, sqlite_place: Path) -> None:
    shutil.copyfile(sqlite_template, data_dir / FILE_NAME)
    sqlite_place.unlink(missing_ok=True)
    sqlite_place.symlink_to(data_dir)


@pytest.fixture
async def database(engine_name: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """A migrated database in which nothing stands but the installation.

    The engine is the worker's, since it remembers compiled statements. Its pool is each test's own, to which
    only what nobody holds goes on: no transaction, no lock, nothing set.
    """
    request.getfixturevalue(f"new_{engine_name}")
    database: Database = request.getfixturevalue(f"worker_{engine_name}_database")
    yield database
    kept: Kept | None = None if database.is_sqlite else request.getfixturevalue("kept_connections")
    with kept.keeping() if kept else nullcontext():
        await asyncio.shield(database.close())


@pytest.fixture
def storage(database: Database) -> Storage:
    return Storage(database, Keys(RING))

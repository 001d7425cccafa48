"""Counts the statements that a piece of work runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from storage.unit_of_work import Storage

GIVEN = "WITH given AS MATERIALIZED"


@contextmanager
def statements(storage: Storage) -> Iterator[list[str]]:
    """Note the first word and the table of whatever is executed meanwhile, from keys that are forgotten."""
    ran: list[str] = []
    engines = {storage.database.writer.sync_engine, storage.database._reader.sync_engine}

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            # What rows come with it is not what it does.
            does = statement.partition("AS each)")[2] if statement.startswith(GIVEN) else statement
            ran.append(" ".join(does.split()[:3]))

    storage.keys.cache.clear()
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)

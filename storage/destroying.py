"""What is destroyed in a database when nobody may ever open it again."""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import NullPool, create_engine, delete, text
from sqlalchemy.exc import DBAPIError

from storage.database import FILE_NAME
from storage.models import WrappedKey
from storage.shredding import shred

LOCK_WAIT = text("SET lock_timeout = '300ms'")


def destroy_data_keys(url: str) -> None:
    """Delete every wrapped data key of a PostgreSQL database; needs no key of ours.

    Raises:
        SQLAlchemyError: the database cannot be reached, or somebody holds the table.
    """
    engine = create_engine(url, hide_parameters=True, poolclass=NullPool, connect_args={"connect_timeout": 2})
    try:
        with engine.connect() as connection:
            connection.execute(LOCK_WAIT)
            try:
                # Unlike deleted rows, a truncated table's file is given back to the disk at once.
                connection.execute(text(f"TRUNCATE {WrappedKey.__tablename__}"))
            except DBAPIError:
                connection.rollback()
                connection.execute(LOCK_WAIT)
                connection.execute(delete(WrappedKey))
            connection.commit()
    finally:
        engine.dispose()


def database_files(data_dir: Path) -> list[Path]:
    """Return the SQLite database, its log, and the copies that upgrades and a broken restore left."""
    stem, end = Path(FILE_NAME).stem, Path(FILE_NAME).suffix
    patterns = (FILE_NAME, f"{FILE_NAME}-*", f"{stem}-*{end}*", f".restoring/{FILE_NAME}*")
    return [path for pattern in patterns for path in sorted(data_dir.glob(pattern))]


def destroy_files(files: list[Path], *, seconds: float) -> list[Path]:
    """Overwrite and remove files; returns those that resisted. The time bounds each overwriting."""
    resisting = []
    for path in files:
        try:
            shred(path, seconds=seconds)
        except OSError:
            resisting.append(path)
    with suppress(OSError):
        for folder in {path.parent for path in files if path.parent.name == ".restoring"}:
            folder.rmdir()
    return resisting

"""What is destroyed in a database, and on the disk, when nobody may ever open it again."""

import errno
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    Connection,
    NullPool,
    create_engine,
    delete,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from storage.database import FILE_NAME
from storage.models import WrappedKey
from storage.shredding import shred

STAGING = ".restoring"
BATCH = 1000
PATIENCE_SECONDS = 0.2


@dataclass(frozen=True)
class KeysGone:
    """How many wrapped data keys there were, and how many of them are still there."""

    found: int
    left: int


def destroy_data_keys(url: str, *, seconds: float) -> KeysGone:
    """Delete every wrapped data key of a PostgreSQL database; needs no key of ours.

    Rows that somebody holds keep back no others, and are tried again until the time is over.

    Raises:
        SQLAlchemyError: the database cannot be reached, or lets nobody look at the table.
        ValueError: the address is not PostgreSQL's.
    """
    until = time.monotonic() + seconds
    address = make_url(url)
    if address.get_backend_name() != "postgresql":
        raise ValueError("not PostgreSQL")
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": 2},
    )
    try:
        with engine.connect() as connection:
            _wait_for_locks(connection, seconds)
            if not inspect(connection).has_table(WrappedKey.__tablename__):
                return KeysGone(0, 0)
            found = _count(connection)
            return KeysGone(found, _empty(connection, until))
    finally:
        engine.dispose()


def _empty(connection: Connection, until: float) -> int:
    """Empty the table of data keys; returns how many rows are left."""
    patience = 0.0
    while not _is_truncated(connection, patience):
        while _delete_free(connection, until) == BATCH:
            continue
        left = _count(connection)
        # Whoever only reads keeps the table from being truncated: with no row left that is tried once.
        if time.monotonic() >= until or (not left and patience):
            return left
        patience = min(PATIENCE_SECONDS, until - time.monotonic())
    return 0


def _is_truncated(connection: Connection, patience: float) -> bool:
    """Try to empty the table at once: unlike deleted rows, its file is given back to the disk."""
    _wait_for_locks(connection, patience)
    try:
        connection.execute(text(f"TRUNCATE {WrappedKey.__tablename__}"))
    except DBAPIError:
        return False
    return True


def _delete_free(connection: Connection, until: float) -> int:
    """Delete a batch of rows that nobody holds; returns how many."""
    _wait_for_locks(connection, until - time.monotonic())
    free = select(WrappedKey.subject).limit(BATCH).with_for_update(skip_locked=True).cte("free")
    return connection.execute(delete(WrappedKey).where(WrappedKey.subject == free.c.subject)).rowcount


def _count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(WrappedKey)).scalar_one()


def _wait_for_locks(connection: Connection, seconds: float) -> None:
    # Nothing at all would mean for ever.
    connection.execute(text(f"SET lock_timeout = {max(1, int(seconds * 1000))}"))


def database_files(data_dir: Path) -> list[Path]:
    """Return the SQLite database, its log, and the copies that upgrades and a broken restore left."""
    stem, end = Path(FILE_NAME).stem, Path(FILE_NAME).suffix
    # A link in the place of that folder is returned itself, so that it resists.
    links = [path for path in data_dir.glob(STAGING) if path.is_symlink()]
    patterns = [
        FILE_NAME,
        f"{FILE_NAME}-*",
        f"{stem}-*{end}*",
        *([] if links else [f"{STAGING}/{FILE_NAME}*"]),
    ]
    return [path for pattern in patterns for path in sorted(data_dir.glob(pattern))] + links


@dataclass(frozen=True)
class FilesGone:
    """How many files were there and are gone, and which are still there."""

    count: int
    resisting: tuple[Path, ...]


def destroy_files(files: Iterable[Path], *, seconds: float, through_links: bool = False) -> FilesGone:
    """Overwrite and remove what is there of some files, in this time but for the first mebibyte of each.

    Args:
        through_links: whether what a link leads to is destroyed with it, as `behind_links`; a link resists
            otherwise and is left as it is.
    """
    count, resisting = 0, []
    until = time.monotonic() + seconds
    for path in files:
        left = max(0.0, until - time.monotonic())
        try:
            count += _destroy_file(path, seconds=left, through_links=through_links)
        except OSError:
            resisting.append(path)
    return FilesGone(count, tuple(resisting))


def _destroy_file(path: Path, *, seconds: float, through_links: bool) -> bool:
    if path.is_symlink():
        if not through_links:
            raise OSError(errno.ELOOP, "a link", str(path))
        shred(behind_links(path), seconds=seconds)
    return shred(path, seconds=seconds)


def behind_links(path: Path) -> Path:
    """Return what a link leads to in the end; what is no link is returned as it is.

    Raises:
        OSError: there is nothing, or the link was made by somebody to whom what it leads to does not belong.
    """
    if not path.is_symlink():
        return path
    target = Path(os.path.realpath(path))
    # Otherwise whoever may write beside a file could have root destroy any other.
    if path.lstat().st_uid not in (0, os.geteuid(), target.lstat().st_uid):
        raise PermissionError(errno.EPERM, "a link of somebody else", str(path))
    return target

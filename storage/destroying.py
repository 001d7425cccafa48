"""What is destroyed in a database, and on the disk, when nobody may ever open it again."""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import NullPool, create_engine, delete, text
from sqlalchemy.exc import DBAPIError

from storage.database import FILE_NAME
from storage.models import WrappedKey
from storage.shredding import shred

STAGING = ".restoring"
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
    # A link in the place of that folder is named itself, so that it resists.
    restoring = STAGING if (data_dir / STAGING).is_symlink() else f"{STAGING}/{FILE_NAME}*"
    patterns = (FILE_NAME, f"{FILE_NAME}-*", f"{stem}-*{end}*", restoring)
    return [path for pattern in patterns for path in sorted(data_dir.glob(pattern))]


def destroy_files(files: Iterable[Path], *, seconds: float, through_links: bool = False) -> list[Path]:
    """Overwrite and remove files; returns those that resisted. The time bounds each overwriting.

    Args:
        through_links: whether what a link leads to is destroyed with it, as `behind_links`; a link resists
            otherwise and is left as it is.
    """
    resisting = []
    for path in files:
        try:
            if through_links:
                shred(behind_links(path), seconds=seconds)
            elif path.is_symlink():
                raise OSError(errno.ELOOP, "a link", str(path))
            shred(path, seconds=seconds)
        except OSError:
            resisting.append(path)
    with suppress(OSError):
        for folder in {path.parent for path in files if path.parent.name == STAGING}:
            folder.rmdir()
    return resisting


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

"""What stands in the way of an installation, each as one line that says what to do.

A line never holds an address, a user name, a password or a key. It may name a path: for the terminal only.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from storage.errors import DatabaseUnavailable, StorageError

FULL = "the disk is full; make room and try again"
READ_ONLY = "the data folder cannot be written; check its owner and mode, or the mount"
_SQLITE = {
    "disk is full": FULL,
    "readonly": READ_ONLY,
    "unable to open": READ_ONLY,
    "disk i/o": "the disk cannot be read or written; check it, and restore from a backup if need be",
    "locked": "another program holds the database; stop it and try again",
    "malformed": "the database file is damaged; restore it from a backup",
}
_POSTGRESQL = {
    "password authentication": "the database refuses the user or password in PORUCH_DATABASE_URL",
    "does not exist": "PORUCH_DATABASE_URL names a user or database that does not exist; create it first",
    "permission denied": "the database user lacks rights; let it own the database",
    "too many": "the database takes no more connections; close some and try again",
    "no space left": "the database server's disk is full; make room and try again",
    "read-only": "the database server takes no writes; point PORUCH_DATABASE_URL at the one that does",
    "ssl": "the database cannot be reached encrypted; check sslmode in PORUCH_DATABASE_URL",
}
_UNUSABLE = "the database file cannot be used; check the disk, and restore it from a backup if need be"
_AWAY = "the database cannot be reached; check that it runs, and PORUCH_DATABASE_URL"


class InstallationError(Exception):
    """Something stands in the way; the text is the one line for the operator."""

    is_safe_to_log = False


@contextmanager
def in_one_line() -> Iterator[None]:
    """Turn what can stand in the way in this block into its line.

    Raises:
        InstallationError: it did.
    """
    try:
        yield
    except DatabaseUnavailable as error:
        raise InstallationError(_database_line(error.__cause__)) from None
    except StorageError as error:
        # Each of them is written for the operator.
        raise InstallationError(str(error)) from None
    except (DBAPIError, sqlcipher.Error) as error:
        raise InstallationError(_database_line(error)) from None
    except OSError as error:
        raise InstallationError(_file_line(error)) from None


def _database_line(error: BaseException | None) -> str:
    original = error.orig if isinstance(error, DBAPIError) else error
    is_sqlite = original is None or not type(original).__module__.startswith("psycopg")
    words = str(original).lower()
    table = _SQLITE if is_sqlite else _POSTGRESQL
    otherwise = _UNUSABLE if is_sqlite else _AWAY
    return next((line for part, line in table.items() if part in words), otherwise)


def _file_line(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return FULL
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return f"{error.filename or 'a file'} cannot be used; check its owner and mode, or the mount"
        case errno.ENOTDIR | errno.EEXIST:
            return f"{error.filename} is in the way; move it, or choose another folder by PORUCH_DATA_DIR"
    return f"{error.filename or 'a file'} cannot be used: {error.strerror or 'unknown trouble'}"

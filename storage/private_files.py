"""Small files that only their owner may read: read with distrust, written to survive a power cut."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from storage.errors import KeyUnavailable

_LARGEST_FILE = 65_536

Refuse = Callable[[Path, int], None]
_PUT_IT_BACK = "put it back, or bring everything back from a backup: poruch restore"


def read_private(path: Path, *, if_missing: str = _PUT_IT_BACK) -> bytes:
    """Read a small file that belongs to this user alone; ``if_missing`` says what to do where there is none.

    Raises:
        KeyUnavailable: missing, a link, not a regular file, of another user, with any right for group or
            others, or above 64 KiB.
    """
    return read_checked(path, _refuse_shared, if_missing=if_missing)


def read_checked(path: Path, refuse: Refuse, *, if_missing: str = _PUT_IT_BACK) -> bytes:
    """Read a small regular file after ``refuse`` has looked at its open descriptor.

    Raises:
        KeyUnavailable: missing, a link, not a regular file, above 64 KiB, or what ``refuse`` raises.
    """
    try:
        # Without O_NONBLOCK a named pipe in its place would stop the program here for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise KeyUnavailable(_why_not_opened(path, error, if_missing)) from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise KeyUnavailable(f"{path} is not a regular file; name the file itself")
        refuse(path, descriptor)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(_LARGEST_FILE + 1)
    finally:
        os.close(descriptor)
    if len(data) > _LARGEST_FILE:
        raise KeyUnavailable(
            f"{path} is too large to be what it should be; look whether it is the right file"
        )
    return data


def is_open_to_others(path: Path) -> bool:
    """Say whether a file grants group or others any right; one that cannot be looked at grants none."""
    try:
        status = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and bool(status.st_mode & 0o077)


def create_private(path: Path, content: bytes) -> None:
    """Write a file of mode 0600 where there is none yet, its folders with 0700; all on the disk at return.

    Raises:
        KeyUnavailable: the file exists (it is left as it is), or cannot be written.
    """
    try:
        _make_folders(path.parent)
        _write_new(path, content)
        sync_folder(path.parent)
    except FileExistsError:
        raise KeyUnavailable(
            f"{path} exists and is left as it is; name another file, or use this one"
        ) from None
    except OSError as error:
        raise KeyUnavailable(f"{path} cannot be written: {error.strerror}; choose another place") from None


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk, so that a new or renamed file survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_shared(path: Path, descriptor: int) -> None:
    status = os.fstat(descriptor)
    if status.st_uid != os.geteuid():
        raise KeyUnavailable(f"{path} belongs to another user; run this as its owner")
    if status.st_mode & 0o077:
        raise KeyUnavailable(f"{path} is open to other users of this machine; run: chmod 600 {path}")


def _why_not_opened(path: Path, error: OSError, if_missing: str) -> str:
    if error.errno == errno.ENOENT:
        return f"{path} is missing; {if_missing}"
    if error.errno == errno.ELOOP:
        return f"{path} is a link; name the file itself"
    return f"{path} cannot be read: {error.strerror}; check its owner and mode"


def _make_folders(folder: Path) -> None:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)
        sync_folder(place.parent)


def _write_new(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        path.unlink()
        raise

"""Takes secrets off a disk as far as a program can: overwritten, put on the disk, then unlinked.

A journal, a copy-on-write file system, a snapshot or a flash disk may keep older blocks all the same: only
the encryption of what stood there helps against them.
"""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.private_files import sync_folder

_PIECE_BYTES = 2**20


def overwrite(descriptor: int, *, seconds: float = 1.0) -> None:
    """Write zeros over an open file from its beginning, for as long as it is or the time lasts.

    The first mebibyte is overwritten whatever the time.

    Raises:
        OSError: it cannot be written.
    """
    until = time.monotonic() + seconds
    piece = bytes(_PIECE_BYTES)
    left = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(descriptor, piece[:left])
        os.fdatasync(descriptor)
        if time.monotonic() >= until:
            break
    os.fsync(descriptor)


def shred(path: Path, *, seconds: float = 1.0) -> bool:
    """Overwrite a file and remove it; False where there is none. A link is removed, what it names stays.

    Raises:
        OSError: it cannot be removed.
    """
    with suppress(OSError), _opened(path) as descriptor:
        overwrite(descriptor, seconds=seconds)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    with suppress(OSError):
        sync_folder(path.parent)
    return True


def reduce_to(path: Path, content: bytes, *, seconds: float = 1.0) -> None:
    """Overwrite a file where it lies, and let nothing but ``content`` stand in it; owner and mode stay.

    Raises:
        OSError: it is missing, a link, no regular file, or cannot be written.
    """
    with _opened(path) as descriptor:
        overwrite(descriptor, seconds=seconds)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, content, 0)
        os.fsync(descriptor)


def replace_shredding(new: Path, old: Path) -> None:
    """Put a new file in an old one's place, then overwrite what stood there.

    Raises:
        OSError: it cannot be put there; the old one stays.
    """
    try:
        before = os.open(old, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        before = -1
    try:
        new.replace(old)
        sync_folder(old.parent)
        if before >= 0:
            with suppress(OSError):
                overwrite(before)
    finally:
        if before >= 0:
            os.close(before)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a regular file for writing, one that its owner may only read as well."""
    flags = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        descriptor = os.open(path, os.O_WRONLY | flags)
    except PermissionError:
        _let_write(path, os.O_RDONLY | flags)
        descriptor = os.open(path, os.O_WRONLY | flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path} is not a regular file")
        yield descriptor
    finally:
        os.close(descriptor)


def _let_write(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)

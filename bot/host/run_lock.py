"""Locks on a data folder, which the system takes back when the process ends."""

import fcntl
import os
from pathlib import Path
from typing import ClassVar

from bot.host.refusals import InstallationError, in_one_line
from storage.private_files import sync_folder

LONGEST_NOTE_BYTES = 65_536


class LockTaken(InstallationError):
    """Another process holds the lock."""


class _FolderLock:
    """An exclusive lock on an empty file of the data folder."""

    file_name: ClassVar[str]
    line: ClassVar[str]

    def __init__(self, data_dir: Path) -> None:
        """Take the lock.

        Raises:
            LockTaken: another process has it.
            InstallationError: the folder cannot be written.
        """
        self._path = data_dir / self.file_name
        with in_one_line():
            self._descriptor = os.open(
                self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600
            )
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise LockTaken(self.line) from None

    def release(self) -> None:
        """Give the lock back; the empty file stays."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> "_FolderLock":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


class RunLock(_FolderLock):
    """At most one bot works on a data folder."""

    file_name = "run.lock"
    line = "Poruch is running on this data folder already; stop it first, or set another PORUCH_DATA_DIR"


class RotationLock(_FolderLock):
    """At most one process rotates an installation's keys."""

    file_name = "rotation.lock"
    line = "the keys are being rotated by another process already; look again when it has ended"


class BeginningLock(_FolderLock):
    """At most one process fills a data folder; until it has ended, the lock's file notes what it makes."""

    file_name = "beginning.lock"
    line = "an init or a restore is at work in this folder already; look again when it has ended"

    def __init__(self, data_dir: Path) -> None:
        super().__init__(data_dir)
        if not os.fstat(self._descriptor).st_nlink:
            # Whoever had it has ended in this instant.
            self.release()
            raise LockTaken(self.line)

    def noted(self) -> bytes:
        """Return what one that was cut off had noted; nothing where none was."""
        return os.pread(self._descriptor, LONGEST_NOTE_BYTES, 0)

    def note(self, what: bytes) -> None:
        """Put a note on the disk, in place of the one before."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, what, 0)
        os.fsync(self._descriptor)
        sync_folder(self._path.parent)

    def end(self) -> None:
        """Remove the note with its file, for good also after a power cut; a second call does nothing."""
        if self._descriptor >= 0:
            self._path.unlink(missing_ok=True)
            sync_folder(self._path.parent)
            self.release()


LOCKS = (RunLock, RotationLock, BeginningLock)


def is_begun(data_dir: Path) -> bool:
    """Say whether an `init` or a `restore` has begun to fill a data folder and has not ended."""
    try:
        return (data_dir / BeginningLock.file_name).lstat().st_size > 0
    except OSError:
        return False


def holders(data_dir: Path) -> dict[Path, int | None]:
    """Return each lock of a data folder that is held, with the process that holds it.

    None where the system does not tell, as of one in another container. What cannot be looked at counts as
    held.
    """
    paths = [data_dir / each.file_name for each in LOCKS]
    return {path: _holder(path) for path in paths if _is_held(path)}


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return False
    except PermissionError:
        # Of another user, as root leaves one behind.
        return _holder(path) is not None
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _holder(path: Path) -> int | None:
    try:
        status = path.lstat()
        lines = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return None
    place = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    # As in "1: FLOCK  ADVISORY  WRITE 708 08:01:3840 0 EOF"; a second field of "->" is one who waits.
    locks = [line.split() for line in lines]
    return next((int(lock[4]) for lock in locks if lock[1] == "FLOCK" and lock[5] == place), None)

"""Locks on a data folder, which the system takes back when the process ends."""

import fcntl
import os
from pathlib import Path
from typing import ClassVar

from bot.refusals import InstallationError, in_one_line


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
        with in_one_line():
            self._descriptor = os.open(
                data_dir / self.file_name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600
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

"""At most one bot works on a data folder."""

import fcntl
import os
from pathlib import Path

from bot.refusals import InstallationError, in_one_line

FILE_NAME = "run.lock"


class RunLock:
    """An exclusive lock on a data folder, which the system takes back when the process ends."""

    def __init__(self, data_dir: Path) -> None:
        """Take the lock.

        Raises:
            InstallationError: another process has it, or the folder cannot be written.
        """
        with in_one_line():
            self._descriptor = os.open(
                data_dir / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600
            )
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise InstallationError(
                "Poruch is running on this data folder already; stop it first, or set another PORUCH_DATA_DIR"
            ) from None

    def release(self) -> None:
        """Give the lock back; the empty file stays."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> "RunLock":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

"""At most one `init` or `restore` fills a data folder; what one that was killed left, the next clears away.

What it makes outside the folder is noted before the first of it is made; the note goes when everything is
there. Until then no command works on the folder, so nobody can be in what is cleared away.
"""

import json
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.backups.folder import LOCK, RECOVERY
from bot.host.refusals import InstallationError
from bot.host.run_lock import BeginningLock
from bot.host.undoing import make_folder
from bot.host.unsealing import KEYRING_NAME
from storage.destroying import STAGING, database_files, destroy_files


@dataclass(frozen=True)
class Note:
    """What is made outside the data folder: a key file; a recovery copy in a folder that gets this mark."""

    key_file: str | None = None
    copy_folder: str | None = None
    copy_mark: str | None = None


class Beginning:
    """One `init` or `restore` at work; `left` is the note of one before it that was cut off, if one was."""

    def __init__(self, data_dir: Path, undo: ExitStack) -> None:
        """Make the folder where it is missing, and be the only one who fills it.

        Raises:
            LockTaken: another one is at work.
            OSError, InstallationError: the folder cannot be used.
        """
        make_folder(data_dir, undo)
        self._data_dir = data_dir
        self._undo = undo
        self._lock = BeginningLock(data_dir)
        noted = self._lock.noted()
        self.left = _read(noted) if noted else None
        # What is refused before anything was cleared away leaves the note of the other.
        undo.callback(self._lock.release if noted else self._lock.end)

    @property
    def left_key_file(self) -> str | None:
        return self.left.key_file if self.left else None

    def begin(self, note: Note) -> None:
        """Clear away what was left, and note what is made now; to be called before anything is.

        A key file stays, since by now it may be somebody's; an empty one is nobody's.

        Raises:
            InstallationError: some of it could not be removed.
        """
        if self.left is not None:
            self._clear(self.left)
        self._lock.note(json.dumps(asdict(note)).encode())
        self._undo.callback(self._lock.end)

    def end(self) -> None:
        """Say that everything is there; it lasts over a power cut."""
        self._lock.end()

    def _clear(self, left: Note) -> None:
        folder = self._data_dir
        files = [*folder.glob(KEYRING_NAME), *folder.glob(f".{KEYRING_NAME}.*"), *database_files(folder)]
        gone = destroy_files([*files, *_copy_of(left), *_empty_key_of(left)], seconds=0)
        if gone.resisting:
            raise InstallationError(f"{gone.resisting[0]} could not be removed; remove it, and begin again")
        with suppress(OSError):
            (folder / STAGING).rmdir()


def _read(noted: bytes) -> Note:
    try:
        return Note(**json.loads(noted))
    except (ValueError, TypeError):
        # Cut off while it was written: nothing had been made.
        return Note()


def _copy_of(left: Note) -> list[Path]:
    """Return the recovery copy, also half written, and its folder's mark, where that is the noted one."""
    if left.copy_folder is None or left.copy_mark is None:
        return []
    folder = Path(left.copy_folder)
    try:
        is_ours = (folder / LOCK).read_bytes() == left.copy_mark.encode()
    except OSError:
        return []
    return [*folder.glob(f".*{RECOVERY}"), folder / RECOVERY, folder / LOCK] if is_ours else []


def _empty_key_of(left: Note) -> list[Path]:
    path = Path(left.key_file) if left.key_file else None
    return [path] if path is not None and path.is_file() and not path.stat().st_size else []

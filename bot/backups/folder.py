"""Where bundles lie: their names, how they are put in place, and which old ones go."""

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.host.disks import is_on_disk_of, unmounted_advice
from bot.host.refusals import InstallationError
from storage.bundles import seal
from storage.private_files import sync_folder
from storage.shredding import replace_shredding, shred

KEYS, LEDGER, RECOVERY = "keys.age", "departed.age", "recovery.age"
DATA_PATTERN = "data-*.age"
KEPT = 30
_TAKEN = "data-%Y%m%dT%H%M%SZ.age"
LOCK = ".backup.lock"
_UNFINISHED = ".unfinished-"


def data_name(folder: Path, now: datetime) -> str:
    """Return the name of the data bundle of one instant, or of the first second after it that is still free.

    Names in order are instants in order. To be asked inside `backup_folder`, so that nobody else takes it.
    """
    while (folder / (name := now.astimezone(UTC).strftime(_TAKEN))).exists():
        now += timedelta(seconds=1)
    return name


def recovery_folder(data_dir: Path, key_source: str, backup_dir: Path | None) -> Path:
    """Say where the recovery copy is put: with the backups, otherwise beside the key, never with the data."""
    if backup_dir is not None:
        return backup_dir
    kind, _, path = key_source.partition(":")
    return Path(path).parent if kind == "file" else folder_beside(data_dir)


def folder_beside(data_dir: Path) -> Path:
    """Return the folder for the key and what belongs to it where nobody chose another."""
    return Path(f"{data_dir}-key")


def newest_data(folder: Path, *, until: datetime | None = None) -> tuple[Path, datetime] | None:
    """Return the newest data bundle and when it was taken, by its name; none that is later than `until`."""
    taken = []
    for path in folder.glob(DATA_PATTERN):
        try:
            when = datetime.strptime(path.name, _TAKEN).replace(tzinfo=UTC)
        except ValueError:
            continue
        if until is None or when <= until:
            taken.append((when, path))
    return (max(taken)[1], max(taken)[0]) if taken else None


def advice_on(folder: Path, data_dir: Path) -> list[str]:
    """Say what speaks against a folder for backups; to be asked before anything is written to it."""
    advice = unmounted_advice(folder)
    if not advice and any(path.suffix != ".age" and path.name != LOCK for path in folder.iterdir()):
        advice.append(f"{folder} holds other things as well; give backups a folder of their own")
    if is_on_disk_of(folder, data_dir):
        advice.append(
            f"{folder} lies on the same disk as the data, and is lost or taken with it; carry it elsewhere"
        )
    return advice


@contextmanager
def backup_folder(folder: Path, *, mark: str) -> Iterator[None]:
    """Make the folder where it is missing, and be the only one who writes to it.

    Args:
        mark: what says that it is this installation's; it is written into the lock's file.

    Raises:
        InstallationError: somebody else is writing to it, it is another installation's, or its disk is full.
        OSError: it cannot be used.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _claim(folder, descriptor, mark.encode())
        for left in folder.glob(f"{_UNFINISHED}*"):
            shred(left)
        yield
    except BlockingIOError:
        raise InstallationError(f"another backup is being written to {folder}; wait and try again") from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise InstallationError(
                f"the disk is full on which {folder} lies; make room and try again"
            ) from None
        error.filename = error.filename or str(folder)
        raise
    finally:
        os.close(descriptor)


def _claim(folder: Path, descriptor: int, mark: bytes) -> None:
    found = os.pread(descriptor, 2 * len(mark), 0)
    if found == mark:
        return
    if found:
        raise InstallationError(f"{folder} holds the backups of another installation; name another folder")
    if any(folder.glob("*.age")):
        raise InstallationError(
            f"{folder} holds bundles, and nothing says whose; name an empty folder, or move them elsewhere"
        )
    os.pwrite(descriptor, mark, 0)


def put(folder: Path, contents: Sequence[tuple[str, Iterable[bytes]]], recipients: Sequence[str]) -> None:
    """Seal bundles, and put them in place in this order once all of them are whole.

    Raises:
        OSError: one cannot be written; what lay there stays. Anything that a content raises passes through.
    """
    unfinished = {name: folder / f"{_UNFINISHED}{name}" for name, _ in contents}
    try:
        for name, content in contents:
            seal(content, unfinished[name], recipients)
        for name, path in unfinished.items():
            replace_shredding(path, folder / name)
    except BaseException:
        # They take the room that is missing, and no later backup may come to remove them.
        for path in unfinished.values():
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def drop_old(folder: Path) -> None:
    """Remove all but the thirty newest data bundles."""
    for path in sorted(folder.glob(DATA_PATTERN))[:-KEPT]:
        path.unlink(missing_ok=True)
    sync_folder(folder)

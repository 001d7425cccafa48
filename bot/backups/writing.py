"""Writes backups, the ledger of who left and the recovery copy, each sealed to the recipients."""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from bot.backups.folder import (
    KEYS,
    LEDGER,
    LOCK,
    RECOVERY,
    backup_folder,
    data_name,
    drop_old,
    put,
    recovery_folder,
)
from bot.configuration.settings import Settings
from bot.host.refusals import InstallationError, in_one_line
from bot.host.undoing import make_folder, quietly
from solidarity.work import Storage
from storage import dump
from storage.audit_seeds import raw_seeds
from storage.bundle_format import BundleKind
from storage.fingerprints import fingerprint_of, place_mark_of
from storage.progress import Progress
from storage.ring_file import RingFile

FIRST_RECIPIENT = (
    "on another machine run: age-keygen -o identity.txt, "
    "then here: poruch backup --to FOLDER --add-recipient age1…"
)


@dataclass(frozen=True)
class BackedUp:
    """What was written, to how many recipients it is sealed, and the fingerprint a restore asks for."""

    files: tuple[Path, ...]
    recipients: int
    fingerprint: str


async def back_up(storage: Storage, folder: Path, *, now: datetime, progress: Progress) -> BackedUp:
    """Write one consistent backup: keys and ledger replaced, the data bundle beside the last thirty.

    Killed at any instant, it leaves a backup that can be used: newer keys open older data.

    Raises:
        InstallationError: no recipient, or something stands in the way; the last backup stays.
    """
    with in_one_line():
        recipients = await recipients_of(storage)
        write = partial(_write, storage, folder, recipients, now=now, progress=progress)
        files = await asyncio.to_thread(write)
        return BackedUp(files, len(recipients), fingerprint_of(storage.keys.ring))


async def require_usable(storage: Storage, *folders: Path) -> None:
    """Refuse folders that take no bundle of ours, before anything is changed that bundles are to follow.

    Raises:
        InstallationError: it is so.
    """
    mark = place_mark_of(storage.keys.ring)
    with in_one_line():
        for folder in folders:
            with backup_folder(folder, mark=mark):
                pass


async def copy_ledger(storage: Storage, folder: Path, *, day: date, again: bool = False) -> bool:
    """Write the ledger of who left where it does not name everybody yet; says whether it did.

    Without recipients there is no backup, and so nothing that could bring anybody back.

    Args:
        again: write it also where it names everybody, since another lies there now.

    Raises:
        InstallationError: something stands in the way; it is still to be written.
    """
    with in_one_line():
        async with storage.view() as uow:
            missing = await uow.ledger.not_copied()
            # Asked after every commit: nothing more than needed is read.
            recipients = await uow.recipients.keys() if missing or again else []
        if not recipients:
            return False
        await asyncio.to_thread(_write_ledger, storage, folder, recipients, day=day)
        async with storage.unit() as uow:
            await uow.ledger.note_copied(missing)
        return True


async def renew_recovery_copy(storage: Storage, settings: Settings, *, now: datetime) -> Path | None:
    """Write the recovery copy anew once its recipients or the key ring have changed; None without recipients.

    Raises:
        InstallationError: it cannot be written; the one before stays.
    """
    with in_one_line():
        async with storage.view() as uow:
            recipients = await uow.recipients.keys()
            seeds = await uow.trail.reveal_seeds()
        file = storage.keys.file
        if not recipients or file is None:
            return None
        work = partial(write_recovery_copy, file, recovery_place(settings), recipients, seeds=seeds)
        return await asyncio.to_thread(work, day=now.date())


def recovery_copy_of(settings: Settings) -> Path:
    """Say where the recovery copy is put."""
    return recovery_place(settings) / RECOVERY


def recovery_place(settings: Settings) -> Path:
    """Say into which folder the recovery copy is put."""
    return recovery_folder(settings.data_dir, settings.key_source, settings.backup_dir)


def refuse_used_place(settings: Settings) -> None:
    """Refuse, for a new installation, a place for bundles in which some lie already.

    Raises:
        InstallationError: they do.
    """
    folder = recovery_place(settings)
    if any(folder.glob("*.age")):
        raise InstallationError(
            f"{folder} holds bundles of an installation already; nothing was changed; "
            "set PORUCH_BACKUP_DIR to a new folder"
        )


def first_recovery_copy(
    settings: Settings,
    file: RingFile,
    recipients: Sequence[str],
    *,
    seeds: str | None,
    now: datetime,
    undo: ExitStack,
) -> Path | None:
    """Write the recovery copy of an installation that is being made; None without recipients."""
    if not recipients:
        return None
    folder = recovery_place(settings)
    if not folder.exists():
        make_folder(folder, undo)
    for name in (LOCK, RECOVERY):
        undo.callback(quietly, (folder / name).unlink)
    return write_recovery_copy(file, folder, recipients, seeds=seeds, day=now.date())


def write_recovery_copy(
    file: RingFile, folder: Path, recipients: Sequence[str], *, seeds: str | None, day: date
) -> Path:
    """Seal the unseal secret, the key ring and the trail's seeds into one file that belongs elsewhere.

    Raises:
        OSError, InstallationError: it cannot be written; the one before stays.
    """
    with backup_folder(folder, mark=place_mark_of(file.load())):
        raw = None if seeds is None else raw_seeds(seeds)
        put(folder, [(RECOVERY, dump.recovery_content(file, seeds=raw, day=day))], recipients)
    return folder / RECOVERY


def older_copies(settings: Settings, newest: Path) -> list[Path]:
    """Return the recovery copies that were not renewed, as far as they lie where one was ever put."""
    folders = {recovery_place(settings), recovery_place(settings.model_copy(update={"backup_dir": None}))}
    copies = (folder / RECOVERY for folder in sorted(folders))
    return [copy for copy in copies if copy.exists() and not copy.samefile(newest)]


async def recipients_of(storage: Storage) -> list[str]:
    """Return the public keys to seal to.

    Raises:
        InstallationError: there are none.
        ForgedRow: somebody wrote one by hand.
    """
    async with storage.view() as uow:
        recipients = await uow.recipients.keys()
    if not recipients:
        raise InstallationError(f"there is nobody to seal a backup to; {FIRST_RECIPIENT}")
    return recipients


def _write(
    storage: Storage, folder: Path, recipients: Sequence[str], *, now: datetime, progress: Progress
) -> tuple[Path, ...]:
    with (
        backup_folder(folder, mark=place_mark_of(storage.keys.ring)),
        dump.take_snapshot(storage.database, storage.keys, day=now.date()) as snapshot,
    ):
        names = {BundleKind.KEYS: KEYS, BundleKind.LEDGER: LEDGER, BundleKind.DATA: data_name(folder, now)}
        put(folder, [(name, snapshot.content(kind, progress)) for kind, name in names.items()], recipients)
        drop_old(folder)
    return tuple(folder / name for name in names.values())


def _write_ledger(storage: Storage, folder: Path, recipients: Sequence[str], *, day: date) -> None:
    with (
        backup_folder(folder, mark=place_mark_of(storage.keys.ring)),
        dump.take_snapshot(storage.database, storage.keys, day=day) as snapshot,
    ):
        put(folder, [(LEDGER, snapshot.content(BundleKind.LEDGER, _unheard))], recipients)


def _unheard(stage: str, done: int, total: int) -> None:
    """Show no progress: a ledger takes no time."""

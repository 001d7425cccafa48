"""Opens the bundles in a folder and finds the keys that fit them, before anything is restored or checked."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from bot.backup_folder import KEYS, LEDGER, RECOVERY, newest_data
from bot.refusals import InstallationError
from bot.settings import Settings
from storage.bundle_format import BundleKind
from storage.bundle_reading import ReadBundle, read_bundle
from storage.bundles import Identities
from storage.checking import BackedUpKeys
from storage.dump import RING, UNSEAL_SECRET
from storage.errors import UnusableBundle
from storage.filling import Collected
from storage.key_sources import key_file, unseal_secret
from storage.keyring import KeyRing
from storage.models import WrappedKey

KEYS_LIVE = timedelta(days=7)
INCOMPLETE = "something is missing in it"


@dataclass(frozen=True)
class Gathered:
    """What a restore stands on: the data bundle, not yet read, and everything that opens it.

    `new_key_file` is where the unseal secret is to be put; None where it lies, or comes from, elsewhere.
    """

    data: Path
    keys_day: date
    ring: KeyRing = field(repr=False)
    ring_bytes: bytes = field(repr=False)
    unseal_secret: bytes = field(repr=False)
    keys: BackedUpKeys = field(repr=False)
    departed: dict[UUID, date]
    new_key_file: Path | None

    def is_too_old(self, today: date) -> bool:
        """Say whether the keys are older than a copy of somebody who left may be."""
        return today - self.keys_day > KEYS_LIVE


def gather(folder: Path, identities: Identities, settings: Settings) -> Gathered:
    """Open keys, ledgers and recovery copy, and check that one installation made all of them.

    Raises:
        InstallationError: a bundle or the unseal secret is missing.
        StorageError: one cannot be opened, is damaged, forged, newer, or of another installation.
    """
    newest = newest_data(folder)
    if newest is None:
        raise InstallationError(f"{folder} holds no data bundle (data-….age); put the backup's files there")
    if not (folder / KEYS).exists():
        raise InstallationError(f"{folder} holds no {KEYS}; without it the data bundle cannot be read")
    keys, keys_read = _collect(folder / KEYS, BundleKind.KEYS, identities)
    ledgers = [_collect(path, BundleKind.LEDGER, identities) for path in _ledgers(folder)]
    secret, new_key_file, copies = _secret(folder, identities, settings, keys_read)
    ring_bytes = _blob(keys, RING, KEYS)
    ring = KeyRing.from_bytes(ring_bytes, secret)
    for read in (keys_read, *copies, *(read for _, read in ledgers)):
        read.require_signed_by(ring)
    departed = keys.departed()
    for ledger, _ in ledgers:
        departed |= ledger.departed()
    wrapped = BackedUpKeys(keys.tables.get(WrappedKey.__tablename__, []), ring, gone=departed)
    day = keys_read.header.day
    return Gathered(newest[0], day, ring, ring_bytes, secret, wrapped, departed, new_key_file)


def _ledgers(folder: Path) -> Iterator[Path]:
    """Find every ledger, also those of several places laid beside each other."""
    yield from sorted(folder.rglob(f"{Path(LEDGER).stem}*.age"))


def _collect(path: Path, kind: BundleKind, identities: Identities) -> tuple[Collected, ReadBundle]:
    collected = Collected(kind, path.name)
    return collected, read_bundle(path, identities, collected)


def _secret(
    folder: Path, identities: Identities, settings: Settings, keys: ReadBundle
) -> tuple[bytes, Path | None, list[ReadBundle]]:
    """Take the unseal secret from where it lies already, otherwise from the recovery copy."""
    missing = _missing_key_file(settings)
    if missing is None and settings.key_source != "prompt":
        source, data_dir = settings.key_source, settings.data_dir
        return unseal_secret(source, data_dir=data_dir, environ=os.environ), None, []
    if not (folder / RECOVERY).exists():
        raise InstallationError(
            f"the unseal secret is not here and {folder} holds no {RECOVERY}; put the recovery copy there, "
            "or the key where PORUCH_KEY_SOURCE says"
        )
    copy, read = _collect(folder / RECOVERY, BundleKind.RECOVERY, identities)
    if read.header.deployment != keys.header.deployment:
        raise UnusableBundle(RECOVERY, "it belongs to another installation than the backup")
    return _blob(copy, UNSEAL_SECRET, RECOVERY), missing, [read]


def _missing_key_file(settings: Settings) -> Path | None:
    if not settings.key_source.startswith("file:"):
        return None
    path = key_file(settings.key_source, data_dir=settings.data_dir)
    return None if os.path.lexists(path) else path


def _blob(collected: Collected, name: str, bundle: str) -> bytes:
    if name not in collected.blobs:
        raise UnusableBundle(bundle, INCOMPLETE)
    return collected.blobs[name]

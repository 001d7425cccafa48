"""Opens the bundles in a folder and finds the keys that fit them, before anything is restored or checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from bot.backup_folder import KEYS, LEDGER, RECOVERY, newest_data
from bot.believing import Belief, SecretFrom, missing_key_file
from bot.refusals import InstallationError
from bot.settings import Settings
from bot.unsealing import is_typed
from storage.bundle_format import BundleKind
from storage.bundle_reading import ReadBundle, read_bundle
from storage.bundles import Identities
from storage.checking import BackedUpKeys
from storage.dump import RING, UNSEAL_SECRET
from storage.errors import UnusableBundle, WrongKey
from storage.filling import Collected
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


def gather(folder: Path, identities: Identities, settings: Settings, belief: Belief) -> Gathered:
    """Open keys, ledgers and recovery copy, and check that our own installation made all of them.

    Raises:
        InstallationError: a bundle or the unseal secret is missing, or the backup is not believed.
        StorageError: one cannot be opened, is damaged, forged, newer, or of another installation.
    """
    newest = newest_data(folder)
    if newest is None:
        raise InstallationError(f"{folder} holds no data bundle (data-….age); put the backup's files there")
    if not (folder / KEYS).exists():
        raise InstallationError(f"{folder} holds no {KEYS}; without it the data bundle cannot be read")
    keys, keys_read = _collect(folder / KEYS, BundleKind.KEYS, identities)
    ledgers = [_collect(path, BundleKind.LEDGER, identities) for path in _ledgers(folder)]
    copies: list[ReadBundle] = []
    new_key_file = None
    if belief.secret_from is SecretFrom.RECOVERY:
        secret, copy = _recovered(folder, identities, keys_read)
        copies.append(copy)
        new_key_file = missing_key_file(settings)
    else:
        secret = belief.own_secret(settings, keys_read.header.deployment)
    ring_bytes = _blob(keys, RING, KEYS)
    ring = _opened(ring_bytes, secret, settings, belief)
    belief.require(ring)
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


def _recovered(folder: Path, identities: Identities, keys: ReadBundle) -> tuple[bytes, ReadBundle]:
    """Take the unseal secret from the recovery copy."""
    if not (folder / RECOVERY).exists():
        raise InstallationError(
            f"{folder} holds no {RECOVERY}; put the recovery copy there, or use the key that "
            "PORUCH_KEY_SOURCE names: --secret own"
        )
    copy, read = _collect(folder / RECOVERY, BundleKind.RECOVERY, identities)
    if read.header.deployment != keys.header.deployment:
        raise UnusableBundle(RECOVERY, "it belongs to another installation than the backup")
    return _blob(copy, UNSEAL_SECRET, RECOVERY), read


def _opened(ring: bytes, secret: bytes, settings: Settings, belief: Belief) -> KeyRing:
    """Open the key ring of a backup; whoever lacks the secret cannot make one that opens."""
    try:
        return KeyRing.from_bytes(ring, secret)
    except WrongKey:
        if belief.secret_from is SecretFrom.RECOVERY:
            raise UnusableBundle(RECOVERY, f"the secret in it does not open {KEYS}") from None
        if is_typed(settings):
            reason = "it does not open with this passphrase: that was mistyped, or somebody else made it"
            raise UnusableBundle(KEYS, reason) from None
        reason = "PORUCH_KEY_SOURCE names another key than this backup's, or somebody else made it"
        raise UnusableBundle(KEYS, reason) from None


def _blob(collected: Collected, name: str, bundle: str) -> bytes:
    if name not in collected.blobs:
        raise UnusableBundle(bundle, INCOMPLETE)
    return collected.blobs[name]

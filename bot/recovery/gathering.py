"""Opens the bundles in a folder and finds the keys that fit them, before anything is restored or checked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from bot.backups.folder import KEYS, LEDGER, RECOVERY, newest_data
from bot.configuration.settings import Settings
from bot.host.refusals import InstallationError
from bot.host.unsealing import is_typed
from bot.recovery.believing import Belief, SecretFrom, missing_key_file
from storage.bundle_format import BundleKind
from storage.bundle_reading import ReadBundle, read_bundle
from storage.bundles import DAMAGED, Identities
from storage.checking import BackedUpKeys
from storage.dump import RING, UNSEAL_SECRET
from storage.errors import DamagedKeyring, UnusableBundle, WrongKey
from storage.filling import Collected, Skimmed
from storage.key_sources import SECRET_BYTES
from storage.keyring import KeyRing
from storage.models import WrappedKey
from storage.progress import Progress

KEYS_LIVE = timedelta(days=7)
INCOMPLETE = "something is missing in it"


@dataclass(frozen=True)
class KnownLeaving:
    """Up to which day it is known who left; whoever left later comes back from this backup.

    The keys name who had left when they were written, later ones stand only in a ledger laid beside them.
    """

    until: date
    has_ledger: bool


@dataclass(frozen=True)
class Gathered:
    """What a restore stands on: the data bundle, its mark checked, and everything that opens it.

    `new_key_file` is where the unseal secret is to be put; None where it lies, or comes from, elsewhere.
    """

    data: Path
    keys_day: date
    ring: KeyRing = field(repr=False)
    ring_bytes: bytes = field(repr=False)
    unseal_secret: bytes = field(repr=False)
    keys: BackedUpKeys = field(repr=False)
    departed: dict[UUID, date]
    leaving: KnownLeaving
    new_key_file: Path | None

    def is_too_old(self, today: date) -> bool:
        """Say whether the keys are older than a copy of somebody who left may be."""
        return today - self.keys_day > KEYS_LIVE

    def require_past(self, today: date) -> None:
        """Refuse keys of a day to come: by a clock that is wrong nobody can say how old they are.

        Raises:
            InstallationError: they are.
        """
        if self.keys_day > today:
            raise InstallationError(
                f"the keys are of {self.keys_day}, which is still to come for this machine; set its clock"
            )


def gather(
    folder: Path, identities: Identities, settings: Settings, *, belief: Belief, progress: Progress
) -> Gathered:
    """Open keys, ledgers and recovery copy, and check that our installation made them and the data bundle.

    Raises:
        InstallationError: a bundle or the unseal secret is missing, or the backup is not believed.
        StorageError: one cannot be opened, is damaged, forged, newer, or of another installation.
    """
    newest = newest_data(folder)
    if newest is None:
        raise InstallationError(f"{folder} holds no data bundle (data-….age); put the backup's files there")
    if not (folder / KEYS).exists():
        raise InstallationError(f"{folder} holds no {KEYS}; without it the data bundle cannot be read")
    keys = _collect(folder / KEYS, BundleKind.KEYS, identities)
    ledgers = [_collect(path, BundleKind.LEDGER, identities) for path in _ledgers(folder)]
    is_recovered = belief.secret_from is SecretFrom.RECOVERY
    copies = [_recovery_copy(folder, identities, keys)] if is_recovered else []
    deployment = keys.read.header.deployment
    secret = _secret_in(copies[0]) if copies else belief.own_secret(settings, deployment)
    ring = _opened(_blob(keys, RING), secret, settings, belief)
    belief.require(ring)
    for each in (keys, *ledgers, *copies):
        each.read.require_signed_by(ring)
    _look_through(newest[0], identities, ring, progress)
    departed = {person_id: day for each in (keys, *ledgers) for person_id, day in _departed_in(each).items()}
    return Gathered(
        data=newest[0],
        keys_day=keys.read.header.day,
        ring=ring,
        ring_bytes=_blob(keys, RING),
        unseal_secret=secret,
        keys=_wrapped_keys(keys, ring, departed),
        departed=departed,
        leaving=_leaving(keys, ledgers),
        new_key_file=missing_key_file(settings) if is_recovered else None,
    )


@dataclass(frozen=True)
class _Small:
    """A bundle that was read into memory."""

    content: Collected
    read: ReadBundle


def _ledgers(folder: Path) -> Iterator[Path]:
    """Find every ledger, also those of several places laid beside each other."""
    yield from sorted(folder.rglob(f"{Path(LEDGER).stem}*.age"))


def _collect(path: Path, kind: BundleKind, identities: Identities) -> _Small:
    collected = Collected(kind, path.name)
    return _Small(collected, read_bundle(path, identities, collected))


def _recovery_copy(folder: Path, identities: Identities, keys: _Small) -> _Small:
    if not (folder / RECOVERY).exists():
        raise InstallationError(
            f"{folder} holds no {RECOVERY}; put the recovery copy there, or use the key that "
            "PORUCH_KEY_SOURCE names: --secret own"
        )
    copy = _collect(folder / RECOVERY, BundleKind.RECOVERY, identities)
    if copy.read.header.deployment != keys.read.header.deployment:
        raise UnusableBundle(RECOVERY, "it belongs to another installation than the backup")
    return copy


def _secret_in(copy: _Small) -> bytes:
    secret = _blob(copy, UNSEAL_SECRET)
    if len(secret) != SECRET_BYTES:
        raise UnusableBundle(RECOVERY, INCOMPLETE)
    return secret


def _look_through(path: Path, identities: Identities, ring: KeyRing, progress: Progress) -> None:
    """Check the data bundle's mark, and that the keys are not older, before anything makes use of a row."""
    data = read_bundle(path, identities, Skimmed(path.name, progress))
    data.require_signed_by(ring)
    if data.header.generation > ring.generation:
        reason = (
            f"it was made under newer keys than {KEYS} holds; put the {KEYS} that was written with it there"
        )
        raise UnusableBundle(path.name, reason)


def _leaving(keys: _Small, ledgers: Sequence[_Small]) -> KnownLeaving:
    written = keys.read.header.day
    days = [ledger.read.header.day for ledger in ledgers]
    return KnownLeaving(max([written, *days]), any(day >= written for day in days))


def _departed_in(small: _Small) -> dict[UUID, date]:
    with _fitting(small.read.name):
        return small.content.departed()


def _wrapped_keys(keys: _Small, ring: KeyRing, departed: dict[UUID, date]) -> BackedUpKeys:
    with _fitting(KEYS):
        return BackedUpKeys(keys.content.tables.get(WrappedKey.__tablename__, []), ring, gone=departed)


@contextmanager
def _fitting(name: str) -> Iterator[None]:
    """Name the bundle whose rows are none of this release's."""
    try:
        yield
    except ValueError:
        raise UnusableBundle(name, DAMAGED) from None


def _opened(ring: bytes, secret: bytes, settings: Settings, belief: Belief) -> KeyRing:
    """Open the key ring of a backup; whoever lacks the secret cannot make one that opens."""
    try:
        return KeyRing.from_bytes(ring, secret)
    except DamagedKeyring:
        raise UnusableBundle(KEYS, DAMAGED) from None
    except WrongKey:
        if belief.secret_from is SecretFrom.RECOVERY:
            raise UnusableBundle(RECOVERY, f"the secret in it does not open {KEYS}") from None
        if is_typed(settings):
            reason = "it does not open with this passphrase: that was mistyped, or somebody else made it"
            raise UnusableBundle(KEYS, reason) from None
        reason = "PORUCH_KEY_SOURCE names another key than this backup's, or somebody else made it"
        raise UnusableBundle(KEYS, reason) from None


def _blob(small: _Small, name: str) -> bytes:
    if name not in small.content.blobs:
        raise UnusableBundle(small.read.name, INCOMPLETE)
    return small.content.blobs[name]

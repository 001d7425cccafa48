"""What one process holds of the installation's keys: the newest ring it has seen, and unwrapped data keys."""

import time
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from uuid import UUID

from storage.blind_index import BlindIndex
from storage.cells import DataKey, WrappingKey
from storage.errors import DamagedKeyring, KeyUnavailable, UnknownKey, WrongKey
from storage.framing import NeverPickled
from storage.keyring import KeyEntry, KeyRing, Purpose, derive_key
from storage.macs import Macs
from storage.ring_file import RingFile

KEPT_SECONDS = 60.0
# Twice as many keys at most hold ciphers; a broadcast unwraps thousands, and needs each once.
READY = 500


class KeyCache:
    """Unwrapped data keys of one process, each forgotten 60 seconds after it was unwrapped."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        # By the subjects' numbers: to hash and compare UUIDs would cost half of what opening a cell does.
        self._keys: dict[int, tuple[float, DataKey]] = {}
        self._since = 0

    def get(self, subject: UUID) -> DataKey | None:
        kept = self._keys.get(subject.int)
        if kept is None:
            return None
        if kept[0] > self._monotonic():
            return kept[1]
        self.forget_old()
        return None

    def put(self, key: DataKey) -> None:
        self.forget_old()
        self._keys.pop(key.subject.int, None)
        self._keys[key.subject.int] = (self._monotonic() + KEPT_SECONDS, key)
        self._since += 1
        if self._since == READY:
            self._since = 0
            for _, older in islice(self._keys.values(), max(0, len(self._keys) - READY)):
                older.let_go()

    def drop(self, subject: UUID) -> None:
        self._keys.pop(subject.int, None)

    def clear(self) -> None:
        """Forget every key at once."""
        self._keys.clear()

    def forget_old(self) -> None:
        """Drop what was unwrapped more than 60 seconds ago."""
        now = self._monotonic()
        # Insertion order is age order, so the first young key ends the search.
        while self._keys:
            subject, (until, _) = next(iter(self._keys.items()))
            if until > now:
                return
            del self._keys[subject]


class Keys(NeverPickled):
    """The ring in use and the cache; a ring is succeeded by a newer one while the process runs."""

    __slots__ = ("_ciphers", "_lying", "_ring", "cache", "file")

    def __init__(self, ring: KeyRing, *, file: RingFile | None = None, cache: KeyCache | None = None) -> None:
        """Take a ring; without its ``file`` no newer one is ever found."""
        self._ring = ring
        # The file as it lay there, sealed, when it was last opened: what has not changed is not opened again.
        self._lying = b""
        self._ciphers: dict[bytes, WrappingKey] = {}
        self.file = file
        self.cache = cache or KeyCache()

    @property
    def ring(self) -> KeyRing:
        return self._ring

    @property
    def deployment(self) -> UUID:
        return self._ring.deployment

    def blind(self) -> BlindIndex:
        return BlindIndex(self._ring.primary(Purpose.IDX).key)

    def macs(self) -> Macs:
        return Macs(self._ring.primary(Purpose.SIG).key, self.deployment)

    def audit_key(self) -> DataKey:
        """Give the key of the trail's head: it follows from the ring and stands in no row."""
        key = derive_key(self._ring.primary(Purpose.AUD).key, info=b"poruch/audit/head/v1")
        return DataKey(key, deployment=self.deployment, subject=self.deployment, gen=1)

    def read_again(self) -> bool:
        """Take the ring that lies in the file where it is newer; says whether it was.

        Raises:
            KeyUnavailable, WrongKey, DamagedKeyring: the file cannot be used; the ring in use stays.
        """
        if self.file is None:
            return False
        lying = self.file.read()
        if lying == self._lying:
            return False
        found = self.file.load()
        self._lying = lying
        if found.deployment != self.deployment or found.generation <= self._ring.generation:
            return False
        self._ring = found
        self._ciphers.clear()
        return True

    def wrapping_key(self) -> KeyEntry:
        """Give the key to wrap new data keys under: the primary of the ring that lies in the file now.

        Raises:
            KeyUnavailable, WrongKey, DamagedKeyring: as ``read_again``.
        """
        self.read_again()
        return self._ring.primary(Purpose.KEK)

    def cipher_of(self, kid: bytes) -> WrappingKey:
        """Give what wraps under the key a row names; it is kept for as long as the ring in use holds that.

        Raises:
            UnknownKey: as ``by_kid``.
        """
        found = self._ciphers.get(kid)
        if found is None:
            entry = self.by_kid(kid)
            found = self._ciphers[kid] = WrappingKey(entry.key, deployment=self.deployment)
        return found

    def by_kid(self, kid: bytes) -> KeyEntry:
        """Give the wrapping key a row names; where the ring in use lacks it, the file is read once more.

        Raises:
            UnknownKey: neither ring has it; no other key is ever tried.
        """
        with suppress(UnknownKey):
            return self._ring.by_kid(kid, Purpose.KEK)
        # One row that names no key must not become everybody's failure to read the file.
        with suppress(KeyUnavailable, WrongKey, DamagedKeyring):
            self.read_again()
        return self._ring.by_kid(kid, Purpose.KEK)

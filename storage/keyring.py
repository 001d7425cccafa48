"""The installation's own keys, in one file that opens with the unseal secret.

The file, byte for byte (integers big-endian)::

    magic       8   "PORUCHKR"
    version     1   0x01
    deployment 16   the installation's UUID
    generation  8   uint64, one more with each change
    nonce      12   random, new with each writing
    body            AES-256-GCM-SIV (RFC 8452), its 16-byte tag last

The 45 bytes before the body are the associated data. The key is HKDF-SHA256(unseal secret, salt =
deployment, info = "poruch/keyring/v1"). The body holds ``E(entry…)``, each entry ``E(kid, purpose, state,
day, key)``: 8 bytes, one of KEK IDX SIG AUD DBK, one of pending primary old, an ISO date, 32 bytes.

Protects a copy of the file that is taken without the unseal secret. Does not protect a host that runs the
bot, whose memory holds every key; Python cannot wipe them there. An older file put back is noticed only by
comparing its generation with the one the database remembers.
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hmac import digest
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import DamagedKeyring, OlderKeyring, UnknownKey, WrongKey
from storage.framing import E, NeverPickled, split
from storage.private_files import read_private, sync_folder

KEY_BYTES = 32
_MAGIC = b"PORUCHKR\x01"
_HEADER_BYTES = len(_MAGIC) + 16 + 8 + 12
_TAG_BYTES = 16


class Purpose(StrEnum):
    """What a key is for; no key has two uses."""

    KEK = "KEK"  # wraps data keys
    IDX = "IDX"  # blind indexes
    SIG = "SIG"  # codes, MACs, the pepper of PINs
    AUD = "AUD"  # audit
    DBK = "DBK"  # the SQLite file


class State(StrEnum):
    """Where a key stands in its rotation."""

    PENDING = "pending"
    PRIMARY = "primary"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class KeyEntry(NeverPickled):
    """One key of the ring; ``day`` is when it was made.

    Raises:
        ValueError: the key is not 32 bytes, ``kid`` is not its id, or ``day`` carries a time.
    """

    kid: bytes
    purpose: Purpose
    state: State
    day: date
    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != KEY_BYTES or self.kid != kid_of(self.key):
            raise ValueError(f"entry {self.kid.hex()} does not match its key")
        # A datetime would be written with its time, and the file would never be read again.
        if type(self.day) is not date:
            raise ValueError(f"entry {self.kid.hex()} needs a plain date")


@dataclass(frozen=True, slots=True)
class KeyRing(NeverPickled):
    """All keys of one installation at one generation; it never changes, it is succeeded.

    Raises:
        ValueError: not exactly one primary key for each purpose, two entries with one id, or a
            generation outside 1…2^64-1.
    """

    deployment: UUID
    generation: int
    entries: tuple[KeyEntry, ...]

    def __post_init__(self) -> None:
        if not 1 <= self.generation < 2**64:
            raise ValueError("a keyring's generation is a positive uint64")
        if len({entry.kid for entry in self.entries}) != len(self.entries):
            raise ValueError("two keys of the ring are the same")
        primaries = sorted(entry.purpose for entry in self.entries if entry.state is State.PRIMARY)
        if primaries != sorted(Purpose):
            raise ValueError("a keyring has exactly one primary key for each purpose")

    @classmethod
    def create(cls, deployment: UUID, *, day: date, random: Callable[[int], bytes] = os.urandom) -> "KeyRing":
        """Make generation 1: one new primary key for each purpose."""
        entries = (new_entry(purpose, State.PRIMARY, day=day, random=random) for purpose in Purpose)
        return cls(deployment, 1, tuple(entries))

    @classmethod
    def from_bytes(cls, data: bytes, unseal_secret: bytes) -> "KeyRing":
        """Open a ring that ``to_bytes`` wrote; trusts nothing of the header before the tag has been checked.

        Raises:
            WrongKey: another unseal secret, or a changed byte anywhere after the version.
            DamagedKeyring: too short, another kind or version of file, or content that no ring has.
        """
        if not data.startswith(_MAGIC) or len(data) < _HEADER_BYTES + _TAG_BYTES:
            raise DamagedKeyring("not a keyring of this version")
        header, body = data[:_HEADER_BYTES], data[_HEADER_BYTES:]
        deployment, generation = UUID(bytes=header[9:25]), int.from_bytes(header[25:33], "big")
        cipher = AESGCMSIV(keyring_key(unseal_secret, deployment))
        try:
            plain = cipher.decrypt(header[33:], body, header)
        except InvalidTag:
            raise WrongKey from None
        try:
            return cls(deployment, generation, tuple(_entry(part) for part in split(plain)))
        except ValueError:
            raise DamagedKeyring("its content is not a ring's") from None

    @classmethod
    def load(cls, path: Path, unseal_secret: bytes) -> "KeyRing":
        """Open the ring in a file.

        Raises:
            KeyUnavailable: the file is missing, a link, of another user, or readable by others.
            WrongKey, DamagedKeyring: as ``from_bytes``.
        """
        return cls.from_bytes(read_private(path), unseal_secret)

    def to_bytes(self, unseal_secret: bytes, *, random: Callable[[int], bytes] = os.urandom) -> bytes:
        """Seal the ring under a 32-byte unseal secret; the layout stands at the top of this module."""
        nonce = random(12)
        header = _MAGIC + self.deployment.bytes + self.generation.to_bytes(8, "big") + nonce
        plain = E(*(_entry_bytes(entry) for entry in self.entries))
        return header + AESGCMSIV(keyring_key(unseal_secret, self.deployment)).encrypt(nonce, plain, header)

    def save(self, path: Path, unseal_secret: bytes) -> None:
        """Put the ring in a file of mode 0600, replacing what was there.

        The folder must exist. After a crash the file is the old one or the new one, never half of either; a
        hidden ``.NAME.…`` file, sealed as well, may be left beside it.

        Raises:
            OSError: the file cannot be written; what was there stays.
        """
        data = self.to_bytes(unseal_secret)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)

    def primary(self, purpose: Purpose) -> KeyEntry:
        """Give the key that new things of this purpose are made with."""
        return next(
            entry for entry in self.entries if entry.purpose is purpose and entry.state is State.PRIMARY
        )

    def by_kid(self, kid: bytes, purpose: Purpose) -> KeyEntry:
        """Give the key that a row names, in whatever state it is.

        Raises:
            UnknownKey: the ring has no such key for this purpose; no other is ever tried.
        """
        for entry in self.entries:
            if entry.kid == kid and entry.purpose is purpose:
                return entry
        raise UnknownKey(kid.hex())

    def advanced(self, entries: Iterable[KeyEntry]) -> "KeyRing":
        """Give the ring that follows this one: these entries and the next generation."""
        return KeyRing(self.deployment, self.generation + 1, tuple(entries))

    def require_generation(self, remembered: int) -> None:
        """Refuse to go on with a ring older than the highest generation the database remembers.

        Raises:
            OlderKeyring: this ring's generation is lower than ``remembered``.
        """
        if self.generation < remembered:
            raise OlderKeyring(self.generation, remembered)


def deployment_in(path: Path) -> UUID:
    """Read from a ring's file, unopened, which installation it says it is of: the salt of a passphrase.

    Raises:
        KeyUnavailable: the file is missing, a link, of another user, or readable by others.
        DamagedKeyring: another kind or version of file.
    """
    data = read_private(path)
    if not data.startswith(_MAGIC) or len(data) < _HEADER_BYTES:
        raise DamagedKeyring("not a keyring of this version")
    return UUID(bytes=data[9:25])


def new_entry(
    purpose: Purpose, state: State, *, day: date, random: Callable[[int], bytes] = os.urandom
) -> KeyEntry:
    """Make a key of 32 random bytes."""
    key = random(KEY_BYTES)
    return KeyEntry(kid_of(key), purpose, state, day, key)


def kid_of(key: bytes) -> bytes:
    """Give a key's id, 8 bytes that tell nothing about the key."""
    return digest(key, b"poruch/kid/v1", "sha256")[:8]


def keyring_key(unseal_secret: bytes, deployment: UUID) -> bytes:
    """Derive the key of the keyring's file.

    Raises:
        ValueError: the unseal secret is not 32 bytes.
    """
    if len(unseal_secret) != KEY_BYTES:
        raise ValueError("an unseal secret has 32 bytes")
    return derive_key(unseal_secret, salt=deployment.bytes, info=b"poruch/keyring/v1")


def derive_key(key: bytes, *, info: bytes, salt: bytes | None = None) -> bytes:
    """Derive 32 bytes by HKDF-SHA256 (RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(key)


def _entry_bytes(entry: KeyEntry) -> bytes:
    return E(entry.kid, entry.purpose, entry.state, entry.day.isoformat(), entry.key)


def _entry(framed: bytes) -> KeyEntry:
    kid, purpose, state, day, key = split(framed)
    entry = KeyEntry(
        kid, Purpose(purpose.decode()), State(state.decode()), date.fromisoformat(day.decode()), key
    )
    if _entry_bytes(entry) != framed:
        raise ValueError(f"entry {kid.hex()} is written in another way")
    return entry

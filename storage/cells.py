"""Data keys and sealed cells; only here are columns sealed and opened.

A wrapped data key is ``nonce(12) ‖ AES-256-GCM-SIV(KEK, key, aad = E("dek/v1", deployment, subject, gen,
kid))``, 60 bytes. A cell is ``0x01 ‖ alg ‖ gen(uint16) ‖ nonce(12) ‖ ciphertext ‖ tag(16)``, alg 1 =
AES-256-GCM-SIV (RFC 8452), 2 = AES-256-GCM, ``aad = E("fld/v1", alg, deployment, table, column, row,
subject, gen)``. Inside are uint32 length and the bytes, zero-padded to 64, 256, 1024 or a multiple of 4096.

Protects a stolen database or backup: a cell opens only in its own place, and its size tells only its step.
Does not protect a host that runs the bot, whose memory holds the keys. Whoever may write to the database can
put an older cell of the same place back. Under a random source that repeats itself, alg 1 shows which
writings of one place are equal and nothing more; alg 2 would lose everything, so it is never the default.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV

from storage.errors import UnreadableCell, UnreadableDataKey
from storage.framing import NeverPickled, begun, framed, framed_id
from storage.keyring import KEY_BYTES, kid_of

GCM_SIV = 1
GCM = 2
_CIPHERS: dict[int, type[AESGCMSIV] | type[AESGCM]] = {GCM_SIV: AESGCMSIV, GCM: AESGCM}
_VERSION = 1
_NONCE_BYTES = 12
_TAG_BYTES = 16
_HEADER_BYTES = 4 + _NONCE_BYTES
_WRAPPED_BYTES = _NONCE_BYTES + KEY_BYTES + _TAG_BYTES
_STEPS = (64, 256, 1024)
_LAST_STEP = 4096


# Not frozen: one is made for each cell that is opened, and freezing makes that four times as dear.
@dataclass(slots=True)
class Place:
    """Where a cell stands: its column, its row, and whose key seals it."""

    table: str
    column: str
    row: UUID
    subject: UUID

    def __str__(self) -> str:
        return f"{self.table}.{self.column} of row {self.row}"


def new_dek(random: Callable[[int], bytes] = os.urandom) -> bytes:
    """Make a data key, 32 random bytes."""
    return random(KEY_BYTES)


class WrappingKey(NeverPickled):
    """One wrapping key of one installation: wraps and unwraps data keys; the cipher is built once.

    Raises:
        ValueError: ``kek`` is not 32 bytes.
    """

    __slots__ = ("_beginning", "_cipher", "_end", "kid")

    def __init__(self, kek: bytes, *, deployment: UUID) -> None:
        if len(kek) != KEY_BYTES:
            raise ValueError("a wrapping key has 32 bytes")
        self.kid = kid_of(kek)
        self._cipher = AESGCMSIV(kek)
        self._beginning = begun("dek/v1", deployment, count=5)
        self._end = framed(self.kid)

    def wrap(
        self, dek: bytes, *, subject: UUID, gen: int, random: Callable[[int], bytes] = os.urandom
    ) -> bytes:
        """Seal a data key for its row: 60 bytes that open only for this subject and generation.

        Raises:
            ValueError: ``dek`` is not 32 bytes, or ``gen`` is outside 0…65,535.
        """
        if len(dek) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        nonce = random(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, dek, self._aad(subject, gen))

    def unwrap(self, wrapped: bytes, *, subject: UUID, gen: int) -> bytes:
        """Open a wrapped data key whose row names this key by its id, never a guess.

        Raises:
            UnreadableDataKey: not 60 bytes, changed, of another subject, generation or installation, or
                wrapped under another key.
        """
        if len(wrapped) != _WRAPPED_BYTES or not _is_gen(gen):
            raise UnreadableDataKey(subject)
        try:
            return self._cipher.decrypt(
                wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], self._aad(subject, gen)
            )
        except InvalidTag:
            raise UnreadableDataKey(subject) from None

    def _aad(self, subject: UUID, gen: int) -> bytes:
        return self._beginning + framed_id(subject) + _framed_gen(gen) + self._end


class DataKey(NeverPickled):
    """One subject's key: seals and opens that subject's cells.

    Keep it for all cells of the subject: the cipher is built once, when first needed.

    Raises:
        ValueError: ``key`` is not 32 bytes, or ``gen`` is outside 0…65,535.
    """

    __slots__ = ("_ciphers", "_end", "_gen", "_key", "_random", "_whose", "deployment", "gen", "subject")

    def __init__(
        self,
        key: bytes,
        *,
        deployment: UUID,
        subject: UUID,
        gen: int,
        random: Callable[[int], bytes] = os.urandom,
    ) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self._key = key
        self._random = random
        self._ciphers: dict[int, tuple[AESGCMSIV | AESGCM, bytes]] = {}
        self._whose = framed_id(subject)
        self._end = self._whose + _framed_gen(gen)
        self._gen = gen.to_bytes(2, "big")
        self.deployment = deployment
        self.subject = subject
        self.gen = gen

    def __repr__(self) -> str:
        return f"DataKey(subject={self.subject}, gen={self.gen})"

    def let_go(self) -> None:
        """Let go of the ciphers, which take far more room than the key; they are built anew when needed."""
        self._ciphers.clear()

    def seal(self, place: Place, value: str | bytes, *, alg: int = GCM_SIV) -> bytes:
        """Seal text (as UTF-8) or bytes for one place.

        Raises:
            ValueError: the place is another subject's, or ``alg`` is neither 1 nor 2.
        """
        if place.subject != self.subject:
            raise ValueError(f"cell {place} belongs to another subject than this key")
        if alg not in _CIPHERS:
            raise ValueError(f"algorithm {alg} is not known")
        nonce = self._random(_NONCE_BYTES)
        padded = _padded(value.encode() if isinstance(value, str) else value)
        cipher, beginning = self._ciphers.get(alg) or self._built(alg)
        sealed = cipher.encrypt(nonce, padded, self._aad(beginning, place))
        return bytes((_VERSION, alg)) + self._gen + nonce + sealed

    def open(self, place: Place, cell: bytes) -> bytes:
        """Open the cell that stands in this place.

        Raises:
            UnreadableCell: another version, algorithm or generation, another subject's place, a changed byte,
                or padding that ``seal`` does not write. Nothing else is tried.
        """
        if place.subject != self.subject:
            raise UnreadableCell(str(place), "another subject's key")
        if len(cell) < _HEADER_BYTES or cell[0] != _VERSION:
            raise UnreadableCell(str(place), "not a cell of this version")
        alg = cell[1]
        if alg not in _CIPHERS:
            raise UnreadableCell(str(place), "unknown algorithm")
        if cell[2:4] != self._gen:
            raise UnreadableCell(str(place), "another generation")
        cipher, beginning = self._ciphers.get(alg) or self._built(alg)
        try:
            padded = cipher.decrypt(cell[4:_HEADER_BYTES], cell[_HEADER_BYTES:], self._aad(beginning, place))
        except InvalidTag:
            raise UnreadableCell(str(place), "changed, moved or of another key") from None
        return _unpadded(padded, place)

    def _built(self, alg: int) -> tuple[AESGCMSIV | AESGCM, bytes]:
        """Build a cipher, and the beginning of its associated data."""
        built = self._ciphers[alg] = (_CIPHERS[alg](self._key), _beginning(alg, self.deployment))
        return built

    def _aad(self, beginning: bytes, place: Place) -> bytes:
        row = self._whose if place.row is place.subject else framed_id(place.row)
        return beginning + _framed_column(place.table, place.column) + row + self._end


# What the associated data of many cells have in common; nothing of it is secret.
@lru_cache(maxsize=16)
def _beginning(alg: int, deployment: UUID) -> bytes:
    return begun("fld/v1", alg, deployment, count=8)


@lru_cache(maxsize=512)
def _framed_column(table: str, column: str) -> bytes:
    return framed(table, column)


@lru_cache(maxsize=16)
def _framed_gen(gen: int) -> bytes:
    if not _is_gen(gen):
        raise ValueError("a data key's generation is a uint16")
    return framed(gen)


def _is_gen(gen: int) -> bool:
    return 0 <= gen <= 0xFFFF


def _padded(data: bytes) -> bytes:
    return (len(data).to_bytes(4, "big") + data).ljust(_padded_size(len(data)), b"\0")


def _unpadded(padded: bytes, place: Place) -> bytes:
    length = int.from_bytes(padded[:4], "big")
    end = 4 + length
    if len(padded) != _padded_size(length) or padded.count(0, end) != len(padded) - end:
        raise UnreadableCell(str(place), "wrong padding")
    return padded[4:end]


def _padded_size(length: int) -> int:
    whole = 4 + length
    for step in _STEPS:
        if whole <= step:
            return step
    return -(-whole // _LAST_STEP) * _LAST_STEP

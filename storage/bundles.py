"""Bundles sealed by age to recipients elsewhere: backups, the ledger of who left, the recovery copy.

A bundle is one age v1 file (X25519 recipients). What goes in is sealed piece by piece as it comes, so nothing
of it is ever readable on a disk, not even in a temporary file.

Protects a backup that is taken: without an identity nothing opens. Does not prove who made it, since anybody
can seal to a public key. The mark inside (`storage.bundle_format`) says that the key ring made it, and whose
ring that is, the fingerprint (`storage.fingerprints`) or an unseal secret that nobody else has.
"""

import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pyrage
from pyrage import x25519

from storage.errors import BadIdentity, BadRecipient, UnusableBundle
from storage.framing import NeverPickled

_LARGEST_IDENTITY_FILE = 65_536
_IDENTITY = "AGE-SECRET-KEY-1"
DAMAGED = "it is damaged or cut short; take another copy of it"


class Identities(NeverPickled):
    """The secret halves of recipients, from one file."""

    __slots__ = ("_known",)

    def __init__(self, known: Sequence[x25519.Identity]) -> None:
        self._known = list(known)

    @classmethod
    def read(cls, path: Path) -> "Identities":
        """Take the identities from a file as `age-keygen` writes it: one a line, `#` begins a remark.

        Raises:
            BadIdentity: the file cannot be read, or holds anything else.
        """
        try:
            with path.open(encoding="utf-8") as file:
                lines = file.read(_LARGEST_IDENTITY_FILE).splitlines()
        except FileNotFoundError:
            raise BadIdentity(path, "there is no such file") from None
        except OSError as error:
            raise BadIdentity(path, f"it cannot be read ({error.strerror})") from None
        except UnicodeDecodeError:
            raise BadIdentity(path, "it is no text") from None
        keys = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        if not keys or not all(key.startswith(_IDENTITY) for key in keys):
            raise BadIdentity(path, f"it holds no line that begins with {_IDENTITY}, or other lines too")
        try:
            return cls([x25519.Identity.from_str(key) for key in keys])
        except pyrage.IdentityError:
            raise BadIdentity(path, "an identity in it is mistyped") from None

    def open(self, path: Path, take: Callable[[bytes], None]) -> None:
        """Open a bundle and give its content on, piece by piece; it counts only when this returns.

        Raises:
            UnusableBundle: sealed to others, changed, cut, or not a bundle.
            Exception: whatever ``take`` raised.
        """
        if not path.is_file():
            # A named pipe in its place would stop the program here for ever.
            raise UnusableBundle(path.name, "it is not a file")
        sink = _Sink(take)
        try:
            with path.open("rb") as file:
                pyrage.decrypt_io(file, sink, self._known)
        except (pyrage.DecryptError, OSError, ValueError) as error:
            if sink.failure is not None:
                raise sink.failure from None
            if "No matching keys" in str(error):
                reason = "it was sealed to somebody else; none of the identities opens it"
                raise UnusableBundle(path.name, reason) from None
            raise UnusableBundle(path.name, DAMAGED) from None

    def open_small(self, sealed: bytes) -> bytes | None:
        """Open what `seal_small` sealed; None where it was sealed to others or is damaged."""
        try:
            return bytes(pyrage.decrypt(sealed, self._known))
        except (pyrage.DecryptError, ValueError):
            return None


def seal_small(content: bytes, recipients: Sequence[str]) -> bytes:
    """Seal something small in memory."""
    return bytes(pyrage.encrypt(content, [x25519.Recipient.from_str(each) for each in recipients]))


def checked_recipient(text: str) -> str:
    """Return a public age key (`age1…`) as it is kept.

    Raises:
        BadRecipient: it is none, or is mistyped. An identity is never repeated in the text.
    """
    try:
        return str(x25519.Recipient.from_str(text.strip()))
    except pyrage.RecipientError:
        raise BadRecipient(is_secret=text.strip().upper().startswith(_IDENTITY)) from None


def seal(content: Iterable[bytes], path: Path, recipients: Sequence[str]) -> None:
    """Seal pieces of content into a new file of mode 0600 that is on the disk when this returns.

    Raises:
        OSError: the file exists, or cannot be written; what was begun of it is removed.
        Exception: whatever ``content`` raised.
    """
    source = _Source(iter(content))
    keys = [x25519.Recipient.from_str(recipient) for recipient in recipients]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _encrypt(source, _Sink(file.write), keys, path)
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _encrypt(source: "_Source", sink: "_Sink", keys: Sequence[x25519.Recipient], path: Path) -> None:
    try:
        pyrage.encrypt_io(source, sink, keys)
    except pyrage.EncryptError as error:
        failure = source.failure or sink.failure
        raise failure or OSError(None, "it cannot be sealed", str(path)) from error


class _Source(io.RawIOBase):
    """A file to read from, over pieces; the library hides what fails in it, so it is remembered here."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""
        self.failure: BaseException | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        try:
            while not self._rest:
                piece = next(self._pieces, None)
                if piece is None:
                    return b""
                self._rest = piece
        except BaseException as failure:
            self.failure = failure
            raise
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


class _Sink(io.RawIOBase):
    """A file to write to that hands everything on; what fails in it is remembered for the same reason."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take
        self.failure: BaseException | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        try:
            self._take(data)
        except BaseException as failure:
            self.failure = failure
            raise
        return len(data)

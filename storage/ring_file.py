"""The key ring's file together with the secret that opens it, so that a running process can read it anew."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.errors import DamagedKeyring, KeyUnavailable, WrongKey
from storage.framing import NeverPickled
from storage.keyring import KeyRing
from storage.private_files import read_private


class RingFile(NeverPickled):
    """Where one installation's key ring lies; holds the unseal secret for the life of the process."""

    __slots__ = ("_unseal_secret", "path")

    def __init__(self, path: Path, unseal_secret: bytes) -> None:
        self.path = path
        self._unseal_secret = unseal_secret

    @property
    def unseal_secret(self) -> bytes:
        """The 32 bytes that open the ring, for the recovery copy alone."""
        return self._unseal_secret

    def read(self) -> bytes:
        """Return the file as it lies there, sealed.

        Raises:
            KeyUnavailable: as ``KeyRing.load``.
        """
        return read_private(self.path)

    def sealed(self, ring: KeyRing) -> bytes:
        """Return a ring as the file would hold it, for bundles."""
        return ring.to_bytes(self._unseal_secret)

    def load(self) -> KeyRing:
        """Open the ring as it lies there now.

        Raises:
            KeyUnavailable, WrongKey, DamagedKeyring: as ``KeyRing.load``.
        """
        try:
            return KeyRing.load(self.path, self._unseal_secret)
        except (WrongKey, DamagedKeyring):
            # The file may have been replaced, and the one before it wiped, while it was being read.
            return KeyRing.load(self.path, self._unseal_secret)

    def save(self, ring: KeyRing) -> None:
        """Put a ring in place of the one that lies there, and wipe that; after a crash it is one of the two.

        Raises:
            KeyUnavailable: none lies there: what was destroyed does not come back from a memory.
            OSError: the file cannot be written; what was there stays.
        """
        try:
            with _found_by_others(self.path), _wiped_afterwards(self.path):
                ring.save(self.path, self._unseal_secret)
        except FileNotFoundError:
            raise KeyUnavailable(f"{self.path} is not there any more and is not written anew") from None

    def wipe_leftovers(self) -> None:
        """Wipe and remove what writers that were killed left beside the file; only while nobody writes it.

        Raises:
            OSError: one of them cannot be written or removed.
        """
        for path in self.path.parent.glob(f".{self.path.name}.*"):
            with suppress(FileNotFoundError):
                if path.samefile(self.path):
                    # A writer was killed before it had put its own in place: these bytes are the ring in use.
                    path.unlink()
                    continue
                with _wiped_afterwards(path):
                    path.unlink()


@contextmanager
def _found_by_others(path: Path) -> Iterator[None]:
    """Give what is being replaced a second name, by which `wipe_leftovers` finds it should we be killed.

    A file system without such names leaves it to whoever wipes it here.
    """
    second = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with suppress(OSError):
        os.link(path, second)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            if second.samefile(path):
                second.unlink()
        raise
    second.unlink(missing_ok=True)


@contextmanager
def _wiped_afterwards(path: Path) -> Iterator[None]:
    """Overwrite the bytes that a name stood for, once it stands for others or is gone.

    A file system that copies on write, a snapshot, and flash that spreads its writing keep the old ones.

    Raises:
        FileNotFoundError: there is no such name.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        yield
        os.pwrite(descriptor, os.urandom(os.fstat(descriptor).st_size), 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""The key ring's file together with the secret that opens it, so that a running process can read it anew."""

from pathlib import Path

from storage.framing import NeverPickled
from storage.keyring import KeyRing


class RingFile(NeverPickled):
    """Where one installation's key ring lies; holds the unseal secret for the life of the process."""

    __slots__ = ("_unseal_secret", "path")

    def __init__(self, path: Path, unseal_secret: bytes) -> None:
        self.path = path
        self._unseal_secret = unseal_secret

    def load(self) -> KeyRing:
        """Open the ring as it lies there now.

        Raises:
            KeyUnavailable, WrongKey, DamagedKeyring: as ``KeyRing.load``.
        """
        return KeyRing.load(self.path, self._unseal_secret)

    def save(self, ring: KeyRing) -> None:
        """Put a ring in place of the one that lies there; after a crash it is one of the two.

        Raises:
            OSError: the file cannot be written; what was there stays.
        """
        ring.save(self.path, self._unseal_secret)

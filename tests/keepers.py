"""Somebody elsewhere who holds an age identity, to whom backups are sealed."""

from dataclasses import dataclass
from pathlib import Path

from pyrage import x25519

from storage.bundles import Identities


@dataclass(frozen=True)
class Keeper:
    """A person with an identity file, and the public key that belongs to it."""

    file: Path
    recipient: str

    @property
    def identities(self) -> Identities:
        return Identities.read(self.file)


def new_keeper(folder: Path, name: str = "identity.txt") -> Keeper:
    identity = x25519.Identity.generate()
    recipient = str(identity.to_public())
    path = folder / name
    path.write_text(f"# created: 2026-11-01T00:00:00Z\n# public key: {recipient}\n{identity}\n")
    path.chmod(0o600)
    return Keeper(path, recipient)

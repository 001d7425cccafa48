"""A process that opens a keyring file, seals, forks and seals on: what tests of nonces start.

python -m tests.storage.sealing KEYRING UNSEAL-KEY-FILE   prints one line of JSON for each of its two halves.
"""

import json
import os
import sys
from pathlib import Path
from uuid import UUID

from storage.buttons import new_token
from storage.cells import DataKey, Place, WrappingKey, new_dek
from storage.keyring import KeyRing, Purpose

SUBJECT = UUID(int=11)
PLACE = Place("person", "phone", UUID(int=13), SUBJECT)
MANY = 200


class Sealer:
    """Everything of the product that asks for random bytes, under keys that stay the same."""

    def __init__(self, ring: KeyRing, secret: bytes) -> None:
        self._ring = ring
        self._secret = secret
        kek = ring.primary(Purpose.KEK).key
        self._wrapping = WrappingKey(kek, deployment=ring.deployment)
        self._key = DataKey(kek, deployment=ring.deployment, subject=SUBJECT, gen=1)

    def drawn(self) -> dict[str, str]:
        """Seal one of everything, and return the random part of each."""
        dek = new_dek()
        wrapped = self._wrapping.wrap(dek, subject=SUBJECT, gen=1)
        assert self._wrapping.unwrap(wrapped, subject=SUBJECT, gen=1) == dek
        return {
            "cell": self._key.seal(PLACE, "the same words")[4:16].hex(),
            "data key": dek.hex(),
            "wrapped key": wrapped[:12].hex(),
            "keyring": self._ring.to_bytes(self._secret)[33:45].hex(),
            "button": new_token().hex(),
        }

    def line(self) -> bytes:
        return json.dumps([self.drawn() for _ in range(MANY)]).encode() + b"\n"


def main(keyring: Path, unseal_key: Path) -> None:
    secret = bytes.fromhex(unseal_key.read_text())
    sealer = Sealer(KeyRing.load(keyring, secret), secret)
    # What a random source keeps of its own would now be there, and both halves would go on from it.
    sealer.drawn()
    child = os.fork()
    if child == 0:
        os.write(1, sealer.line())
        os._exit(0)
    os.waitpid(child, 0)
    os.write(1, sealer.line())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

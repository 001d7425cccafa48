"""Argon2id (RFC 9106): hashes of PINs, and the unseal secret made from a passphrase.

A PIN has six digits: whoever holds both the hash and the pepper tries them all within days. What protects it
is that the pepper lives in the keyring, the hash in a sealed cell, and that five wrong tries close the desk.
A passphrase can be tried by whoever has the keyring's file, as fast as 256 MiB for each try allow.
"""

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: memory in KiB (at least 8 for each lane), passes over it, lanes side by side."""

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4


PIN_COST = Cost()
PASSPHRASE_COST = Cost(memory_kib=262_144)


def hash_pin(
    pin: str, *, pepper: bytes, cost: Cost = PIN_COST, random: Callable[[int], bytes] = os.urandom
) -> str:
    """Hash a PIN into a line that names its own salt and cost, ``$argon2id$v=19$m=…``.

    The pepper is Argon2's own secret parameter and not in the line. Takes 64 MiB and about 0.2 s: call it in
    a thread, one at a time, and outside any transaction.
    """
    kdf = Argon2id(
        salt=random(16),
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
        secret=pepper,
    )
    return kdf.derive_phc_encoded(pin.encode())


def pin_matches(pin: str, stored: str, *, pepper: bytes) -> bool:
    """Say whether ``stored`` is the hash of this PIN; what ``hash_pin`` did not write matches nothing.

    The comparison takes the same time wherever the hashes differ. The cost is the one ``stored`` names, so it
    must come out of a sealed cell. Takes as long and as much as ``hash_pin``.
    """
    try:
        Argon2id.verify_phc_encoded(pin.encode(), stored, secret=pepper)
    except (InvalidKey, ValueError):
        return False
    return True


def secret_from_passphrase(passphrase: str, *, deployment: UUID, cost: Cost = PASSPHRASE_COST) -> bytes:
    """Make the 32-byte unseal secret of one installation from its passphrase.

    The salt is the deployment's id. Composed and decomposed letters count as the same (NFC). Takes 256 MiB
    and about a second: call it in a thread where others wait.
    """
    kdf = Argon2id(
        salt=deployment.bytes,
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode())

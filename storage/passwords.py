"""Hashes of PINs: Argon2id (RFC 9106) with a pepper that is not in the database.

A PIN has six digits: whoever holds both the hash and the pepper tries them all within days. What protects it
is that the pepper lives in the keyring, the hash in a sealed cell, and that five wrong tries close the desk.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: memory in KiB (at least 8 for each lane), passes over it, lanes side by side."""

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4


PIN_COST = Cost()


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

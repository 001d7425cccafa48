"""An installation's fingerprint: what people write down, to know their backup from one that was made up.

Anybody can seal to a public age key, so a stranger can make a whole backup, with keys of their own. The
fingerprint is a MAC under the SIG key, cut to 120 bits: without that key nobody makes a ring that has it, not
even knowing it. It is no secret. No command replaces SIG, rotation turns the wrapping key alone, so it stays
the same for an installation's whole life, and a restored one has it as well.
"""

from base64 import b32encode

from storage.errors import BadFingerprint
from storage.keyring import KeyRing, Purpose
from storage.macs import Macs

_BYTES = 15
_GROUP = 4
_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
# Digits that the alphabet lacks are letters that somebody copied by hand.
_MISREAD = str.maketrans("018", "OIB")


def fingerprint_of(ring: KeyRing) -> str:
    """Return the fingerprint of a ring's installation: six groups of four letters and digits."""
    mark = Macs(ring.primary(Purpose.SIG).key, ring.deployment).installation_mac()
    return _grouped(b32encode(mark[:_BYTES]).decode("ascii"))


def place_mark_of(ring: KeyRing) -> str:
    """Return by what an installation knows a folder of its bundles; to others it says nothing."""
    return Macs(ring.primary(Purpose.SIG).key, ring.deployment).place_mac().hex()


def typed_fingerprint(text: str) -> str:
    """Return a fingerprint as it is written, from what somebody typed: case, spaces and dashes do not count.

    Raises:
        BadFingerprint: it is none.
    """
    signs = "".join(sign for sign in text.upper().translate(_MISREAD) if sign.isalnum())
    if len(signs) != _BYTES * 8 // 5 or not set(signs) <= _SIGNS:
        raise BadFingerprint
    return _grouped(signs)


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))

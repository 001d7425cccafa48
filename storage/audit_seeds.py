"""The trail's seeds, each sealed by age to who was a recipient when it was made, and to nobody here.

``E(sealed…)``, oldest first; in each ``E("poruch/audit/seed/v1", deployment, after, seed)``. They stand so
in the head's row, sealed once more, and in the recovery copy. This installation cannot open them.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from uuid import UUID

from storage.audit_chain import Seed
from storage.bundles import Identities, seal_small
from storage.framing import E, split

_LABEL = b"poruch/audit/seed/v1"


def with_seed(kept: str | None, seed: Seed, deployment: UUID, recipients: Sequence[str]) -> str | None:
    """Add a seed to those that are kept; without recipients there is nothing to add."""
    if not recipients:
        return kept
    before = () if kept is None else split(b64decode(kept))
    sealed = seal_small(E(_LABEL, deployment, seed.after, seed.key), recipients)
    return b64encode(E(*before, sealed)).decode()


def raw_seeds(kept: str) -> bytes:
    """Give what is kept as it goes into the recovery copy."""
    return b64decode(kept)


def opened_seeds(raw: bytes, identities: Identities, deployment: UUID) -> list[Seed]:
    """Open the seeds that were sealed to somebody; those of others are left out.

    Raises:
        ValueError: these are no seeds, or another installation's.
    """
    opened = [identities.open_small(sealed) for sealed in split(raw)]
    return [_seed(plain, deployment) for plain in opened if plain is not None]


def _seed(plain: bytes, deployment: UUID) -> Seed:
    label, of, after, key = split(plain)
    if (label, of) != (_LABEL, deployment.bytes):
        raise ValueError("a seed of something else")
    return Seed(int.from_bytes(after, "big"), key)

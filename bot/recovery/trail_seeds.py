"""The trail's seeds, out of a recovery copy, for who holds an identity."""

from pathlib import Path
from uuid import UUID

from bot.host.refusals import InstallationError
from storage.audit_chain import Seed
from storage.audit_seeds import opened_seeds
from storage.bundle_format import BundleKind
from storage.bundle_reading import read_bundle
from storage.bundles import DAMAGED, Identities
from storage.dump import RING, SEEDS, UNSEAL_SECRET
from storage.errors import DamagedKeyring, UnusableBundle, WrongKey
from storage.filling import Collected
from storage.keyring import KeyRing


def copied_seeds(copy: Path, identities: Identities) -> tuple[list[Seed], UUID]:
    """Return the seeds in a recovery copy that open, and of which installation it is.

    Raises:
        InstallationError: there are none.
        UnusableBundle: it is no recovery copy, damaged, or sealed to others.
    """
    collected = Collected(BundleKind.RECOVERY, copy.name)
    read = read_bundle(copy, identities, collected)
    blobs = collected.blobs
    try:
        read.require_signed_by(KeyRing.from_bytes(blobs[RING], blobs[UNSEAL_SECRET]))
        seeds = opened_seeds(blobs[SEEDS], identities, read.header.deployment) if SEEDS in blobs else []
    except (KeyError, ValueError, WrongKey, DamagedKeyring):
        raise UnusableBundle(copy.name, DAMAGED) from None
    if not seeds:
        raise InstallationError(
            f"{copy} holds no seed of the trail that this identity opens; was the identity a recipient when "
            "the trail began?"
        )
    return seeds, read.header.deployment

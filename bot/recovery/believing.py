"""By what a restore believes that a backup is ours: the fingerprint that was written down, or our own secret.

Whatever is sealed to public keys anybody may have made, the recovery copy and a key ring in it too. A forger
lacks two things: the SIG key, from which the fingerprint is made, and the unseal secret the operator holds.
"""

import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from bot.configuration.settings import Settings
from bot.host.refusals import InstallationError
from bot.host.unsealing import is_typed
from storage.fingerprints import fingerprint_of
from storage.key_sources import Passphrase, key_file, unseal_secret
from storage.keyring import KeyRing


class SecretFrom(StrEnum):
    """Where a restore takes the unseal secret from."""

    OWN = "own"  # whatever PORUCH_KEY_SOURCE names; a passphrase is typed
    RECOVERY = "recovery"  # the recovery copy, which is believed by the fingerprint alone


@dataclass(frozen=True)
class Belief:
    """Where the secret comes from, and what the operator knows that a forger does not.

    Raises:
        InstallationError: the recovery copy is to be believed without a fingerprint.
    """

    secret_from: SecretFrom
    fingerprint: str | None = None
    passphrase: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.secret_from is SecretFrom.RECOVERY and self.fingerprint is None:
            raise InstallationError(
                "anybody could have made this backup, it is sealed to public keys: say which installation it "
                "must be of by --installation and the letters and digits that init printed and you wrote down"
            )

    def require(self, ring: KeyRing) -> None:
        """Refuse the ring of a backup that is not of the installation that was named.

        Raises:
            InstallationError: it is of another.
        """
        if self.fingerprint is not None and fingerprint_of(ring) != self.fingerprint:
            raise InstallationError(
                "this backup is of another installation than --installation says, or somebody else made it; "
                "nothing was changed; compare what you wrote down, and where these files come from"
            )

    def own_secret(self, settings: Settings, deployment: UUID) -> bytes:
        """Take the unseal secret from where PORUCH_KEY_SOURCE says, or make it from what was typed.

        Raises:
            InstallationError, KeyUnavailable: it is not there, or cannot be used.
        """
        missing = missing_key_file(settings)
        if missing is not None:
            raise InstallationError(
                f"the key {missing} is missing; put a copy of it there, or name its place in "
                "PORUCH_KEY_SOURCE; if it is lost, the recovery copy holds it: --secret recovery, with "
                "--installation"
            )
        typed = self.passphrase
        return unseal_secret(
            settings.key_source,
            data_dir=settings.data_dir,
            environ=os.environ,
            passphrase=None if typed is None else Passphrase(lambda: typed, deployment),
        )


def usual_source(settings: Settings, *, is_check: bool, has_fingerprint: bool) -> SecretFrom:
    """Say where the secret comes from unless the operator chooses.

    A restore uses what is here. A check tries the recovery copy: what is here goes with the machine that the
    backup is for, but not a passphrase. Without the fingerprint that copy would not be believed.
    """
    if is_typed(settings):
        return SecretFrom.OWN
    if missing_key_file(settings) is not None or (is_check and has_fingerprint):
        return SecretFrom.RECOVERY
    return SecretFrom.OWN


def missing_key_file(settings: Settings) -> Path | None:
    """Return the key file that PORUCH_KEY_SOURCE names and that is not there yet; otherwise None."""
    if not settings.key_source.startswith("file:"):
        return None
    path = key_file(settings.key_source, data_dir=settings.data_dir)
    return None if os.path.lexists(path) else path

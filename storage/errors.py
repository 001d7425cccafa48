"""What storage refuses: one tree, whose texts hold ids and never a value, a key or a person's words."""

from pathlib import Path
from typing import ClassVar
from uuid import UUID


class StorageError(Exception):
    """Something kept here cannot be read, found or written as asked."""

    is_safe_to_log: ClassVar[bool] = True


class KeyUnavailable(StorageError):
    """A key file, a key source or the keyring's file cannot be used as it is.

    The text is the operator's line: it says what is wrong and what to do. It names a path, which may
    hold a user's name, so it is for the terminal and not for logs.
    """

    is_safe_to_log = False


class WrongKey(StorageError):
    """The keyring does not open with this unseal secret, or its file was changed: the two look alike."""

    def __init__(self) -> None:
        super().__init__(
            "the keyring does not open: PORUCH_KEY_SOURCE names another key than the one it was sealed with, "
            "or its file was changed; name the right key, or bring everything back from a backup: "
            "poruch restore"
        )


class DamagedKeyring(StorageError):
    """The keyring's file is not one this release writes."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the keyring is damaged ({reason}); bring everything back from a backup: poruch restore"
        )


class OlderKeyring(StorageError):
    """The database has already worked with a later keyring than this one."""

    def __init__(self, generation: int, remembered: int) -> None:
        super().__init__(
            f"the keyring has generation {generation}, but the database has seen {remembered}; "
            "put the latest keyring in its place"
        )
        self.generation = generation
        self.remembered = remembered


class TurningKeys(StorageError):
    """The key ring was succeeded while a moment of the database was being taken, again and again."""

    def __init__(self) -> None:
        super().__init__("the keys are being rotated just now; try again when that has ended")


class UnknownKey(StorageError):
    """No key of the keyring has this id or this purpose."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"the keyring holds no key {wanted}")


class UnreadableDataKey(StorageError):
    """A wrapped data key does not open under the key its row names."""

    def __init__(self, subject: UUID) -> None:
        super().__init__(f"the data key of subject {subject} cannot be unwrapped")
        self.subject = subject


class UnreadableCell(StorageError):
    """A sealed cell was damaged, moved from its place, or sealed under another key."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"cell {place} cannot be opened: {reason}")
        self.reason = reason


class DatabaseUnavailable(StorageError):
    """The database cannot be reached, is locked, full or read-only; nothing was changed."""


class NotLoaded(DatabaseUnavailable):
    """A part of the program cannot be read just now, or the memory is full; nothing was changed."""


class LeaseLost(DatabaseUnavailable):
    """Somebody else does this job now; nothing was changed."""


class WrongDatabaseKey(StorageError):
    """The database file is not one that this installation's keyring opens."""

    def __init__(self) -> None:
        super().__init__(
            "the database file does not open under this keyring: the two belong to different installations, "
            "or the file was damaged; put the matching keyring beside it, or restore both from one backup"
        )


class ForgedRow(StorageError):
    """A row was written or changed by somebody who does not hold the keys."""


class BrokenTrail(StorageError):
    """The trail of what was done cannot be written or read; what cannot be written there is not done."""

    def __init__(self) -> None:
        super().__init__(
            "the trail of what was done cannot be written or was changed by hand, so nothing is done that "
            "belongs there; look through it: poruch audit verify"
        )


class AlreadyThere(StorageError):
    """The same thing stands already."""


class UpdateAlreadyTaken(StorageError):
    """An update has had its effect before."""


class BadRecipient(StorageError):
    """What should be a public age key is none."""

    def __init__(self, *, is_secret: bool) -> None:
        super().__init__(
            "this is an identity, which must stay secret; give the public key that belongs to it (age1…)"
            if is_secret
            else "a recipient is a public age key: age1 and 58 more letters and digits; copy it again"
        )


class BadIdentity(StorageError):
    """A file with identities cannot be used; its path, for the terminal, is all that is told of it."""

    is_safe_to_log = False

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"the identity file {path} cannot be used: {reason}; name by --identity the file that age-keygen "
            "wrote, or a copy of it"
        )


class BadFingerprint(StorageError):
    """What should be an installation's fingerprint is none."""

    def __init__(self) -> None:
        super().__init__(
            "a fingerprint of an installation is 24 letters and digits in six groups; copy it again, as "
            "poruch init, backup and keys list print it"
        )


class UnusableBundle(StorageError):
    """A backup bundle is damaged, sealed to others, forged, or does not belong here."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be used: {reason}")

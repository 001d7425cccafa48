"""How a program comes to the unseal secret of an installation, wherever PORUCH_KEY_SOURCE says it is."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from uuid import UUID

from bot.configuration.settings import Settings
from bot.host.disks import is_on_disk_of, unmounted_advice
from bot.host.refusals import InstallationError, in_one_line
from bot.host.run_lock import is_begun
from bot.host.undoing import quietly
from storage.database import FILE_NAME
from storage.errors import KeyUnavailable, WrongKey
from storage.key_sources import (
    FEWEST_SIGNS,
    PROMPT,
    SHORTEST_PASSPHRASE,
    Passphrase,
    create_key_file,
    key_file,
    require_passphrase,
    unseal_secret,
)
from storage.keyring import KeyRing, deployment_in
from storage.passwords import PASSPHRASE_COST, Cost
from storage.ring_file import RingFile

KEYRING_NAME = "keyring.bin"
FROM_BACKUP = "bring everything back from a backup: poruch restore"

Ask = Callable[[], str]


class WrongPassphrase(InstallationError):
    """The key ring does not open with what was typed."""

    def __init__(self) -> None:
        super().__init__(
            "this passphrase does not open the key ring; type it again; an installation that was made with a "
            "key file opens with that alone: PORUCH_KEY_SOURCE=file:PATH; if it is surely the right one, the "
            f"file was changed: {FROM_BACKUP}"
        )


class TooShortPassphrase(InstallationError):
    """No installation has a passphrase like what was typed."""

    def __init__(self) -> None:
        super().__init__(
            f"this cannot be the passphrase, which has at least {SHORTEST_PASSPHRASE} characters, "
            f"{FEWEST_SIGNS} of them different; type it again"
        )


def is_typed(settings: Settings) -> bool:
    """Say whether the unseal secret is made from a passphrase that somebody types."""
    return settings.key_source == PROMPT


def read_secret(settings: Settings, *, ask: Ask | None = None, cost: Cost = PASSPHRASE_COST) -> bytes:
    """Read the unseal secret of the installation that the settings name.

    With ``prompt``, `ask` is called for the passphrase; hashing it takes a second, so call this in a thread
    where others wait.

    Raises:
        InstallationError: nothing is installed there, the source cannot be used, or no passphrase was typed.
    """
    with in_one_line():
        require_installed(settings)
        return unseal_secret(
            settings.key_source,
            data_dir=settings.data_dir,
            environ=os.environ,
            passphrase=_passphrase(settings, ask, cost),
        )


def require_key_place(settings: Settings, *, use_key: bool, left: str | None = None) -> None:
    """Refuse, for a new installation, a key file that may be another's; made for this one, it is to be said.

    Two installations under one key fall together: `destroy` of the one takes the other along.

    Args:
        left: the key file that an `init` made for the same installation before it was cut off.

    Raises:
        InstallationError: a file lies there and is not to be used, or is to be used and lies nowhere.
        KeyUnavailable: the source cannot be used.
    """
    if not settings.key_source.startswith("file:"):
        return
    path = key_file(settings.key_source, data_dir=settings.data_dir)
    if use_key and not os.path.lexists(path):
        raise InstallationError(f"no key lies at {path}; leave --use-key out, and one is made there")
    if not use_key and os.path.lexists(path) and str(path) != left:
        raise InstallationError(
            f"the key {path} is there already and may be another installation's; nothing was changed; name a "
            "new file by PORUCH_KEY_SOURCE, or say that it was made for this one: poruch init --use-key"
        )


def advice_on_key(settings: Settings) -> list[str]:
    """Say what speaks against the place of a key file; to be asked before a new installation is made."""
    kind, _, name = settings.key_source.partition(":")
    if kind != "file":
        return []
    path = Path(name)
    advice = [] if settings.key_source_is_default else unmounted_advice(path.parent)
    if is_on_disk_of(path, settings.data_dir):
        advice.append(
            "the key lies on the same disk as the data, so whoever takes the disk can read everything; "
            "better move it to another device and set PORUCH_KEY_SOURCE=file:PATH"
        )
    return advice


def first_secret(
    settings: Settings, deployment: UUID, undo: ExitStack, *, ask: Ask | None, cost: Cost
) -> bytes:
    """Make or take the unseal secret of a new installation; a key file that lies ready is used as it is.

    Raises:
        KeyUnavailable: the source cannot be used.
    """
    if settings.key_source.startswith("file:"):
        path = key_file(settings.key_source, data_dir=settings.data_dir)
        if not os.path.lexists(path):
            for place in [place for place in path.parents if not place.exists()][::-1]:
                place.mkdir(mode=0o700)
                undo.callback(quietly, place.rmdir)
            secret = create_key_file(path)
            # Only what is ours: where it fails because another lies there, that one stays.
            undo.callback(quietly, path.unlink)
            return secret
    passphrase = None if ask is None else Passphrase(ask, deployment, cost)
    return unseal_secret(
        settings.key_source, data_dir=settings.data_dir, environ=os.environ, passphrase=passphrase
    )


def require_installed(settings: Settings) -> None:
    """Refuse where key ring or database file is missing; beside one of them nobody is sent to make a new one.

    What an `init` or a `restore` has not ended is refused as well: the next one clears it away.

    Raises:
        InstallationError: it is so.
    """
    folder, is_in_file = settings.data_dir, settings.database_url is None
    keyring, file = folder / KEYRING_NAME, folder / FILE_NAME
    if is_begun(folder):
        raise InstallationError(
            f"an init or a restore was cut off in {folder}, or is still at work, and nobody is in it yet; "
            "type it again, and it begins anew"
        )
    if not keyring.exists() and is_in_file and not file.exists():
        raise InstallationError(
            f"nothing is installed in {folder}; go to the folder of your .env, or set PORUCH_DATA_DIR; "
            "a new installation is made by: poruch init"
        )
    if not keyring.exists():
        new = "" if is_in_file else "; a new installation in an empty database is made by: poruch init"
        raise InstallationError(
            f"the key ring {keyring} is missing; put it back, or set PORUCH_DATA_DIR to its folder, or "
            f"{FROM_BACKUP}{new}"
        )
    if is_in_file and not file.exists():
        raise InstallationError(
            f"the database {file} is missing; put it back, or set PORUCH_DATABASE_URL if it is PostgreSQL, "
            f"or {FROM_BACKUP}"
        )


def require_ring(settings: Settings) -> None:
    """Refuse, before there is any key, where no installation can be opened later.

    Raises:
        InstallationError: nothing is installed, half of it is missing, or the key ring's file is not ours.
    """
    with in_one_line():
        require_installed(settings)
        deployment_in(settings.data_dir / KEYRING_NAME)


def load_ring(settings: Settings, secret: bytes) -> tuple[RingFile, KeyRing]:
    """Open the key ring; the file is kept with what opens it, so that it can be read anew.

    Raises:
        WrongPassphrase: it does not open, and the secret was typed.
        KeyUnavailable, WrongKey, DamagedKeyring: as ``KeyRing.load``.
    """
    file = RingFile(settings.data_dir / KEYRING_NAME, secret)
    try:
        return file, file.load()
    except WrongKey:
        if is_typed(settings):
            raise WrongPassphrase from None
        raise


def _passphrase(settings: Settings, ask: Ask | None, cost: Cost) -> Passphrase | None:
    if ask is None or not is_typed(settings):
        return None
    return Passphrase(partial(_ask_for, ask), deployment_in(settings.data_dir / KEYRING_NAME), cost)


def _ask_for(ask: Ask) -> str:
    typed = ask()
    try:
        return require_passphrase(typed)
    except KeyUnavailable:
        # Its own advice is for whoever chooses a new one.
        raise TooShortPassphrase from None

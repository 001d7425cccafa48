"""Where the unseal secret comes from.

``prompt`` makes it from a passphrase that is typed, ``credential:NAME`` and ``file:PATH`` read it, and
``env:NAME`` is for tests. A key file on the machine of the database opens everything to who takes the disk;
an environment variable is seen by whatever starts the process.
"""

import logging
import os
import secrets
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from storage.credentials import read_credential
from storage.errors import KeyUnavailable
from storage.passwords import PASSPHRASE_COST, Cost, secret_from_passphrase
from storage.private_files import create_private, read_private

PROMPT = "prompt"
SECRET_BYTES = 32
SHORTEST_PASSPHRASE = 16
FEWEST_SIGNS = 6
_WAYS = (
    "what works is prompt, credential:NAME, file:PATH (a file of yours, mode 0600, outside the data folder) "
    "and, for tests, env:NAME (64 hex characters)"
)
_FIND_KEY = (
    "put the key back there, or name its new place in PORUCH_KEY_SOURCE; if it is lost, poruch restore "
    "brings everything back from a backup and the recovery copy"
)
_log = logging.getLogger("poruch.keys")


@dataclass(frozen=True)
class Passphrase:
    """How a passphrase is come by: ``ask`` returns what was typed, ``deployment`` salts it."""

    ask: Callable[[], str]
    deployment: UUID
    cost: Cost = PASSPHRASE_COST


def unseal_secret(
    source: str,
    *,
    data_dir: Path,
    environ: MutableMapping[str, str],
    passphrase: Passphrase | None = None,
) -> bytes:
    """Read the 32-byte unseal secret from the place that ``PORUCH_KEY_SOURCE`` names.

    Content is 64 hex characters with or without a line end, or (in a file or credential) 32 raw bytes. A
    variable is taken out of ``environ`` even when its value is refused. With ``prompt`` it takes a second and
    256 MiB, and whether the passphrase is the right one shows only when the key ring is opened.

    Raises:
        KeyUnavailable: source not understood, nothing there, readable by others, not of 32 bytes, or so
            regular that it is an example and no key; nobody to ask. Nothing is ever created.
    """
    scheme, _, name = source.partition(":")
    if source == PROMPT:
        return _from_passphrase(passphrase)
    if scheme == "env":
        return _from_environment(name, environ)
    if scheme == "credential" and name:
        content = read_credential(name, data_dir=data_dir, environ=environ)
        return _secret(content, where="the credential")
    path = key_file(source, data_dir=data_dir)
    return _secret(read_private(path, if_missing=_FIND_KEY), where=f"the key file {path}")


def require_passphrase(typed: str) -> str:
    """Return a passphrase that is long enough; how good it is beyond that nobody can say.

    Raises:
        KeyUnavailable: fewer than 16 characters, or fewer than 6 different ones.
    """
    if len(typed) < SHORTEST_PASSPHRASE or len(set(typed)) < FEWEST_SIGNS:
        raise KeyUnavailable(
            f"a passphrase has at least {SHORTEST_PASSPHRASE} characters, {FEWEST_SIGNS} of them different; "
            "six random words or more are good"
        )
    return typed


def key_file(source: str, *, data_dir: Path) -> Path:
    """Say which file a source ``file:PATH`` names; it need not exist yet.

    Raises:
        KeyUnavailable: another kind of source, no path, or a path that leads into the data folder.
    """
    scheme, _, name = source.partition(":")
    # The source is not repeated: a key pasted here by mistake must not reach a terminal or a log.
    if scheme != "file" or not name or "\0" in name:
        raise KeyUnavailable(f"PORUCH_KEY_SOURCE is not understood; {_WAYS}")
    path = Path(name)
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(data_dir)):
        raise KeyUnavailable(
            f"the key file {path} lies in the data folder, where whoever takes the data takes the key; "
            "move it elsewhere and change PORUCH_KEY_SOURCE"
        )
    return path


def create_key_file(path: Path) -> bytes:
    """Write a new random unseal secret where there is no file yet, and return its 32 bytes.

    Raises:
        KeyUnavailable: the file exists (it is left as it is), or cannot be written.
    """
    secret = secrets.token_bytes(SECRET_BYTES)
    _refuse_weak(secret, "the machine's random source")
    write_key_file(path, secret)
    return secret


def write_key_file(path: Path, secret: bytes) -> None:
    """Write an unseal secret where there is no file yet.

    Raises:
        KeyUnavailable: the file exists (it is left as it is), or cannot be written.
    """
    create_private(path, secret.hex().encode() + b"\n")


def _from_passphrase(passphrase: Passphrase | None) -> bytes:
    if passphrase is None:
        raise KeyUnavailable("PORUCH_KEY_SOURCE is prompt, and there is nobody to type the passphrase here")
    typed = require_passphrase(passphrase.ask())
    return secret_from_passphrase(typed, deployment=passphrase.deployment, cost=passphrase.cost)


def _from_environment(name: str, environ: MutableMapping[str, str]) -> bytes:
    value = environ.pop(name, None)
    if value is None:
        raise KeyUnavailable(f"PORUCH_KEY_SOURCE names a variable that is not set; {_WAYS}")
    _log.warning("the unseal secret came from the environment: for tests only, use file:PATH")
    # Never raw here: 32 characters in a variable are a typed word, not 32 random bytes.
    return _secret(value.encode("utf-8", "surrogateescape"), where="the variable", raw_allowed=False)


def _secret(content: bytes, *, where: str, raw_allowed: bool = True) -> bytes:
    line = content.removesuffix(b"\n").removesuffix(b"\r")
    if len(line) == 2 * SECRET_BYTES and all(character in b"0123456789abcdefABCDEF" for character in line):
        secret = bytes.fromhex(line.decode("ascii"))
    elif raw_allowed and len(content) == SECRET_BYTES:
        secret = content
    else:
        wanted = "64 hex characters or 32 raw bytes" if raw_allowed else "64 hex characters"
        raise KeyUnavailable(
            f"{where} does not hold a key: wanted are {wanted}; check that it is the right one"
        )
    _refuse_weak(secret, where)
    return secret


def _refuse_weak(secret: bytes, where: str) -> None:
    """Refuse what no random source gives but an example or a typed word does (by chance: 1 in 10^13)."""
    steps = {(later - earlier) % 256 for earlier, later in pairwise(secret)}
    repeats = any(secret == (secret[:period] * SECRET_BYTES)[:SECRET_BYTES] for period in range(1, 17))
    is_text = all(0x20 <= byte < 0x7F for byte in secret)
    if len(steps) == 1 or repeats or is_text or len(set(secret)) < 8:
        raise KeyUnavailable(
            f"{where} holds an example or a typed word, not a random key; make one with: openssl rand -hex 32"
        )

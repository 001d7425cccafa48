"""Where the unseal secret comes from.

Works: ``file:PATH`` and, for tests, ``env:NAME``. A key file on the machine of the database opens
everything to who takes the disk; an environment variable stays readable in /proc for the life of the
process even after it was removed here.
"""

import logging
import os
import secrets
from collections.abc import MutableMapping
from itertools import pairwise
from pathlib import Path

from storage.errors import KeyUnavailable
from storage.private_files import create_private, read_private

SECRET_BYTES = 32
_WAYS = (
    "what works is file:PATH (a file of yours, mode 0600, outside the data folder) "
    "and, for tests, env:NAME (64 hex characters)"
)
_log = logging.getLogger("poruch.keys")


def unseal_secret(source: str, *, data_dir: Path, environ: MutableMapping[str, str]) -> bytes:
    """Read the 32-byte unseal secret from the place that ``PORUCH_KEY_SOURCE`` names.

    Content is 64 hex characters with or without a line end, or (in a file) 32 raw bytes. A variable is
    taken out of ``environ`` even when its value is refused.

    Raises:
        KeyUnavailable: source not understood, nothing there, readable by others, not of 32 bytes, or so
            regular that it is an example and no key. Nothing is ever created.
    """
    if source.startswith("env:"):
        return _from_environment(source.removeprefix("env:"), environ)
    path = key_file(source, data_dir=data_dir)
    return _secret(read_private(path), where=f"the key file {path}")


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
    create_private(path, secret.hex().encode() + b"\n")
    return secret


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

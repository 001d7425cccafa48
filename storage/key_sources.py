"""Where the unseal secret comes from, and files that only their owner may read.

Works: ``file:PATH`` and, for tests, ``env:NAME``. A key file on the machine of the database opens
everything to who takes the disk; an environment variable stays readable in /proc for the life of the
process even after it was removed here.
"""

import errno
import logging
import os
import secrets
import stat
from collections.abc import MutableMapping
from itertools import pairwise
from pathlib import Path

from storage.errors import KeyUnavailable

SECRET_BYTES = 32
_LARGEST_FILE = 65_536
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

    Missing folders are made with mode 0700, the file with 0600; both are on the disk when this returns.

    Raises:
        KeyUnavailable: the file exists (it is left as it is), or cannot be written.
    """
    secret = secrets.token_bytes(SECRET_BYTES)
    _refuse_weak(secret, "the machine's random source")
    try:
        _make_folders(path.parent)
        _write_new(path, secret.hex().encode() + b"\n")
        sync_folder(path.parent)
    except FileExistsError:
        raise KeyUnavailable(
            f"{path} exists and is left as it is; name another file, or use this one"
        ) from None
    except OSError as error:
        raise KeyUnavailable(f"{path} cannot be written: {error.strerror}; choose another place") from None
    return secret


def read_private(path: Path) -> bytes:
    """Read a small file that belongs to this user alone.

    Raises:
        KeyUnavailable: missing, a link, not a regular file, of another user, with any right for group or
            others, or above 64 KiB.
    """
    try:
        # Without O_NONBLOCK a named pipe in its place would stop the program here for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise KeyUnavailable(_why_not_opened(path, error)) from None
    try:
        _refuse_shared(path, os.fstat(descriptor))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(_LARGEST_FILE + 1)
    finally:
        os.close(descriptor)
    if len(data) > _LARGEST_FILE:
        raise KeyUnavailable(
            f"{path} is too large to be what it should be; look whether it is the right file"
        )
    return data


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk, so that a new or renamed file survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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


def _refuse_shared(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeyUnavailable(f"{path} is not a regular file; name the file itself")
    if status.st_uid != os.geteuid():
        raise KeyUnavailable(f"{path} belongs to another user; run as its owner, or: chown it to this user")
    if status.st_mode & 0o077:
        raise KeyUnavailable(f"{path} is open to other users of this machine; run: chmod 600 {path}")


def _why_not_opened(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return f"{path} is missing; put it back from the recovery copy (a new installation: poruch init)"
    if error.errno == errno.ELOOP:
        return f"{path} is a link; name the file itself"
    return f"{path} cannot be read: {error.strerror}; check its owner and mode"


def _make_folders(folder: Path) -> None:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)
        sync_folder(place.parent)


def _write_new(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        path.unlink()
        raise

"""An SQLCipher file and its log as they stand on the disk, decrypted, what was deleted included."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
SALT = 16
# What SQLCipher 4 keeps at the end of each page: an initialisation vector, then a tag of 64 bytes.
RESERVED = 80
IV = 16
LOG_HEADER, FRAME_HEADER = 32, 24


def decrypted(path: Path, key: bytes) -> bytes:
    """Decrypt every page of a database file under its raw key of 32 bytes."""
    content = path.read_bytes()
    return b"".join(
        _page(content[start : start + PAGE], key, skip=SALT if start == 0 else 0)
        for start in range(0, len(content), PAGE)
    )


def decrypted_log(path: Path, key: bytes) -> bytes:
    """Decrypt every page in a write-ahead log, those of an earlier round at its end as well."""
    content = path.read_bytes()
    frames = range(LOG_HEADER, len(content), FRAME_HEADER + PAGE)
    return b"".join(
        _page(
            content[start + FRAME_HEADER : start + FRAME_HEADER + PAGE],
            key,
            skip=SALT if int.from_bytes(content[start : start + 4], "big") == 1 else 0,
        )
        for start in frames
    )


def _page(page: bytes, key: bytes, *, skip: int) -> bytes:
    sealed, reserved = page[skip:-RESERVED], page[-RESERVED:]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(reserved[:IV])).decryptor()
    return decryptor.update(sealed) + decryptor.finalize()

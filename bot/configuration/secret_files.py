"""A secret in a small file of its own, as the `…_FILE` settings name it."""

import os
import stat
from pathlib import Path

LONGEST_SECRET_BYTES = 4096
READABLE_BY_ANYONE = stat.S_IRWXO


def read_secret_file(path: Path) -> str:
    """Read a secret of at most 4 KiB, without the space around it.

    Raises:
        ValueError: the file cannot be read, everyone may read it, or it is empty or too long. Its text says
            what to do, goes on from "names", and shows nothing of path or content.
    """
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            content = file.read(LONGEST_SECRET_BYTES + 1)
        text = content.decode("utf-8").strip()
    except (OSError, ValueError):
        raise ValueError("a file that cannot be read; check its path") from None
    if about.st_mode & READABLE_BY_ANYONE:
        raise ValueError("a file that everyone may read; run chmod 600 on it")
    if not text or len(content) > LONGEST_SECRET_BYTES:
        raise ValueError("an empty or too long file; put the secret alone into it")
    return text

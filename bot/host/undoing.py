"""Folders and files of ours alone, made so that a later failure takes them away again."""

import os
import stat
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path


def make_folder(folder: Path, undo: ExitStack) -> None:
    """Make a folder of ours alone, and those above it that are missing."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        # Of two commands at once either may be first.
        place.mkdir(mode=0o700, exist_ok=True)
        undo.callback(quietly, place.rmdir)
    mode = stat.S_IMODE(folder.stat().st_mode)
    if not missing and mode & 0o077:
        folder.chmod(0o700)
        undo.callback(quietly, folder.chmod, mode)


def make_file(path: Path, undo: ExitStack) -> None:
    """Make an empty file of ours alone; the database's side files take its mode on."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    for end in ("-wal", "-shm", ""):
        undo.callback(quietly, path.with_name(path.name + end).unlink)


def quietly(undoing: Callable[..., object], *values: object) -> None:
    """Undo what can be undone: a second failure must not hide the first."""
    with suppress(OSError):
        undoing(*values)

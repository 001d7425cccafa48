"""Finds the parts of an installation from settings unchecked: in an emergency a wrong one may not stop us."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv.parser import Binding

from bot.backups.folder import LOCK, RECOVERY, folder_beside, recovery_folder
from bot.configuration.env_file import lines_of, values_in, without
from bot.configuration.settings import PREFIX
from bot.configuration.shapes import KEY_SOURCE
from bot.control.wire import FOLDER
from bot.host.run_lock import LOCKS
from bot.host.unsealing import KEYRING_NAME
from storage.destroying import database_files

TOKEN = "PORUCH_TOKEN"  # noqa: S105


@dataclass(frozen=True)
class EnvFile:
    """A `.env` file in which a secret stands, and what of it stays once that is gone."""

    path: Path
    rest: str = field(repr=False)


@dataclass(frozen=True)
class Part:
    """Files that are one thing to the operator; those that settings name are destroyed through links."""

    what: str
    files: list[Path]
    is_named: bool = False


@dataclass(frozen=True)
class Places:
    """Where the parts of an installation lie; None where there is no such part.

    Attributes:
        unread: a line on each thing that could not be looked at and may be, or name, another part.
    """

    data_dir: Path
    key_source: str
    database_url: str | None = field(repr=False)
    token_file: Path | None
    env_file: EnvFile | None
    backup_dir: Path | None
    is_token_elsewhere: bool
    unread: tuple[str, ...]

    @property
    def key_file(self) -> Path | None:
        kind, _, path = self.key_source.partition(":")
        return Path(path) if kind == "file" and path else None

    def keyring(self) -> Part:
        """Return the ring's file and what a writing cut short left of it."""
        return Part("the key ring", self._in_data_dir(KEYRING_NAME, f".{KEYRING_NAME}.*"))

    def other_parts(self) -> list[Part]:
        """Return the other files that are to be destroyed, as far as they are there."""
        return [
            Part("the key file", _there(self.key_file), is_named=True),
            Part("the key file that no setting names", self._unnamed_keys()),
            Part("the token's file", _there(self.token_file), is_named=True),
            Part("the recovery copy that was not moved", self.unmoved_copies()),
            Part("the database file", database_files(self.data_dir)),
        ]

    def traces(self) -> list[Path]:
        """Return the sockets and locks of processes: no secrets, and of no use once those have ended."""
        locks = (each.file_name for each in LOCKS)
        # Before it listens a socket has a hidden name of sixteen signs.
        traces = self._in_data_dir(f"{FOLDER}/*.sock", f"{FOLDER}/.{'?' * 16}", *locks)
        return traces + _there(*(folder / LOCK for folder in self._recovery_folders()))

    def others(self) -> list[str]:
        """Return the names of whatever else lies in the data folder."""
        return [path.name for path in self._in_data_dir("*")]

    def there(self) -> list[str]:
        """Return a line on each thing that is there to be destroyed, without any secret."""
        parts = (self.keyring(), *self.other_parts())
        lines = [f"{part.what}: {path}" for part in parts for path in part.files]
        if self.env_file is not None:
            lines.append(f"the token in {self.env_file.path}; its other lines stay")
        if self.database_url is not None:
            lines.append("the wrapped data keys in the database")
        return lines

    def not_found(self) -> list[str]:
        """Return a line on what is not where it should be: it may lie on what is not mounted now."""
        wanted = {"key file": self.key_file, "data folder": self.data_dir}
        return [
            f"The {what} {path} was not found: if it lies on a stick or another disk, destroy it there."
            for what, path in wanted.items()
            if path is not None and not _there(path)
        ]

    def is_empty(self) -> bool:
        """Say whether nothing at all is there to be destroyed, as far as can be seen."""
        return not (self.there() or self.traces() or self.unread)

    def has_data_dir(self) -> bool:
        """Say whether the data folder is there, also one that was left empty."""
        return bool(_there(self.data_dir))

    def unmoved_copies(self) -> list[Path]:
        """Return the recovery copies that lie where they are put at first; not one among the backups."""
        return _there(*(folder / RECOVERY for folder in self._recovery_folders()))

    def other_copies(self) -> list[Path]:
        """Return recovery copies that belong to the backups, or to somebody who put them beside the key."""
        folders = {self.backup_dir, self.key_file.parent if self.key_file else None}
        paths = _there(*sorted(folder / RECOVERY for folder in folders if folder))
        return [path for path in paths if path not in self.unmoved_copies()]

    def _unnamed_keys(self) -> list[Path]:
        """Return the key where it is put unless somebody chooses: a wrong setting names another, or none."""
        usual = _usual_key_file(self.data_dir)
        return [] if usual == self.key_file else _there(usual)

    def _recovery_folders(self) -> list[Path]:
        last = recovery_folder(self.data_dir, self.key_source, self.backup_dir)
        return sorted(folder for folder in {folder_beside(self.data_dir), last} if folder != self.backup_dir)

    def _in_data_dir(self, *patterns: str) -> list[Path]:
        return [path for pattern in patterns for path in sorted(self.data_dir.glob(pattern))]


def places_of(environ: Mapping[str, str], folder: Path) -> Places:
    """Find the parts from environment and `.env`; relative paths start at ``folder``."""
    unread: list[str] = []
    lines = _lines(folder / ".env", unread)
    given = values_in(lines) | dict(environ)
    given = {name: value for name, value in given.items() if name.startswith(PREFIX) and value}
    for name in [name for name, value in given.items() if "\0" in value]:
        unread.append(f"{name} cannot be used: see by hand what it names.")
        del given[name]
    data_dir = _path(folder, given.get("PORUCH_DATA_DIR", "data"))
    source = given.get("PORUCH_KEY_SOURCE", f"file:{_usual_key_file(data_dir)}")
    if not re.fullmatch(KEY_SOURCE, source, re.ASCII):
        # Not repeated: a key pasted there by mistake must not reach a terminal.
        unread.append("PORUCH_KEY_SOURCE is not understood: see by hand where the key is, and destroy it.")
    kind, _, name = source.partition(":")
    token_file, backup_dir = given.get(f"{TOKEN}_FILE"), given.get("PORUCH_BACKUP_DIR")
    env_file = _env_file(folder / ".env", lines, {TOKEN, name} if kind == "env" and name else {TOKEN})
    return Places(
        data_dir,
        f"file:{_path(folder, name)}" if kind == "file" and name else source,
        _database_url(given, folder, unread),
        folder / token_file if token_file else None,
        env_file,
        _path(folder, backup_dir) if backup_dir else None,
        TOKEN in environ or not (token_file or env_file),
        tuple(unread + _unread_folder(data_dir)),
    )


def _path(folder: Path, given: str) -> Path:
    """Read a path as the settings do, which undo `..` without looking at links."""
    return Path(os.path.normpath(folder / given))


def _usual_key_file(data_dir: Path) -> Path:
    return folder_beside(data_dir) / "unseal.key"


def _there(*paths: Path | None) -> list[Path]:
    return [path for path in paths if path is not None and _may_be_there(path)]


def _may_be_there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        # It resists when it is destroyed, and is named then.
        return True
    return True


def _lines(path: Path, unread: list[str]) -> list[Binding]:
    if not os.path.lexists(path):
        return []
    try:
        # A named pipe in its place would stop the program here for ever.
        if not path.is_file():
            raise OSError
        lines = lines_of(path, errors="surrogateescape")
    except OSError:
        unread.append(f"{path} cannot be read: see by hand whether it holds a token or names more places.")
        return []
    for line in without(lines, {TOKEN}):
        if line.error and PREFIX in line.original.string.upper():
            unread.append(f"{path}, line {line.original.line}, is not understood: see by hand what it names.")
    return lines


def _env_file(path: Path, lines: list[Binding], secrets: set[str]) -> EnvFile | None:
    rest = without(lines, secrets)
    if len(rest) == len(lines):
        return None
    return EnvFile(path, "".join(line.original.string for line in rest))


def _database_url(given: Mapping[str, str], folder: Path, unread: list[str]) -> str | None:
    variable = "PORUCH_DATABASE_URL"
    if variable in given or f"{variable}_FILE" not in given:
        return given.get(variable)
    path = folder / given[f"{variable}_FILE"]
    try:
        # As in the place of `.env`.
        if not path.is_file():
            raise OSError
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        unread.append(f"{variable}_FILE cannot be read: the data keys in that database are still there.")
        return None


def _unread_folder(data_dir: Path) -> list[str]:
    try:
        next(data_dir.iterdir(), None)
    except FileNotFoundError:
        return []
    except OSError:
        return [f"{data_dir} cannot be looked at: run this as its owner, or as root."]
    return []

"""Destroys an installation on this host within two seconds, without any key and whatever state it is in.

The key ring goes first: without it the database opens to nobody. Each further step is tried even where the
one before failed, and what could not be done is named.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.ending import end_processes
from bot.settings import PREFIX, SettingsError, from_dotenv
from storage.destroying import database_files, destroy_data_keys, destroy_files

KEYRING_NAME = "keyring.bin"
DATABASE_SECONDS = 1.0
OVERWRITE_SECONDS = 0.2


@dataclass(frozen=True)
class Places:
    """Where the parts of an installation lie; None where there is no such part."""

    data_dir: Path
    key_source: str
    database_url: str | None = field(repr=False)
    token_files: tuple[Path, ...]
    backup_dir: Path | None

    @property
    def key_file(self) -> Path | None:
        kind, _, path = self.key_source.partition(":")
        return Path(path) if kind == "file" else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is there to be destroyed."""
        files = [*_keyrings(self.data_dir), *database_files(self.data_dir)]
        return not files and self.database_url is None


@dataclass
class Destroyed:
    """What was destroyed, what should have been and was not, and what no command here can reach."""

    done: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)


def given_anyhow(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return what is set by environment and `.env`, unchecked: in an emergency none may stop us."""
    try:
        given = from_dotenv(folder / ".env") | dict(environ)
    except SettingsError:
        given = dict(environ)
    return {name: value for name, value in given.items() if name.startswith(PREFIX) and value}


def places_of(given: Mapping[str, str], folder: Path) -> Places:
    """Find the parts from settings that nobody has checked; relative paths start at ``folder``."""
    data_dir = folder / given.get("PORUCH_DATA_DIR", "data")
    source = given.get("PORUCH_KEY_SOURCE", f"file:{data_dir}-key/unseal.key")
    kind, _, path = source.partition(":")
    token_files = [folder / given["PORUCH_TOKEN_FILE"]] if "PORUCH_TOKEN_FILE" in given else []
    if _holds_token(folder / ".env"):
        token_files.append(folder / ".env")
    backup_dir = given.get("PORUCH_BACKUP_DIR")
    return Places(
        data_dir,
        f"file:{folder / path}" if kind == "file" else source,
        _database_url(given, folder),
        tuple(token_files),
        folder / backup_dir if backup_dir else None,
    )


def destroy(places: Places) -> Destroyed:
    """Destroy what can be destroyed here; never raises for what cannot."""
    result = Destroyed()
    _note(result, "the key ring", destroy_files(_keyrings(places.data_dir), seconds=OVERWRITE_SECONDS))
    data_keys = _DataKeys(places.database_url)
    _end_bot(result, places)
    if places.key_file is not None:
        _note(result, "the key file", destroy_files([places.key_file], seconds=OVERWRITE_SECONDS))
    if places.token_files:
        _note(result, "the token's file", destroy_files([*places.token_files], seconds=OVERWRITE_SECONDS))
    files = database_files(places.data_dir)
    if files:
        _note(result, "the database file", destroy_files(files, seconds=OVERWRITE_SECONDS))
    data_keys.end(result)
    # A rotation under way may have written the ring once more before its process ended.
    _note(result, "", destroy_files(_keyrings(places.data_dir), seconds=OVERWRITE_SECONDS))
    result.beyond = _beyond_reach(places)
    return result


class _DataKeys:
    """Deletes the wrapped data keys in PostgreSQL beside everything else, since the server may not answer."""

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._is_done = False
        self._until = time.monotonic() + DATABASE_SECONDS
        self._thread = threading.Thread(target=self._delete, daemon=True)
        if url is not None:
            self._thread.start()

    def _delete(self) -> None:
        try:
            destroy_data_keys(self._url or "")
        except (SQLAlchemyError, ValueError):
            return
        self._is_done = True

    def end(self, result: Destroyed) -> None:
        """Wait for the rest of a second, and note how it went."""
        if self._url is None:
            return
        self._thread.join(max(0.0, self._until - time.monotonic()))
        if self._is_done:
            result.done.append("the wrapped data keys in the database")
        else:
            result.failed.append("The database does not answer: its data keys are still there; delete it.")


def _end_bot(result: Destroyed, places: Places) -> None:
    ended, left = end_processes(places.data_dir)
    if ended:
        result.done.append(f"the running bot ({ended} process{'es' if ended > 1 else ''})")
    result.failed += [
        f"The process at {path} may still run: end it, or switch the machine off." for path in left
    ]


def _note(result: Destroyed, what: str, resisting: list[Path]) -> None:
    result.failed += [f"{path} could not be removed: remove it by hand." for path in resisting]
    if what and not resisting:
        result.done.append(what)


def _beyond_reach(places: Places) -> list[str]:
    lines = ["The token still works: send /revoke to @BotFather now."]
    kind, _, name = places.key_source.partition(":")
    if kind == "credential":
        lines.append(f"The credential {name} lies in systemd's store: remove it there.")
    elif kind == "env":
        lines.append("The key stands in the environment of whoever starts the bot: remove it there.")
    if not places.token_files:
        lines.append("A token in the environment of a service stays there: remove it.")
    if places.database_url is not None:
        lines.append("Processes on other machines keep their keys until they end: stop them.")
    where = f" in {places.backup_dir}" if places.backup_dir else ""
    lines.append(f"Backups and recovery copies{where} stay, and open to their recipients.")
    lines.append("Snapshots, copies and blocks of the disk that were written before are not reached.")
    return lines


def _keyrings(data_dir: Path) -> list[Path]:
    """Return the ring's file and what a writing cut short left of it."""
    names = (KEYRING_NAME, f".{KEYRING_NAME}.*")
    return [path for name in names for path in sorted(data_dir.glob(name))]


def _holds_token(path: Path) -> bool:
    try:
        lines = path.read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return any(line.strip().removeprefix("export ").startswith("PORUCH_TOKEN=") for line in lines)


def _database_url(given: Mapping[str, str], folder: Path) -> str | None:
    if "PORUCH_DATABASE_URL" in given:
        return given["PORUCH_DATABASE_URL"]
    try:
        return (folder / given["PORUCH_DATABASE_URL_FILE"]).read_text().strip()
    except (KeyError, OSError, UnicodeDecodeError):
        return None

"""Finds the parts of an installation from settings unchecked: in an emergency a wrong one may not stop us."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv.parser import Binding

from bot.env_file import lines_of, values_in, without
from bot.settings import PREFIX
from bot.unsealing import KEYRING_NAME
from storage.destroying import database_files

TOKEN = "PORUCH_TOKEN"  # noqa: S105


@dataclass(frozen=True)
class EnvFile:
    """A `.env` file in which a secret stands, and what of it stays once that is gone."""

    path: Path
    rest: str = field(repr=False)


@dataclass(frozen=True)
class Places:
    """Where the parts of an installation lie; None where there is no such part."""

    data_dir: Path
    key_source: str
    database_url: str | None = field(repr=False)
    token_file: Path | None
    env_file: EnvFile | None
    backup_dir: Path | None

    @property
    def key_file(self) -> Path | None:
        kind, _, path = self.key_source.partition(":")
        return Path(path) if kind == "file" else None

    @property
    def keyrings(self) -> list[Path]:
        """The ring's file and what a writing cut short left of it."""
        names = (KEYRING_NAME, f".{KEYRING_NAME}.*")
        return [path for name in names for path in sorted(self.data_dir.glob(name))]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is there to be destroyed."""
        files = [*self.keyrings, *database_files(self.data_dir)]
        return not files and self.database_url is None


def places_of(environ: Mapping[str, str], folder: Path) -> Places:
    """Find the parts from environment and `.env`; relative paths start at ``folder``."""
    lines = _lines(folder / ".env")
    given = values_in(lines) | dict(environ)
    given = {name: value for name, value in given.items() if name.startswith(PREFIX) and value}
    data_dir = folder / given.get("PORUCH_DATA_DIR", "data")
    source = given.get("PORUCH_KEY_SOURCE", f"file:{data_dir}-key/unseal.key")
    kind, _, path = source.partition(":")
    token_file, backup_dir = given.get(f"{TOKEN}_FILE"), given.get("PORUCH_BACKUP_DIR")
    return Places(
        data_dir,
        f"file:{folder / path}" if kind == "file" else source,
        _database_url(given, folder),
        folder / token_file if token_file else None,
        _env_file(folder / ".env", lines, {TOKEN, path} if kind == "env" else {TOKEN}),
        folder / backup_dir if backup_dir else None,
    )


def _lines(path: Path) -> list[Binding]:
    # A named pipe in its place would stop the program here for ever.
    if not path.is_file():
        return []
    try:
        return lines_of(path, errors="surrogateescape")
    except OSError:
        return []


def _env_file(path: Path, lines: list[Binding], secrets: set[str]) -> EnvFile | None:
    rest = without(lines, secrets)
    if len(rest) == len(lines):
        return None
    return EnvFile(path, "".join(line.original.string for line in rest))


def _database_url(given: Mapping[str, str], folder: Path) -> str | None:
    if "PORUCH_DATABASE_URL" in given:
        return given["PORUCH_DATABASE_URL"]
    try:
        return (folder / given["PORUCH_DATABASE_URL_FILE"]).read_text().strip()
    except (KeyError, OSError, UnicodeDecodeError):
        return None

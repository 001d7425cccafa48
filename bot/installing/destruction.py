"""Destroys an installation on this host within two seconds, without any key and whatever state it is in.

The key ring goes first: without it the database opens to nobody. Each further step is tried even where the
one before failed, and what could not be done is named.
"""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.control.wire import FOLDER
from bot.installing.ending import end_processes
from bot.installing.whereabouts import EnvFile, Part, Places
from storage.destroying import STAGING, KeysGone, behind_links, destroy_data_keys, destroy_files
from storage.shredding import reduce_to, shred

DATABASE_SECONDS = 1.0
ANSWERED_SECONDS = 0.2
OVERWRITE_SECONDS = 0.2
RESISTS = "{} could not be removed: remove it by hand."


@dataclass
class Destroyed:
    """What was destroyed, what should have been and was not, and what no command here can reach."""

    done: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)


def destroy(places: Places) -> Destroyed:
    """Destroy what can be destroyed here; never raises for what cannot."""
    result = Destroyed(failed=[*places.unread])
    not_found = places.not_found()
    _destroy_part(result, places.keyring())
    data_keys = _DataKeys(places.database_url)
    is_ended = _end_bot(result, places)
    for part in places.other_parts():
        _destroy_part(result, part)
    if places.env_file is not None:
        _take_out_secrets(result, places.env_file)
    data_keys.end(result)
    # A rotation under way may have written the ring once more before its process ended.
    _destroy_part(result, places.keyring())
    if is_ended:
        _tidy(result, places)
    # Where nothing is left at all, it was found and destroyed before.
    result.beyond = (not_found if result.done or result.failed else []) + _beyond_reach(places)
    return result


def _destroy_part(result: Destroyed, part: Part) -> None:
    gone = destroy_files(part.files, seconds=OVERWRITE_SECONDS, through_links=part.is_named)
    lines = [_line_on(path, RESISTS) for path in gone.resisting]
    result.failed += [line for line in lines if line not in result.failed]
    if gone.count and not lines and part.what not in result.done:
        result.done.append(part.what)


class _DataKeys:
    """Deletes the wrapped data keys in PostgreSQL beside everything else, since the server may not answer."""

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._gone: KeysGone | None = None
        self._until = time.monotonic() + DATABASE_SECONDS + ANSWERED_SECONDS
        self._thread = threading.Thread(target=self._delete, daemon=True)
        if url is not None:
            self._thread.start()

    def _delete(self) -> None:
        with suppress(SQLAlchemyError, ValueError):
            self._gone = destroy_data_keys(self._url or "", seconds=DATABASE_SECONDS)

    def end(self, result: Destroyed) -> None:
        """Wait for the rest of the time, and note how it went."""
        if self._url is None:
            return
        self._thread.join(max(0.0, self._until - time.monotonic()))
        if self._gone is None:
            result.failed.append("The database does not answer: its data keys are still there; delete it.")
        elif self._gone.left:
            result.failed.append(
                f"{self._gone.left} of {self._gone.found} data keys in the database are still there, since "
                "somebody holds them: run this again, or delete the database."
            )
        elif self._gone.found:
            result.done.append("the wrapped data keys in the database")


def _end_bot(result: Destroyed, places: Places) -> bool:
    """End every process; says whether all of them have ended."""
    ended, left = end_processes(places.data_dir)
    if ended:
        result.done.append(f"the running bot ({ended} process{'es' if ended > 1 else ''})")
    alive = "The process at {} may still run: end it, or switch the machine off."
    result.failed += [_line_on(path, alive) for path in left]
    return not left


def _tidy(result: Destroyed, places: Places) -> None:
    """Leave the data folder as empty as a new one, so that a restore or another installation finds room."""
    gone = destroy_files(places.traces(), seconds=0)
    result.failed += [_line_on(path, RESISTS) for path in gone.resisting]
    for name in (FOLDER, STAGING):
        with suppress(OSError):
            (places.data_dir / name).rmdir()


def _take_out_secrets(result: Destroyed, file: EnvFile) -> None:
    try:
        path = behind_links(file.path)
        if file.rest.strip():
            reduce_to(path, file.rest.encode(errors="surrogateescape"), seconds=OVERWRITE_SECONDS)
        else:
            shred(path, seconds=OVERWRITE_SECONDS)
    except OSError:
        result.failed.append(f"The token could not be taken out of {file.path}: do it by hand.")
    else:
        result.done.append(f"the token in {file.path}")


def _line_on(path: Path, line: str) -> str:
    try:
        return f"{path} is a link to {path.readlink()} and was not followed: see to what is there by hand."
    except OSError:
        return line.format(path)


def _beyond_reach(places: Places) -> list[str]:
    lines = ["The token still works: send /revoke to @BotFather now."]
    kind, _, name = places.key_source.partition(":")
    if kind == "credential":
        lines.append(f"The credential {name} lies in systemd's store: remove it there.")
    elif kind == "env":
        lines.append("The key stands in the environment of whoever starts the bot: remove it there.")
    if places.is_token_elsewhere:
        lines.append("A token in the environment of a service stays there: remove it.")
    if places.database_url is not None:
        lines += [
            "Processes on other machines keep their keys until they end: stop them.",
            "The tables in the database stay, without names, and its address in the settings: drop it.",
        ]
    if others := places.others():
        lines.append(f"{places.data_dir} still holds {', '.join(others)}: see by hand whose that is.")
    lines += [
        f"The recovery copy {path} stays and, with a backup, brings everything back: destroy it, too, unless "
        "that is wanted."
        for path in places.other_copies()
    ]
    where = f" in {places.backup_dir}" if places.backup_dir else ""
    lines.append(f"Backups{where} and recovery copies elsewhere stay, and open to their recipients.")
    lines.append("Snapshots, copies and blocks of the disk that were written before are not reached.")
    return lines

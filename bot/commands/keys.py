"""`poruch keys`: what lies in the key ring, and a new wrapping key for everybody's data keys."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bot.backups.writing import renew_recovery_copy
from bot.clock import Clock
from bot.commands.common import (
    command,
    fingerprint_line,
    path_text,
    say,
    say_json,
    settings,
    warn,
)
from bot.commands.opening import opened
from bot.commands.progress import progress_bar
from bot.commands.recovery import recovery_lines, warn_of_recovery
from bot.configuration.settings import Settings
from bot.control.client import ask_each
from bot.control.wire import Refused
from bot.host.refusals import InstallationError
from bot.host.run_lock import RotationLock
from bot.keys.rotation import Rotated, Rotation
from solidarity.audit import Act, record_of_host
from storage.fingerprints import fingerprint_of
from storage.keyring import KeyRing, Purpose, State
from storage.models import Recipient

HEADING = "key               for  state    made on     data keys"
ANSWERED_WITHIN_SECONDS = 2.0
TAKES_ITS_PLACE = (
    "One that you moved away before holds the old key: put this one in its place, and destroy that one."
)
LEGEND = {
    Purpose.KEK: "wraps the data key of each person and prisoner; poruch keys rotate replaces it",
    Purpose.IDX: "finds people and names that are nowhere in clear",
    Purpose.SIG: "signs rights, codes and backups, and goes into PINs",
    Purpose.AUD: "seals where the trail of what was done stands; poruch audit reads the trail",
    Purpose.DBK: "encrypts the SQLite file",
    State.PENDING: "made, and known to every process before it is used",
    State.PRIMARY: "in use",
    State.OLD: "on its way out; keys that it wrapped still open",
    "missing": "rows need it, and the ring does not have it",
}


@click.group()
def keys() -> None:
    """Look at the keys of this installation, and rotate the one that wraps everybody's data keys."""


@keys.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def list_keys(as_json: bool) -> None:
    """Say which keys there are, what each is for, and how many data keys lie under it. Shows no key.

    Below them are the recipients: the public keys to which backups and the recovery copy are sealed.
    """
    ring, counts, recipients = asyncio.run(_look(settings()))
    rows = _rows(ring, counts)
    since = {each.public_key: each.added_on.isoformat() for each in recipients}
    fingerprint = fingerprint_of(ring)
    if as_json:
        named = [{"public_key": key, "since": day} for key, day in since.items()]
        facts = {"installation": fingerprint, "generation": ring.generation, "keys": rows}
        say_json(facts | {"recipients": named})
        return
    say(fingerprint_line(fingerprint), f"Key ring, generation {ring.generation}", HEADING)
    for row in rows:
        number = "" if row["data_keys"] is None else row["data_keys"]
        say(f"{row['kid']}  {row['purpose']:<3}  {row['state']:<7}  {row['day']:<10}  {number}".rstrip())
    say("Backups are sealed to, since:" if since else "Backups are sealed to nobody: there are none.")
    say(*(f"{key}  {day}" for key, day in since.items()))
    say("", *(f"{f'{word}:':<9}{meaning}" for word, meaning in LEGEND.items()))


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def rotate(as_json: bool) -> int:
    """Bring in a new wrapping key, wrap everybody's data keys under it, and destroy the old one.

    The bot may run meanwhile. Interrupted at any point, the same command finishes what was begun. Exit code 1
    where the key was replaced and something else remains to be done.
    """
    chosen = settings()
    turned = asyncio.run(_rotate(chosen))
    done, copy = turned.done, turned.copy
    if turned.trouble is None:
        warn_of_recovery(chosen, copy)
    if as_json:
        say_json(_facts(done) | {"installation": turned.fingerprint, "recovery_copy": path_text(copy)})
    else:
        say(*_lines(done), f"{fingerprint_line(turned.fingerprint)}, as before", *recovery_lines(copy))
        say(*([] if copy is None else [TAKES_ITS_PLACE]))
    remaining = _remaining(turned)
    for line in remaining:
        warn(line)
    return 1 if remaining else 0


@dataclass(frozen=True)
class _Turned:
    """A rotation that is complete; `trouble` is why the recovery copy could not follow it."""

    done: Rotated
    fingerprint: str
    copy: Path | None
    trouble: str | None


async def _look(chosen: Settings) -> tuple[KeyRing, dict[bytes, int], list[Recipient]]:
    async with opened(chosen) as storage, storage.view() as uow:
        return storage.keys.ring, await uow.data_keys.counts(), await uow.recipients.all()


def _rows(ring: KeyRing, counts: dict[bytes, int]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "kid": entry.kid.hex(),
            "purpose": entry.purpose.value,
            "state": entry.state.value,
            "day": entry.day.isoformat(),
            "data_keys": counts.get(entry.kid, 0) if entry.purpose is Purpose.KEK else None,
        }
        for entry in ring.entries
    ]
    known = {entry.kid for entry in ring.entries}
    missing = {"purpose": "?", "state": "missing", "day": ""}
    return rows + [
        {"kid": kid.hex(), **missing, "data_keys": count} for kid, count in counts.items() if kid not in known
    ]


async def _rotate(chosen: Settings) -> _Turned:
    async def tell() -> None:
        with suppress(Refused):
            await ask_each(chosen.data_dir, "read-keys", seconds=ANSWERED_WITHIN_SECONDS)

    async with opened(chosen) as storage:
        file = storage.keys.file
        assert file is not None, "an opened installation has its ring in a file"
        clock = Clock()
        with RotationLock(chosen.data_dir), progress_bar() as progress:
            rotation = Rotation(storage, file, clock=clock, progress=progress, tell=tell)
            done = await rotation.finish_begun() or await rotation.once(day=clock.now().date())
        async with storage.unit() as uow:
            await record_of_host(uow, Act.KEY_ROTATED, count=done.moved, now=clock.now())
        fingerprint = fingerprint_of(file.load())
        try:
            copy = await renew_recovery_copy(storage, chosen, now=clock.now())
        except InstallationError as error:
            return _Turned(done, fingerprint, None, str(error))
        return _Turned(done, fingerprint, copy, None)


def _remaining(turned: _Turned) -> list[str]:
    lines, unreadable = [], turned.done.unreadable
    if turned.trouble is not None:
        lines.append(
            f"the key was replaced, but the recovery copy could not be written: {turned.trouble}; the one "
            "from before holds the old key: see to that, then run poruch keys rotate once more"
        )
    if unreadable:
        subjects = ", ".join(str(subject) for subject in unreadable)
        lines.append(
            f"data keys of {len(unreadable)} subjects do not open and were left behind: {subjects}; "
            "erase these people, or restore the whole installation from a backup"
        )
    return lines


def _facts(done: Rotated) -> dict[str, object]:
    return {
        "key": done.kid,
        "generation": done.generation,
        "moved": done.moved,
        "retired": list(done.retired),
        "unreadable": [str(subject) for subject in done.unreadable],
        "resumed": done.is_resumed,
    }


def _lines(done: Rotated) -> list[str]:
    lines = ["A rotation that was cut off is finished."] if done.is_resumed else []
    moved = "1 data key was" if done.moved == 1 else f"{done.moved} data keys were"
    lines.append(f"The wrapping key is {done.kid} now; {moved} wrapped anew.")
    lines += [f"The key {kid} was taken out of the ring and overwritten." for kid in done.retired]
    return lines

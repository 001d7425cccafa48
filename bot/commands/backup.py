"""`poruch backup`: data, keys and ledger, each sealed to the recipients; and who the recipients are."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from bot.backups.folder import advice_on
from bot.backups.writing import (
    BackedUp,
    back_up,
    copy_ledger,
    recovery_place,
    renew_recovery_copy,
    require_usable,
)
from bot.clock import Clock
from bot.commands.common import (
    Refusal,
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
from bot.host.refusals import InstallationError
from bot.installing.seeds import renew_seed
from solidarity.audit import Act, record_of_host
from solidarity.work import Storage
from storage.bundles import checked_recipient

REMOVED = (
    "every copy of keys.age and recovery.age from before opens to whom you removed, and recovery.age holds "
    "the secret that opens this machine's key ring: delete those copies wherever they lie, then run: "
    "poruch keys rotate"
)


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Instead of PORUCH_BACKUP_DIR.")
@click.option("--add-recipient", "added", multiple=True, metavar="AGE1…", help="Seal to it from now on.")
@click.option("--remove-recipient", "removed", multiple=True, metavar="AGE1…", help="Seal to it no more.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def backup(folder: Path | None, added: Sequence[str], removed: Sequence[str], as_json: bool) -> None:
    """Write a backup that only its recipients can open; the bot may run.

    The data bundle is kept beside the last thirty. keys.age is replaced each time: older than seven days it
    is refused. A changed recipient renews the recovery copy as well. Cut off, the same command goes on.
    """
    chosen = settings()
    place = _place(chosen, folder)
    advice = advice_on(place, chosen.data_dir)
    done, copy = asyncio.run(_backup(chosen, place, added, removed))
    for line in advice:
        warn(line)
    if added or removed:
        warn_of_recovery(chosen, copy)
    if as_json:
        facts = {"files": [str(file) for file in done.files], "recipients": done.recipients}
        say_json(facts | {"installation": done.fingerprint, "recovery_copy": path_text(copy)})
        return
    say(
        *(f"Written: {file}" for file in done.files),
        f"Sealed to {done.recipients} recipient{'' if done.recipients == 1 else 's'}.",
        fingerprint_line(done.fingerprint),
        *recovery_lines(copy),
    )


def _place(chosen: Settings, folder: Path | None) -> Path:
    place = chosen.backup_dir if folder is None else folder.absolute()
    if place is None:
        raise Refusal("PORUCH_BACKUP_DIR is not set; set it, or name a folder: poruch backup --to FOLDER")
    if place.resolve().is_relative_to(chosen.data_dir.resolve()):
        raise Refusal(f"{place} lies in the data folder and would be lost with it; name another folder")
    return place


async def _backup(
    chosen: Settings, place: Path, added: Sequence[str], removed: Sequence[str]
) -> tuple[BackedUp, Path | None]:
    to_add, to_remove = ([checked_recipient(each) for each in keys] for keys in (added, removed))
    now = Clock().now()
    async with opened(chosen) as storage:
        if not (to_add or to_remove):
            return await _write(storage, chosen, place, now), None
        await require_usable(storage, place, recovery_place(chosen))
        await _change_recipients(storage, to_add, to_remove)
        try:
            copy = await renew_recovery_copy(storage, chosen, now=now)
            return await _write(storage, chosen, place, now), copy
        except InstallationError as error:
            raise Refusal(
                "the recipients are changed, but not everything is sealed to them yet, so this command is to "
                f"be typed again: {error}"
            ) from None


async def _write(storage: Storage, chosen: Settings, place: Path, now: datetime) -> BackedUp:
    with progress_bar() as progress:
        done = await back_up(storage, place, now=now, progress=progress)
    async with storage.unit() as uow:
        await record_of_host(uow, Act.BACKUP_WRITTEN, count=done.recipients, now=now)
    if chosen.backup_dir == place:
        await copy_ledger(storage, place, day=now.date())
    return done


async def _change_recipients(storage: Storage, added: Sequence[str], removed: Sequence[str]) -> None:
    """Change all of them or none, and say at once what removing one leaves to be done.

    One that is no recipient any more may have been removed by a call that was cut off: it is named only.

    Raises:
        Refusal: none would be left.
    """
    strangers = []
    async with storage.unit() as uow:
        for key in added:
            await uow.recipients.add(key, day=Clock().now().date())
        for key in removed:
            if not await uow.recipients.remove(key):
                strangers.append(key)
        recipients = await uow.recipients.keys()
        if not recipients:
            raise Refusal("no recipient would be left; add another one in the same call")
        now = Clock().now()
        await record_of_host(uow, Act.RECIPIENTS_CHANGED, count=len(recipients), now=now)
        await renew_seed(uow, recipients, now=now)
    for key in strangers:
        warn(f"{key} is no recipient, or not any more; look whether it is the right one: poruch keys list")
    if removed:
        warn(REMOVED)

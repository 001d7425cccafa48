"""`poruch restore`: an installation comes back from its bundles, or a backup is checked."""

import asyncio
from pathlib import Path

import click

from bot.clock import Clock
from bot.commands.common import command, path_text, say, say_json, settings
from bot.commands.progress import progress_bar
from bot.restoring import Checked, Restored, check, restore
from bot.settings import Settings
from storage.bundles import Identities

UNUSABLE = 1


@click.command(name="restore")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--identity", required=True, type=click.Path(path_type=Path), help="File with the secret age identity."
)
@click.option("--check", "only_check", is_flag=True, help="Open everything in memory, count, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def restore_command(folder: Path, identity: Path, only_check: bool, as_json: bool) -> int:
    """Bring an installation back from FOLDER: the newest data bundle, keys.age, recovery.age, any ledger.

    The data folder (and a PostgreSQL database) must be empty. Who left is forgotten again.
    """
    chosen = settings()
    identities = Identities.read(identity)
    if only_check:
        return _tell_checked(asyncio.run(_check(chosen, folder, identities)), as_json=as_json)
    done = asyncio.run(_restore(chosen, folder, identities))
    if as_json:
        facts = {"data": done.data, "rows": done.rows, "forgotten": done.forgotten}
        say_json(facts | {"key_file": path_text(done.key_file)})
        return 0
    say(
        f"Restored from {done.data}: {done.rows} rows.",
        f"People who had left and stay forgotten: {done.forgotten}.",
        *([f"Key: {done.key_file}", "Move it away from the data."] if done.key_file else []),
        "Next: poruch run. If the old machine may be in other hands, rotate the keys and change the token.",
    )
    return 0


async def _restore(chosen: Settings, folder: Path, identities: Identities) -> Restored:
    with progress_bar() as progress:
        return await restore(chosen, folder, identities, now=Clock().now(), progress=progress)


async def _check(chosen: Settings, folder: Path, identities: Identities) -> Checked:
    with progress_bar() as progress:
        return await check(chosen, folder, identities, today=Clock().now().date(), progress=progress)


def _tell_checked(done: Checked, *, as_json: bool) -> int:
    if as_json:
        say_json(vars(done) | {"is_usable": done.is_usable})
    else:
        say(
            f"{done.data}: {done.rows} rows.",
            f"Cells that open: {done.cells_opened}; that do not: {done.cells_unreadable}.",
            f"Forgotten: {done.forgotten} people, {done.cells_forgotten} cells.",
            f"The keys are {done.days_old} days old; after 7 they are refused.",
            "This backup can be restored." if done.is_usable else "This backup cannot be restored.",
        )
    return 0 if done.is_usable else UNUSABLE

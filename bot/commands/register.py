"""`poruch import`: prisoners, hearings, places of detention and guardians from files."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import click

from bot.clock import Clock
from bot.commands.common import Refusal, command, say, say_json, settings
from bot.commands.opening import opened
from bot.commands.progress import progress_bar
from bot.configuration.settings import Settings
from bot.importing.register_files import (
    Wanted,
    import_facilities,
    import_guardianships,
    import_hearings,
    import_prisoners,
)
from bot.importing.report import Report
from bot.importing.words import in_words
from locales import LANGUAGES
from solidarity.register import RegisterRefused
from solidarity.work import Storage
from storage.progress import Progress

Import = Callable[[Storage, Path, Wanted, Progress], Awaitable[Report]]
Command = Callable[..., Any]


@click.group(name="import")
def register() -> None:
    """Take over prisoners, hearings, places or guardians from a file: CSV, JSON lines or one JSON array.

    Differences wait for a coordinator unless --confirm is given. Bad rows are named and left out.
    """


def _options(work: Command) -> Command:
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.option("--strict", is_flag=True, help="Refuse the whole file for one bad row."),
        click.option("--confirm", is_flag=True, help="Change the register now and tell those concerned."),
        click.option("--dry-run", is_flag=True, help="Say what would happen, and do nothing."),
        click.argument("file", type=click.Path(path_type=Path)),
    ):
        work = option(work)
    return work


@register.command()
@_options
@click.option("--whole", is_flag=True, help="The file is the whole register: name who is gone from it.")
@command
def prisoners(file: Path, whole: bool, **flags: Any) -> None:
    """Import prisoners, in our own form or the one human-rights centres publish.

    With --confirm a death is recorded and told to nobody. Who is gone waits for a coordinator.
    """
    _import(import_prisoners, file, whole=whole, **flags)


@register.command()
@_options
@command
def hearings(file: Path, **flags: Any) -> None:
    """Import court hearings of prisoners who are in the register."""
    _import(import_hearings, file, **flags)


@register.command()
@_options
@command
def facilities(file: Path, **flags: Any) -> None:
    """Import places of detention; being public, they apply at once (--confirm is not needed)."""
    _import(import_facilities, file, **flags)


@register.command()
@_options
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="Of the codes' words.")
@command
def guardianships(file: Path, language: str, **flags: Any) -> None:
    """Take over guardians who write already: a one-time code for each row, shown once.

    Columns: prisoner (its source_id), label (for you; it is not kept), rhythm_weeks (2, 4 or 8; empty is 4).
    The codes are made at once (--confirm is not needed); nobody is told of anything.
    """
    _import(import_guardianships, file, language=language, **flags)


def _import(
    work: Import,
    file: Path,
    *,
    dry_run: bool,
    confirm: bool,
    strict: bool,
    as_json: bool,
    whole: bool = False,
    language: str = LANGUAGES[0],
) -> None:
    if dry_run and confirm:
        raise click.UsageError("--dry-run and --confirm exclude each other; choose one")
    chosen = settings()
    now = Clock().now()
    today = now.astimezone(chosen.time_zone).date()
    wanted = Wanted(
        now,
        today,
        is_dry_run=dry_run,
        is_confirmed=confirm,
        is_strict=strict,
        is_whole=whole,
        language=language,
    )
    try:
        report = asyncio.run(_run(chosen, work, file, wanted))
    except RegisterRefused as refusal:
        place = f"{file}" if refusal.line is None else f"{file}, line {refusal.line}"
        raise Refusal(f"{place}: {in_words(refusal.reason)}; nothing was changed") from None
    if as_json:
        say_json(report.to_json())
    else:
        say(*report.lines())


async def _run(chosen: Settings, work: Import, file: Path, wanted: Wanted) -> Report:
    async with opened(chosen) as storage:
        with progress_bar() as progress:
            return await work(storage, file, wanted, progress)

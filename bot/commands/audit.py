"""`poruch audit`: read the trail of what was done, and look whether it is as it was written."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.commands.common import Refusal, ask, command, say, say_json, settings
from bot.commands.opening import opened
from bot.commands.progress import progress_bar
from bot.configuration.settings import Settings
from bot.recovery.trail_seeds import copied_seeds
from solidarity.audit import SHORT_HASH_BYTES, Entry, names_by_mark, newest_entries
from storage.audit import Verdict
from storage.audit_chain import Fault, Seed
from storage.bundles import Identities

TYPED = "-"
LEAST_HASH_DIGITS = 8
FAULTS = {
    Fault.MISSING: "is missing",
    Fault.EXTRA: "was put there by hand",
    Fault.CHANGED: "is not as it was written",
    Fault.TAG: "was written by somebody who did not have the key of its time",
    Fault.HEAD: "is not where the trail says that it ends",
    Fault.OTHER_HEAD: "has another mark than the one you named: it was changed, or one before it",
}
NO_SEED = (
    "Whoever has all the keys of this machine could have written the whole trail anew. To find that, name a "
    "mark that a coordinator wrote down (--head), or the seed in the recovery copy (--seed)."
)

AFTER_RESTORE = (
    "If a backup was restored that is older than this mark, that is why: poruch audit list then says "
    "“restored”. Otherwise somebody changed the trail."
)

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def audit() -> None:
    """Read the trail of what was done, and look whether it is as it was written."""


@audit.command(name="list")
@click.option("--last", type=click.IntRange(min=1), default=50, show_default=True, help="How many entries.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def list_entries(last: int, as_json: bool) -> None:
    """List what was done, newest last: number, instant, act, by whom, about whom.

    Who is still there has their pseudonym; of who left, or is no person, a mark of 16 digits is left.
    """
    chosen = settings()
    entries, names = asyncio.run(_look(chosen, last))
    if as_json:
        say_json({"entries": [_facts(entry, names) for entry in entries]})
        return
    say(*(_line(entry, names, chosen) for entry in entries))


@audit.command()
@click.option("--seed", metavar="FILE", help="recovery.age, or a file of seeds; - asks for one.")
@click.option("--identity", type=FILE, help="File with the secret age identity that opens recovery.age.")
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="NUMBER:MARK",
    help="An entry's mark as a coordinator was told it; may be given several times.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def verify(seed: str | None, identity: Path | None, heads: Sequence[str], as_json: bool) -> int:
    """Look through the whole trail; name the first entry that is not as it was written, and exit with 1.

    Without a seed the chain is checked; with it every tag of its time. The bot may run meanwhile.
    """
    told = dict(_head(head) for head in heads)
    verdict = asyncio.run(_verify(settings(), seed, identity, told))
    if as_json:
        facts = asdict(verdict) | {"head": verdict.head.number, "mark": verdict.head.link.hex()}
        say_json(facts | {"is_whole": verdict.bad is None})
    else:
        say(*_lines(verdict, has_seed=seed is not None), *_perhaps(verdict, told))
    return 0 if verdict.bad is None else 1


@audit.command(name="seed")
@click.argument("copy", type=FILE)
@click.option("--identity", type=FILE, required=True, help="File with the secret age identity.")
@command
def show_seed(copy: Path, identity: Path) -> None:
    """Print the trail's seeds out of a recovery copy, on the machine where the identity lies.

    Each line goes into a file, or is typed, for: poruch audit verify --seed. Needs no installation.
    """
    seeds, _ = copied_seeds(copy, Identities.read(identity))
    say(*(seed.to_text() for seed in seeds))


async def _look(chosen: Settings, last: int) -> tuple[Sequence[Entry], dict[str, str]]:
    async with opened(chosen) as storage, storage.view() as uow:
        return await newest_entries(uow, last), await names_by_mark(uow, "en")


async def _verify(
    chosen: Settings, seed: str | None, identity: Path | None, heads: Mapping[int, bytes]
) -> Verdict:
    async with opened(chosen) as storage:
        seeds = [] if seed is None else _seeds(seed, identity, storage.keys.deployment.hex)
        with progress_bar() as progress:
            async with storage.view() as uow:
                by_number = {each.after: each.key for each in seeds}
                return await uow.trail.verify(seeds=by_number, heads=heads, progress=progress)


def _seeds(source: str, identity: Path | None, deployment: str) -> Sequence[Seed]:
    """Read seeds from a recovery copy, a file of lines, or the terminal.

    Raises:
        Refusal: there are none of this installation.
    """
    if identity is not None:
        seeds, of = copied_seeds(Path(source), Identities.read(identity))
        if of.hex != deployment:
            raise Refusal(f"{source} belongs to another installation")
        return seeds
    try:
        typed = ask("Seed", is_hidden=True) if source == TYPED else Path(source).read_text(encoding="ascii")
        return [Seed.from_text(line) for line in typed.splitlines() if line.strip()]
    except FileNotFoundError:
        raise Refusal(f"there is no {source}") from None
    except (OSError, ValueError):
        raise Refusal(
            f"{'what was typed' if source == TYPED else source} is no seed; name recovery.age with "
            "--identity, or print the seed there: poruch audit seed"
        ) from None


def _head(text: str) -> tuple[int, bytes]:
    """Read what a coordinator was told.

    Raises:
        BadParameter: it is not that.
    """
    number, _, digits = text.strip().partition(":")
    try:
        mark = bytes.fromhex(digits)
        if len(digits) < LEAST_HASH_DIGITS or int(number) < 1:
            raise ValueError(text)
    except ValueError:
        raise click.BadParameter(
            f"{text} is not a number, a colon and a mark of at least {LEAST_HASH_DIGITS} digits",
            param_hint="--head",
        ) from None
    return int(number), mark


def _lines(verdict: Verdict, *, has_seed: bool) -> list[str]:
    forgotten = verdict.forgotten
    lines = [f"Entries 1 to {forgotten} were forgotten for their age."] if forgotten else []
    if verdict.bad is not None and verdict.fault is not None:
        return [*lines, f"Entry {verdict.bad} {FAULTS[verdict.fault]}. What stands before it is as written."]
    mark = verdict.head.link[:SHORT_HASH_BYTES].hex()
    tags = f"Tags checked: {verdict.tagged} of {verdict.entries}." if has_seed else NO_SEED
    return [
        *lines,
        f"The trail is whole: {verdict.entries} entries, the last is {verdict.head.number}, its mark {mark}.",
        tags,
    ]


def _perhaps(verdict: Verdict, told: Mapping[int, bytes]) -> list[str]:
    """Say what else can be the reason that a mark somebody was told does not fit."""
    does_not_fit = verdict.fault in (Fault.OTHER_HEAD, Fault.MISSING) and verdict.bad in told
    return [AFTER_RESTORE] if does_not_fit else []


def _facts(entry: Entry, names: Mapping[str, str]) -> dict[str, object]:
    who = {"by_name": names.get(entry.by), "about_name": names.get(entry.about or "")}
    return asdict(entry) | {"at": entry.at.isoformat()} | who


def _line(entry: Entry, names: Mapping[str, str], chosen: Settings) -> str:
    at = entry.at.astimezone(chosen.time_zone).isoformat(" ", "seconds")
    facts = [entry.kind, None if entry.count is None else str(entry.count)]
    told = ", ".join(fact.replace("_", " ") for fact in facts if fact is not None)
    act = entry.act.replace("_", " ") + (f" ({told})" if told else "")
    about = "" if entry.about is None else f", about {names.get(entry.about, entry.about)}"
    return f"{entry.number:>7}  {at}  {act}, by {names.get(entry.by, entry.by)}{about}"

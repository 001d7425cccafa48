"""`poruch restore`: an installation comes back from its bundles, or a backup is checked."""

import asyncio
from pathlib import Path

import click

from bot.clock import Clock
from bot.commands.common import command, fingerprint_line, path_text, say, say_json, settings, warn
from bot.commands.passphrase import typed_passphrase
from bot.commands.progress import progress_bar
from bot.configuration.settings import Settings
from bot.host.unsealing import is_typed
from bot.recovery.believing import Belief, SecretFrom, usual_source
from bot.recovery.gathering import KnownLeaving
from bot.recovery.restoring import Checked, Restored, check, restore
from storage.bundles import Identities
from storage.fingerprints import typed_fingerprint
from storage.private_files import is_open_to_others

UNUSABLE = 1
# The steps of docs/operations.md after the restore itself.
NEXT = (
    "",
    "Next:",
    "  1. If the old machine may be in other hands: /revoke at @BotFather. Set PORUCH_TOKEN_FILE.",
    "  2. Whoever is known to have hidden, or to be in danger, since then: poruch erase before the bot runs.",
    "  3. Start the bot: poruch run",
    "  4. New keys and a backup of its own: poruch keys rotate, then poruch backup",
    "  5. Delete the folder of bundles. Put the identity away.",
)


@click.command(name="restore")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--identity", required=True, type=click.Path(path_type=Path), help="File with the secret age identity."
)
@click.option(
    "--installation",
    metavar="FINGERPRINT",
    help="Of which installation it must be, as init printed it; needed with the recovery copy.",
)
@click.option(
    "--secret",
    "source",
    type=click.Choice([each.value for each in SecretFrom]),
    help="Take the unseal secret from recovery.age, or from where PORUCH_KEY_SOURCE says (own). Otherwise: "
    "a passphrase, the key that is here, or recovery.age; --check with --installation prefers recovery.age "
    "to the key.",
)
@click.option("--check", "only_check", is_flag=True, help="Open everything in memory, count, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def restore_command(
    folder: Path,
    identity: Path,
    installation: str | None,
    source: str | None,
    only_check: bool,
    as_json: bool,
) -> int:
    """Bring an installation back from FOLDER: the newest data bundle, keys.age, recovery.age, any ledger.

    The data folder (and a PostgreSQL database) must be empty. Who left is forgotten again. Anybody can seal
    to a public key: what shows that a backup is yours is its fingerprint, or a passphrase or key of yours.
    """
    chosen = settings()
    secret_from = SecretFrom(source) if source else None
    if secret_from is None:
        secret_from = usual_source(chosen, is_check=only_check, has_fingerprint=installation is not None)
    identities = Identities.read(identity)
    if is_open_to_others(identity):
        # Not refused as a key file is: on a stick with FAT every file is open, and it may be all there is.
        warn(f"{identity} is open to other users of this machine; run: chmod 600 {identity}")
    belief = _belief(chosen, secret_from, installation)
    if only_check:
        checked = asyncio.run(_check(chosen, folder, identities, belief))
        return _tell_checked(checked, chosen, secret_from, as_json=as_json)
    done = asyncio.run(_restore(chosen, folder, identities, belief))
    _warn_of_missing_ledger(done.leaving)
    if as_json:
        facts = {"data": done.data, "rows": done.rows, "forgotten": done.forgotten}
        facts |= {"installation": done.fingerprint, "secret": secret_from.value}
        facts |= _leaving_facts(done.leaving)
        say_json(facts | {"key_file": path_text(done.key_file)})
        return 0
    say(
        f"Restored from {done.data}: {done.rows} rows.",
        fingerprint_line(done.fingerprint),
        f"Opened with {_name_of(secret_from, chosen)}.",
        f"People who had left and stay forgotten: {done.forgotten}.",
        _leaving_line(done.leaving),
        f"All else is as it was in {done.data}: who hid since then is seen and written to again.",
        *([f"Key: {done.key_file}", "Move it away from the data."] if done.key_file else []),
        *NEXT,
    )
    return 0


def _belief(chosen: Settings, secret_from: SecretFrom, installation: str | None) -> Belief:
    """Gather what the operator knows; a passphrase is asked for here, where it can still be broken off."""
    fingerprint = None if installation is None else typed_fingerprint(installation)
    is_asked = secret_from is SecretFrom.OWN and is_typed(chosen)
    return Belief(secret_from, fingerprint, typed_passphrase() if is_asked else None)


async def _restore(chosen: Settings, folder: Path, identities: Identities, belief: Belief) -> Restored:
    with progress_bar() as progress:
        now = Clock().now()
        return await restore(chosen, folder, identities, belief=belief, now=now, progress=progress)


async def _check(chosen: Settings, folder: Path, identities: Identities, belief: Belief) -> Checked:
    with progress_bar() as progress:
        today = Clock().now().date()
        return await check(chosen, folder, identities, belief=belief, today=today, progress=progress)


def _tell_checked(done: Checked, chosen: Settings, secret_from: SecretFrom, *, as_json: bool) -> int:
    _warn_of_missing_ledger(done.leaving)
    if as_json:
        facts = vars(done) | {"is_usable": done.is_usable, "secret": secret_from.value}
        facts["installation"] = facts.pop("fingerprint")
        say_json(facts | _leaving_facts(facts.pop("leaving")))
    else:
        say(
            f"{done.data}: {done.rows} rows.",
            fingerprint_line(done.fingerprint),
            f"Opened with {_name_of(secret_from, chosen)}.",
            f"Cells that open: {done.cells_opened}; that do not: {done.cells_unreadable}.",
            f"Forgotten: {_people(done.forgotten)}, {done.cells_forgotten} cells.",
            _leaving_line(done.leaving),
            f"The keys are {done.days_old} days old; after 7 they are refused.",
            _verdict(done, secret_from, chosen),
        )
    return 0 if done.is_usable else UNUSABLE


def _verdict(done: Checked, secret_from: SecretFrom, chosen: Settings) -> str:
    """Say what was proved and no more."""
    if not done.is_usable:
        return "This backup cannot be restored."
    if secret_from is SecretFrom.RECOVERY:
        return "This backup can be restored."
    name = _name_of(secret_from, chosen)
    not_tried = "the recovery copy was not tried (--secret recovery, with --installation)"
    return f"This backup can be restored with {name}; {not_tried}."


def _warn_of_missing_ledger(leaving: KnownLeaving) -> None:
    if not leaving.has_ledger:
        warn(
            f"no ledger (departed.age) of {leaving.until} or later lies here: whoever left since comes back; "
            "look for one in every place that held backups, and put it into the folder"
        )


def _leaving_line(leaving: KnownLeaving) -> str:
    # A ledger says its day and no hour.
    until = f"Leaving is known up to some hour of {leaving.until}"
    return f"{until}: whoever left later, on that day too, comes back."


def _people(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'people'}"


def _leaving_facts(leaving: KnownLeaving) -> dict[str, object]:
    return {"leaving_known_until": leaving.until.isoformat(), "has_ledger": leaving.has_ledger}


def _name_of(secret_from: SecretFrom, chosen: Settings) -> str:
    kind, _, name = chosen.key_source.partition(":")
    if secret_from is SecretFrom.RECOVERY:
        return "the recovery copy"
    return {"prompt": "the passphrase", "file": f"the key in {name}"}.get(kind, f"the {kind} {name}")

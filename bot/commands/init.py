"""`poruch init`: a new installation, and what to do next."""

import click

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
from bot.commands.passphrase import new_passphrase
from bot.commands.recovery import NO_RECOVERY, recovery_lines
from bot.host.unsealing import advice_on_key
from bot.installing.installation import create

NEXT = (
    "Ask @BotFather for a bot, put its token into a file that only you can read, and name that in "
    "PORUCH_TOKEN_FILE.",
    "Fill the register: poruch import prisoners FILE --confirm",
    "Start the bot: poruch run",
    "Write /start to the bot, agree, and send it the code.",
    "Make a code for the next coordinator: poruch code coordinator",
)


@click.command(name="init")
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="AGE1…",
    help="A public age key to which backups and the recovery copy are sealed; may be given several times.",
)
@click.option("--use-key", is_flag=True, help="Use the key file that lies there; it must be nobody else's.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def init(recipients: tuple[str, ...], use_key: bool, as_json: bool) -> None:
    """Set up an installation: data folder, key, database, places of detention.

    Prints a one-time code; who sends it to the bot is administrator and the first coordinator.
    """
    chosen = settings()
    advice = advice_on_key(chosen)
    made = create(chosen, now=Clock().now(), recipients=recipients, use_key=use_key, ask=new_passphrase)
    for line in advice:
        warn(line)
    if not recipients:
        warn(NO_RECOVERY)
    if as_json:
        facts = {
            "key_file": made.key_file,
            "database": made.database,
            "installation": made.fingerprint,
            "recovery_copy": path_text(made.recovery_copy),
        }
        say_json({"administrator_code": made.administrator_code, **facts})
        return
    say(
        "The installation is ready.",
        f"Database: {made.database}",
        *_about_key(chosen.key_source),
        *recovery_lines(made.recovery_copy),
        fingerprint_line(made.fingerprint),
        "Write this down and keep it with each identity: it is no secret, and a restore asks for it.",
        "",
        f"Administrator code: {made.administrator_code}",
        "It works once, within 48 hours, and is not shown again.",
        "",
        "Next:",
        *(f"  {number}. {step}" for number, step in enumerate(NEXT, start=1)),
    )


def _about_key(source: str) -> tuple[str, str]:
    """Say where the key is, and what becomes of everything without it."""
    kind, _, name = source.partition(":")
    if kind == "prompt":
        return (
            "Key: your passphrase; it is written down nowhere here.",
            "Keep it in a safe place that is not this machine: without it nothing here can be read.",
        )
    return (
        f"Key: {f'the credential {name}' if kind == 'credential' else name}",
        "Copy the key to a safe place that is not this machine: without it nothing here can be read.",
    )

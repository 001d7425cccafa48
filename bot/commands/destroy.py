"""`poruch destroy`: nothing here can be opened any more, by anybody."""

import os
import sys
from pathlib import Path

import click

from bot.commands.common import Refusal, command, say, say_json
from bot.destruction import destroy
from bot.whereabouts import places_of

WORD = "destroy"


@click.command(name="destroy")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def destroy_command(is_sure: bool, as_json: bool) -> int:
    """Destroy keys, database and token on this machine, and end the running bot. It cannot be undone.

    Needs no key and no passphrase, takes two seconds at most, and goes on past what fails. Only a backup with
    its recovery copy, both elsewhere, brings anything back. Exit code 1 where something of it is still there.
    """
    folder = Path.cwd()
    places = places_of(os.environ, folder)
    if places.is_empty():
        raise Refusal(
            f"nothing is installed in {places.data_dir}; nothing was destroyed; "
            "if it lies elsewhere, run this in the folder of its .env"
        )
    if not is_sure:
        _ask()
    result = destroy(places)
    if as_json:
        say_json({"destroyed": result.done, "failed": result.failed, "beyond_reach": result.beyond})
    else:
        done = (
            f"Destroyed: {', '.join(result.done)}." if result.done else "Nothing was there to be destroyed."
        )
        say(done, *result.failed, *result.beyond)
    return 1 if result.failed else 0


def _ask() -> None:
    if not sys.stdin.isatty():
        raise Refusal("nobody can be asked here; nothing was destroyed; say --yes")
    typed = click.prompt(f"Everything here will be unreadable for ever. Type {WORD} to go on", default="")
    if typed.strip() != WORD:
        raise Refusal("nothing was destroyed")

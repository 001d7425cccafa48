"""`poruch destroy`: nothing here can be opened any more, by anybody."""

import os
import sys
from pathlib import Path

import click

from bot.commands.common import Refusal, command, say, say_json, write
from bot.installing.destruction import destroy
from bot.installing.whereabouts import Places, places_of
from bot.terminal import LONGEST_LINE_BYTES

WORD = "destroy"
ELSEWHERE = "if it lies elsewhere, run this in the folder of its .env"


@click.command(name="destroy")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def destroy_command(is_sure: bool, as_json: bool) -> int:
    """Destroy keys, database and token on this machine, and end the running bot. It cannot be undone.

    Asks for a word first, at a terminal or from a pipe. Needs no key and no passphrase, takes two seconds at
    most, and goes on past what fails. Only a backup with its recovery copy, both elsewhere, brings anything
    back. Exit code 1 where something of it is still there, or where there is no data folder to begin with.
    """
    folder = Path.cwd()
    places = places_of(os.environ, folder)
    if not (is_sure or places.is_empty()):
        _ask(places)
    result = destroy(places)
    is_over = not (result.done or result.failed)
    # It outlives a destruction: whoever stands in a wrong folder must not take that for success.
    if is_over and not places.has_data_dir():
        raise Refusal(f"nothing is installed in {places.data_dir}; nothing was destroyed; {ELSEWHERE}")
    done, failed, beyond = ([*map(_shown, lines)] for lines in (result.done, result.failed, result.beyond))
    if as_json:
        say_json({"destroyed": done, "failed": failed, "beyond_reach": beyond})
    else:
        left = f"Nothing is left here, in {_shown(str(places.data_dir))}; {ELSEWHERE}."
        say(left if is_over else f"Destroyed: {', '.join(done) or 'nothing'}.", *failed, *beyond)
    return 1 if failed else 0


def _ask(places: Places) -> None:
    """Name what goes, and wait for the word.

    Raises:
        Refusal: something else came, or nothing.
    """
    lines = [
        "This is destroyed on this machine, for ever:",
        *(f"  {_shown(line)}" for line in places.there()),
        *map(_shown, (*places.unread, *places.not_found())),
    ]
    lines.append(f"The bot ends. Backups stay. To go on, type: {WORD}")
    write("\n".join(lines), sys.stderr)
    typed = b"" if sys.stdin is None else sys.stdin.buffer.readline(LONGEST_LINE_BYTES)
    if typed.strip() != WORD.encode():
        raise Refusal(f"nothing was destroyed; answer {WORD}, or say --yes")


def _shown(line: str) -> str:
    """Write out what no terminal takes: anybody may have given a file its name."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line)

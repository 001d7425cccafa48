"""`poruch upgrade`: the migrations that a database lacks."""

import click

from bot.commands.common import command, say, settings
from bot.commands.passphrase import typed_passphrase
from bot.host.unsealing import read_secret
from bot.installing.upgrading import upgrade as upgrade_database


@click.command()
@command
def upgrade() -> None:
    """Bring the database to this release. Stop the bot before.

    A SQLite database is copied first; the copy is removed when the upgrade has succeeded, and kept otherwise.
    """
    chosen = settings()
    say(upgrade_database(chosen, read_secret(chosen, ask=typed_passphrase)))

"""`poruch upgrade`: a copy of the database, then the migrations it lacks."""

import click

from bot.commands.common import command, say, settings
from bot.commands.passphrase import typed_passphrase
from bot.installation import upgrade as upgrade_database
from bot.unsealing import read_secret


@click.command()
@command
def upgrade() -> None:
    """Bring the database to this release; a copy of it is kept first. Stop the bot before."""
    chosen = settings()
    say(upgrade_database(chosen, read_secret(chosen, ask=typed_passphrase)))

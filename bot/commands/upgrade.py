"""`poruch upgrade`: a copy of the database, then the migrations it lacks."""

import click

from bot.commands.common import command, say, settings
from bot.installation import upgrade as upgrade_database


@click.command()
@command
def upgrade() -> None:
    """Bring the database to this release; a copy of it is kept first. Stop the bot before."""
    say(upgrade_database(settings()))

"""The state of the schema: which migrations a database has seen, and running those it lacks.

Alembic is imported only where migrations run, so that starting the bot does not pay for it.
"""

from enum import Enum
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

# Every revision in order; a test compares it with the folder of migrations.
REVISIONS = tuple(f"{number:04}" for number in range(1, 15))


class SchemaState(Enum):
    """How a database's schema stands to this release."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def is_before(revision: str, other: str) -> bool:
    """Say whether one revision this release knows comes before another."""
    return REVISIONS.index(revision) < REVISIONS.index(other)


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database stands at, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def state_of(connection: Connection) -> SchemaState:
    """Compare a database's revision with the ones this release knows."""
    revision = revision_of(connection)
    if revision is None:
        return SchemaState.EMPTY
    if revision not in REVISIONS:
        return SchemaState.NEWER
    return SchemaState.CURRENT if revision == REVISIONS[-1] else SchemaState.OLDER


def alembic_config(connection: Connection) -> "Config":
    """Return Alembic's settings for an open connection; the models are what `check` compares with."""
    from alembic.config import Config

    from storage.models import Base

    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Base.metadata
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations that are missing, inside the caller's transaction."""
    from alembic import command

    command.upgrade(alembic_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Undo migrations down to a revision, inside the caller's transaction."""
    from alembic import command

    command.downgrade(alembic_config(connection), revision)

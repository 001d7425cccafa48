"""What is not settled yet is left out of the index of what is; keys are compared byte by byte.

Every message was written into that index when it was queued, and again when it was claimed, at no use to
anybody; and PostgreSQL compared keys by the rules of a language. Reads each row of the outbox twice; a few
seconds for 100,000, in which nothing is queued. Undoing it loses nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "ix_outbox_settled_at"
SETTLED = sa.text("settled_at IS NOT NULL")


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.drop_index(NAME, table_name="outbox")
    op.create_index(NAME, "outbox", ["settled_at"], sqlite_where=SETTLED, postgresql_where=SETTLED)
    _compare_keys_by("C")


def downgrade() -> None:
    """Undo it."""
    _compare_keys_by("default")
    op.drop_index(NAME, table_name="outbox")
    op.create_index(NAME, "outbox", ["settled_at"])


def _compare_keys_by(rules: str) -> None:
    # SQLite compares bytes anyway.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'ALTER TABLE outbox ALTER COLUMN unique_key TYPE text COLLATE "{rules}"')

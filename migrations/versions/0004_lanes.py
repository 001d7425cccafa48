"""Messages that are due get lanes, so that a broadcast never keeps a reminder waiting.

Reads each waiting row once; the flag that said `urgent` becomes a lane. Undoing it keeps that flag.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

QUEUED = sa.text("state = 'queued'")
OUTBOX = sa.table("outbox", sa.column("lane", sa.Integer), sa.column("is_urgent", sa.Integer))
URGENT, REMINDER = 1, 2


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.add_column("outbox", sa.Column("lane", sa.Integer(), nullable=False, server_default=str(REMINDER)))
    op.execute(OUTBOX.update().where(OUTBOX.c.is_urgent == 1).values(lane=URGENT))
    op.drop_column("outbox", "is_urgent")
    _index("lane", "due_at", "id")


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.add_column("outbox", sa.Column("is_urgent", sa.Integer(), nullable=False, server_default="0"))
    op.execute(OUTBOX.update().where(OUTBOX.c.lane == URGENT).values(is_urgent=1))
    op.drop_column("outbox", "lane")
    _index("due_at", "id")


def _index(*columns: str) -> None:
    op.create_index(
        "ix_outbox_due", "outbox", list(columns), sqlite_where=QUEUED, postgresql_where=QUEUED, unique=False
    )

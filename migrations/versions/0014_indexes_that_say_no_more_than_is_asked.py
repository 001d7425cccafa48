"""Indexes say no more than is asked of them: due messages by time alone, messages in chats where they differ.

By its random id as well each due message was put somewhere else; and many messages in chats are about
nothing, and most never covered. Builds three indexes anew; a second or two for 100,000 messages, in which
nothing is queued. Undoing it loses nothing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

DUE = ("ix_outbox_due", "outbox")
POSTED = ("target", "cover_at")
QUEUED = "state = 'queued'"


def upgrade() -> None:
    """Bring the schema to this revision."""
    _make_anew(*DUE, ["lane", "due_at"], **_where(QUEUED))
    for column in POSTED:
        _make_anew(f"ix_posted_{column}", "posted", [column], **_where(f"{column} IS NOT NULL"))


def downgrade() -> None:
    """Undo it."""
    for column in POSTED:
        _make_anew(f"ix_posted_{column}", "posted", [column])
    _make_anew(*DUE, ["lane", "due_at", "id"], **_where(QUEUED))


def _make_anew(name: str, table: str, columns: list[str], **options: Any) -> None:
    op.drop_index(name, table_name=table)
    op.create_index(name, table, columns, **options)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}

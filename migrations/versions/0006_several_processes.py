"""What several processes hold between them: single jobs, parts of Telegram's rate, turns in chats, claims.

Three new tables, empty, and an index of claimed messages, of which there are few: one look through the
outbox. Works with the release before it, which does not know them and runs as one process. Undoing it lets
go of what is held.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CLAIMED = sa.text("state = 'claimed'")
STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("token", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
        **STRICT,
    )
    op.create_table(
        "sender",
        sa.Column("process_id", sa.LargeBinary(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("wants", sa.Integer(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("silent_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("process_id", name="pk_sender"),
        **STRICT,
    )
    op.create_table(
        "turn",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("process_id", sa.LargeBinary(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_turn"),
        **STRICT,
    )
    op.create_index("ix_turn_until", "turn", ["until"], unique=False)
    op.create_index(
        "ix_outbox_claimed",
        "outbox",
        ["claimed_until"],
        sqlite_where=CLAIMED,
        postgresql_where=CLAIMED,
        unique=False,
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_outbox_claimed", table_name="outbox")
    op.drop_table("turn")
    op.drop_table("sender")
    op.drop_table("lease")

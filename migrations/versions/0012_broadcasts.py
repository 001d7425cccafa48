"""Broadcasts: one table, which begins empty.

Takes no time however many people there are, and can be undone; the release before this one leaves it alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}
NUMBERS = ("is_urgent", "recipients", "sent", "unreachable", "failed", "left_out")


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "broadcast",
        sa.Column("made_by", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
        **STRICT,
    )
    op.create_index("ix_broadcast_made_by", "broadcast", ["made_by"], unique=False)
    op.create_index("ix_broadcast_state", "broadcast", ["state"], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_table("broadcast")

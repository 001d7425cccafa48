"""Sittings with who claimed them, their case and outcome; courts that are known; days not to be missed.

Three empty columns and two empty tables. The release before this one leaves them alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    """Bring the schema to this revision."""
    for column in ("reported_by", "case_id"):
        op.add_column("hearing", sa.Column(column, sa.LargeBinary(), nullable=True))
    op.add_column("hearing", sa.Column("outcome", sa.Text(), nullable=True))
    op.create_index("ix_hearing_case_id", "hearing", ["case_id"], unique=False)
    # What stands in chats about a sitting is looked for by it.
    op.create_index("ix_posted_target", "posted", ["target"], unique=False)
    op.create_table(
        "court",
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("name_index", sa.LargeBinary(), nullable=False),
        sa.Column("named_on", sa.Text(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_court"),
        sa.UniqueConstraint("name_index", name="uq_court_name_index"),
        **STRICT,
    )
    op.create_index("ix_court_named_on", "court", ["named_on"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=False),
        sa.Column("hearing_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"], [f"{owner}.id"], name=f"fk_milestone_{owner}_id", ondelete="CASCADE"
            )
            for owner in ("prisoner", "hearing")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
        **STRICT,
    )
    for column in ("prisoner_id", "hearing_id", "day"):
        op.create_index(f"ix_milestone_{column}", "milestone", [column], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_table("milestone")
    op.drop_table("court")
    op.drop_index("ix_posted_target", "posted")
    op.drop_index("ix_hearing_case_id", "hearing")
    for column in ("outcome", "case_id", "reported_by"):
        op.drop_column("hearing", column)

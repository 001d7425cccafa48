"""Who asked for which open court dates, who will be there, where a court is, which reminders are off.

Two tables that begin empty, and two columns, empty or with a default. The release before this one leaves
them alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column("hearing", sa.Column("city", sa.Text(), nullable=True))
    op.create_index("ix_hearing_city", "hearing", ["city"], unique=False)
    op.add_column("person", sa.Column("reminders_off", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "following",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        _fk("following", "person"),
        _fk("following", "prisoner"),
        sa.PrimaryKeyConstraint("id", name="pk_following"),
        sa.UniqueConstraint("person_id", "prisoner_id", name="uq_following_person_id_prisoner_id"),
        sa.UniqueConstraint("person_id", "city", name="uq_following_person_id_city"),
        **STRICT,
    )
    for column in ("prisoner_id", "city"):
        op.create_index(f"ix_following_{column}", "following", [column], unique=False)
    op.create_table(
        "attendance",
        sa.Column("hearing_id", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("said_on", sa.Text(), nullable=False),
        _fk("attendance", "hearing"),
        _fk("attendance", "person"),
        sa.PrimaryKeyConstraint("hearing_id", "person_id", name="pk_attendance"),
        **STRICT,
    )
    op.create_index("ix_attendance_person_id", "attendance", ["person_id"], unique=False)


def _fk(table: str, other: str) -> sa.ForeignKeyConstraint:
    column = f"{other}_id"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")


def downgrade() -> None:
    """Undo it."""
    op.drop_table("attendance")
    op.drop_table("following")
    op.drop_column("person", "reminders_off")
    op.drop_index("ix_hearing_city", "hearing")
    op.drop_column("hearing", "city")

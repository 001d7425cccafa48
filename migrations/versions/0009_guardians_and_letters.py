"""How prisoners are written to, counted beforehand; days that mean more, and how long letters take.

The new table begins with everybody as if nobody wrote to them, and is counted when the program starts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column("guardianship", sa.Column("rhythm_on", sa.Text(), nullable=True))
    op.add_column("guardianship", sa.Column("told_until", sa.Text(), nullable=True))
    op.add_column("facility", sa.Column("transit_days", sa.Integer(), nullable=True))
    op.create_table(
        "coverage",
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["prisoner_id"], ["prisoner.id"], name="fk_coverage_prisoner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("prisoner_id", name="pk_coverage"),
        **STRICT,
    )
    op.execute(
        "INSERT INTO coverage (prisoner_id, tier, points, heard, languages)"
        " SELECT id, 0, 0, 0, languages FROM prisoner"
    )
    op.create_index(
        "ix_coverage_order", "coverage", ["tier", "points", "heard", "prisoner_id", "languages"], unique=False
    )
    # Without it a person's own were looked for among all that stand.
    op.create_index("ix_guardianship_person_id", "guardianship", ["person_id"], unique=False)
    op.drop_index("ix_letter_prisoner_id", "letter")
    op.create_index("ix_letter_prisoner_id_written_on", "letter", ["prisoner_id", "written_on"], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_letter_prisoner_id_written_on", "letter")
    op.create_index("ix_letter_prisoner_id", "letter", ["prisoner_id"], unique=False)
    op.drop_index("ix_guardianship_person_id", "guardianship")
    op.drop_table("coverage")
    op.drop_column("facility", "transit_days")
    op.drop_column("guardianship", "told_until")
    op.drop_column("guardianship", "rhythm_on")

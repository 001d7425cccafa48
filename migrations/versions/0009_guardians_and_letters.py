"""Applicants who are asked, guardians who fall silent, letters with their fate; coverage counted beforehand.

Columns, empty or with a default, and a table that begins with everybody as if nobody wrote to them and is
counted when the program starts. Two more hold what coordinators change of rule cards and risky words, and
begin empty. The release before this one leaves them alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ASKING = ("question", "answer", "asked_by")
DAYS = ("reminded_on", "quiet_on", "offered_on", "handed_over_on")
FATE = ("prisoner_id", "written_on", "outcome", "outcome_on", "facility_code")
CUSTODY = ("custody_status", "is_silenced", "custody_on", "unheard_on", "facility_code")
CHANGES = {"rule_card": ("card", "says"), "word_list": ("language", "entry", "reason")}
INSTANT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column("guardianship", sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
    for column in DAYS:
        op.add_column("guardianship", sa.Column(column, sa.Text(), nullable=True))
    for column in ASKING:
        op.add_column("guardianship", sa.Column(column, sa.LargeBinary(), nullable=True))
    for column in ("facility_code", "outcome_on"):
        op.add_column("letter", sa.Column(column, sa.Text(), nullable=True))
    op.add_column("code", sa.Column("rhythm_weeks", sa.Integer(), nullable=True))
    op.add_column("facility", sa.Column("transit_days", sa.Integer(), nullable=True))
    op.add_column("prisoner", sa.Column("unheard_on", sa.Text(), nullable=True))
    op.add_column("guardianship", sa.Column("rhythm_on", sa.Text(), nullable=True))
    op.add_column("guardianship", sa.Column("told_until", sa.Text(), nullable=True))
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
    op.create_index("ix_letter_fate", "letter", list(FATE), unique=False)
    # What is counted of all is read from an index: the rows of prisoners are wide.
    op.drop_index("ix_guardianship_prisoner_id", "guardianship")
    op.create_index(
        "ix_guardianship_prisoner_id_state", "guardianship", ["prisoner_id", "state"], unique=False
    )
    op.create_index("ix_prisoner_custody", "prisoner", list(CUSTODY), unique=False)
    for table, (*given, withdrawn) in CHANGES.items():
        op.create_table(
            table,
            *(sa.Column(name, sa.Text(), nullable=False) for name in given),
            sa.Column(withdrawn, sa.Text(), nullable=True),
            sa.Column("id", sa.LargeBinary(), nullable=False),
            sa.Column("proposed_by", sa.LargeBinary(), nullable=True),
            sa.Column("proposed_at", INSTANT, nullable=False),
            sa.Column("agreed_by", sa.LargeBinary(), nullable=True),
            sa.Column("agreed_at", INSTANT, nullable=True),
            sa.Column("mac", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
            **STRICT,
        )


def downgrade() -> None:
    """Undo it."""
    for table in CHANGES:
        op.drop_table(table)
    op.drop_index("ix_prisoner_custody", "prisoner")
    op.drop_index("ix_guardianship_prisoner_id_state", "guardianship")
    op.create_index("ix_guardianship_prisoner_id", "guardianship", ["prisoner_id"], unique=False)
    op.drop_index("ix_letter_fate", "letter")
    op.create_index("ix_letter_prisoner_id", "letter", ["prisoner_id"], unique=False)
    op.drop_index("ix_guardianship_person_id", "guardianship")
    op.drop_table("coverage")
    op.drop_column("prisoner", "unheard_on")
    op.drop_column("facility", "transit_days")
    op.drop_column("code", "rhythm_weeks")
    for column in ("outcome_on", "facility_code"):
        op.drop_column("letter", column)
    for column in (*reversed(ASKING), *reversed(DAYS)):
        op.drop_column("guardianship", column)
    op.drop_column("guardianship", "unanswered")
    op.drop_column("guardianship", "told_until")
    op.drop_column("guardianship", "rhythm_on")

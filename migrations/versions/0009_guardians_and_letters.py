"""Applicants who are asked, guardians who fall silent, letters that are answered or come back.

Columns only, empty or with a default; the release before this one leaves them alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ASKING = ("question", "answer", "asked_by")
DAYS = ("reminded_on", "quiet_on", "offered_on", "handed_over_on")


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column("guardianship", sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
    for column in DAYS:
        op.add_column("guardianship", sa.Column(column, sa.Text(), nullable=True))
    for column in ASKING:
        op.add_column("guardianship", sa.Column(column, sa.LargeBinary(), nullable=True))
    for column in ("facility_code", "outcome_on"):
        op.add_column("letter", sa.Column(column, sa.Text(), nullable=True))
    op.create_index("ix_letter_facility_code", "letter", ["facility_code"], unique=False)
    op.add_column("facility", sa.Column("transit_days", sa.Integer(), nullable=True))
    op.add_column("prisoner", sa.Column("unheard_on", sa.Text(), nullable=True))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("prisoner", "unheard_on")
    op.drop_column("facility", "transit_days")
    op.drop_index("ix_letter_facility_code", "letter")
    for column in ("outcome_on", "facility_code"):
        op.drop_column("letter", column)
    for column in (*reversed(ASKING), *reversed(DAYS)):
        op.drop_column("guardianship", column)
    op.drop_column("guardianship", "unanswered")

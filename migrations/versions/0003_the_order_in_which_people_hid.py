"""The order in which people hid under one account, which a clock that steps back must not turn round.

Counts those who hide, a handful. Works with the release before it, whose rows come first of all.
Undoing it forgets the order; the instants in which they hid stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BY_INSTANT = """
    UPDATE hiding SET sequence = (
        SELECT count(*) FROM hiding AS other
        WHERE other.chat_index = hiding.chat_index
        AND (other.hidden_at, other.person_id) <= (hiding.hidden_at, hiding.person_id)
    )
"""


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column("hiding", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.execute(BY_INSTANT)


def downgrade() -> None:
    """Undo it."""
    op.drop_column("hiding", "sequence")

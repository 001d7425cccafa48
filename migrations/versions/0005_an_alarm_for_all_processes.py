"""The installation's row says since when the alarm stands, so that every process stops sending.

Changes one row. Works with the release before it, which knows no alarm. Undoing it forgets one that stands.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column(
        "installation",
        sa.Column("alarmed_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_column("installation", "alarmed_at")

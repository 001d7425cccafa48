"""Who may do what: restrictions, requests of two persons, the trail, portfolios, duress and decoy desks.

New tables, empty, and a few columns with a default. People's rights and their desks are marked once the
program that has the keys upgrades the database. The release before this one would not heed restrictions:
undo the migration only while there are none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column("person", sa.Column("rights", sa.LargeBinary(), nullable=True))
    op.add_column("installation", sa.Column("profile", sa.Text(), nullable=True))
    op.add_column("installation", sa.Column("sealed_at", INSTANT, nullable=True))
    op.add_column("desk", sa.Column("duress_pin", sa.LargeBinary(), nullable=True))
    op.add_column("desk", sa.Column("shuffles", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("desk", sa.Column("is_decoy", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("desk", sa.Column("mac", sa.LargeBinary(), nullable=True))
    op.create_table(
        "restriction",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("set_by", sa.LargeBinary(), nullable=True),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_restriction_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_restriction"),
        **STRICT,
    )
    op.create_index("ix_restriction_person_id", "restriction", ["person_id"], unique=False)
    op.create_table(
        "request",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("requested_by", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about_id", sa.LargeBinary(), nullable=False),
        sa.Column("argument", sa.Text(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["person.id"], name="fk_request_requested_by", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_request"),
        **STRICT,
    )
    for column in ("requested_by", "about_id", "expires_at"):
        op.create_index(f"ix_request_{column}", "request", [column], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("number", INSTANT, nullable=False, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entry"),
        **STRICT,
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("number", INSTANT, nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("seeds", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
        **STRICT,
    )
    op.create_table(
        "portfolio",
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["prisoner_id"], ["prisoner.id"], name="fk_portfolio_prisoner_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_portfolio_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("prisoner_id", "person_id", name="pk_portfolio"),
        **STRICT,
    )
    op.create_index("ix_portfolio_person_id", "portfolio", ["person_id"], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_table("portfolio")
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    op.drop_table("request")
    op.drop_table("restriction")
    for table, column in (
        ("desk", "mac"),
        ("desk", "is_decoy"),
        ("desk", "shuffles"),
        ("desk", "duress_pin"),
        ("installation", "profile"),
        ("installation", "sealed_at"),
        ("person", "rights"),
    ):
        op.drop_column(table, column)

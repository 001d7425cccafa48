"""Keys that turn while the bot runs, people who hide or left, and to whom backups are sealed.

Adds empty tables and empty columns, so it takes no longer on 100,000 rows than on none. Works with the
release before it. Undoing it forgets who hides and who left, and leaves everything else.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}


def instant() -> sa.types.TypeEngine[int]:
    """Return the type of milliseconds since 1970."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column("installation", sa.Column("kek_id", sa.LargeBinary(), nullable=True))
    op.add_column("person", sa.Column("asked_on", sa.Text(), nullable=True))
    op.add_column("prisoner", sa.Column("note_on", sa.Text(), nullable=True))
    op.create_table(
        "process",
        sa.Column("keyring_generation", sa.Integer(), nullable=False),
        sa.Column("seen_at", instant(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process")),
        **STRICT,
    )
    op.create_index(op.f("ix_process_seen_at"), "process", ["seen_at"], unique=False)
    op.create_table(
        "recipient",
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("added_on", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
        sa.UniqueConstraint("public_key", name=op.f("uq_recipient_public_key")),
        **STRICT,
    )
    op.create_table(
        "hiding",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("chat_index", sa.LargeBinary(), nullable=False),
        sa.Column("hidden_at", instant(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=True),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("blocked_until", instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hiding_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_hiding")),
        **STRICT,
    )
    op.create_index(op.f("ix_hiding_chat_index"), "hiding", ["chat_index"], unique=False)
    op.create_table(
        "farewell",
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("next_at", instant(), nullable=False),
        sa.Column("expires_at", instant(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_farewell")),
        **STRICT,
    )
    op.create_index(op.f("ix_farewell_next_at"), "farewell", ["next_at"], unique=False)
    op.create_table(
        "departed",
        sa.Column("left_on", sa.Text(), nullable=False),
        sa.Column("is_copied", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departed")),
        **STRICT,
    )


def downgrade() -> None:
    """Undo it."""
    for table in ("departed", "farewell", "hiding", "recipient", "process"):
        op.drop_table(table)
    op.drop_column("prisoner", "note_on")
    op.drop_column("person", "asked_on")
    op.drop_column("installation", "kek_id")

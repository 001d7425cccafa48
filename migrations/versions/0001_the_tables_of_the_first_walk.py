"""The tables of the first walk.

Begins an empty database, so it takes no longer on 100,000 rows than on none. Undoing it deletes everything.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "data_key",
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("gen", sa.Integer(), nullable=False),
        sa.Column("kid", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_data_key")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_data_key_kid"), "data_key", ["kid"], unique=False)
    op.create_table(
        "facility",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_be", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified_on", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_facility")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "installation",
        sa.Column("deployment", sa.LargeBinary(), nullable=False),
        sa.Column("keyring_generation", sa.Integer(), nullable=False),
        sa.Column("created_on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("deployment", name=op.f("pk_installation")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column("chat", sa.LargeBinary(), nullable=False),
        sa.Column("chat_index", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_to", sa.Integer(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("delete_after_hours", sa.Integer(), nullable=False),
        sa.Column("letter_languages", sa.Text(), nullable=False),
        sa.Column("is_reachable", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Text(), nullable=False),
        sa.Column("last_seen_on", sa.Text(), nullable=False),
        sa.Column("phrase", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("post", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("chat_index", name=op.f("uq_person_chat_index")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seen_update",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("seen_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_seen_update")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_seen_update_seen_at"), "seen_update", ["seen_at"], unique=False)
    op.create_table(
        "desk",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("pin", sa.LargeBinary(), nullable=True),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("open_until", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_desk_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_desk")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("dialogue", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("person_id", "dialogue", name=op.f("uq_draft_person_id_dialogue")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_draft_expires_at"), "draft", ["expires_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about_id", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("unique_key", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("planned_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("useful_until", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_urgent", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_until", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("settled_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outbox_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_outbox_unique_key")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_outbox_about_id"), "outbox", ["about_id"], unique=False)
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(op.f("ix_outbox_person_id"), "outbox", ["person_id"], unique=False)
    op.create_index(op.f("ix_outbox_settled_at"), "outbox", ["settled_at"], unique=False)
    op.create_table(
        "posted",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("screen", sa.Text(), nullable=False),
        sa.Column("target", sa.LargeBinary(), nullable=True),
        sa.Column("argument", sa.Text(), nullable=False),
        sa.Column("is_covered", sa.Integer(), nullable=False),
        sa.Column("cover_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("posted_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delete_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_posted_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posted")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_posted_cover_at"), "posted", ["cover_at"], unique=False)
    op.create_index(op.f("ix_posted_delete_at"), "posted", ["delete_at"], unique=False)
    op.create_index(op.f("ix_posted_person_id"), "posted", ["person_id"], unique=False)
    op.create_table(
        "prisoner",
        sa.Column("source_index", sa.LargeBinary(), nullable=True),
        sa.Column("source_id", sa.LargeBinary(), nullable=True),
        sa.Column("name_be", sa.LargeBinary(), nullable=True),
        sa.Column("name_ru", sa.LargeBinary(), nullable=True),
        sa.Column("name_en", sa.LargeBinary(), nullable=True),
        sa.Column("alias", sa.LargeBinary(), nullable=True),
        sa.Column("born", sa.LargeBinary(), nullable=True),
        sa.Column("interests", sa.LargeBinary(), nullable=True),
        sa.Column("case_details", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("custody_status", sa.Text(), nullable=False),
        sa.Column("custody_on", sa.Text(), nullable=True),
        sa.Column("publicity", sa.Text(), nullable=False),
        sa.Column("facility_code", sa.Text(), nullable=True),
        sa.Column("is_silenced", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["facility_code"], ["facility.code"], name=op.f("fk_prisoner_facility_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prisoner")),
        sa.UniqueConstraint("source_index", name=op.f("uq_prisoner_source_index")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "role",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.LargeBinary(), nullable=True),
        sa.Column("granted_by", sa.LargeBinary(), nullable=True),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_role_person_id"), "role", ["person_id"], unique=False)
    op.create_table(
        "button",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("posted_id", sa.LargeBinary(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("target", sa.LargeBinary(), nullable=True),
        sa.Column("argument", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["posted_id"], ["posted.id"], name=op.f("fk_button_posted_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_button")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_button_expires_at"), "button", ["expires_at"], unique=False)
    op.create_index(op.f("ix_button_posted_id"), "button", ["posted_id"], unique=False)
    op.create_table(
        "code",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=True),
        sa.Column("is_on_behalf", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["prisoner_id"], ["prisoner.id"], name=op.f("fk_code_prisoner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
        sa.UniqueConstraint("mac", name=op.f("uq_code_mac")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_code_expires_at"), "code", ["expires_at"], unique=False)
    op.create_table(
        "difference",
        sa.Column("import_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=True),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["prisoner_id"], ["prisoner.id"], name=op.f("fk_difference_prisoner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difference")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_difference_import_id"), "difference", ["import_id"], unique=False)
    op.create_index(op.f("ix_difference_kind"), "difference", ["kind"], unique=False)
    op.create_table(
        "guardianship",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rhythm_weeks", sa.Integer(), nullable=False),
        sa.Column("word", sa.LargeBinary(), nullable=True),
        sa.Column("applied_on", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.LargeBinary(), nullable=True),
        sa.Column("started_on", sa.Text(), nullable=True),
        sa.Column("paused_until", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_guardianship_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["prisoner_id"], ["prisoner.id"], name=op.f("fk_guardianship_prisoner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardianship")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_guardianship_prisoner_id"), "guardianship", ["prisoner_id"], unique=False)
    op.create_index(op.f("ix_guardianship_state"), "guardianship", ["state"], unique=False)
    op.create_index(
        "uq_guardianship_standing",
        "guardianship",
        ["person_id", "prisoner_id"],
        unique=True,
        sqlite_where=sa.text("state in ('applied', 'active', 'paused')"),
        postgresql_where=sa.text("state in ('applied', 'active', 'paused')"),
    )
    op.create_table(
        "hearing",
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=False),
        sa.Column("source_index", sa.LargeBinary(), nullable=True),
        sa.Column("starts_local", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("openness", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["prisoner_id"], ["prisoner.id"], name=op.f("fk_hearing_prisoner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("source_index", name=op.f("uq_hearing_source_index")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_hearing_prisoner_id"), "hearing", ["prisoner_id"], unique=False)
    op.create_index(op.f("ix_hearing_starts_at"), "hearing", ["starts_at"], unique=False)
    op.create_table(
        "kinship",
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=False),
        sa.Column("is_on_behalf", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.LargeBinary(), nullable=True),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_kinship_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["prisoner_id"], ["prisoner.id"], name=op.f("fk_kinship_prisoner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kinship")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_kinship_person_id"), "kinship", ["person_id"], unique=False)
    op.create_index(op.f("ix_kinship_prisoner_id"), "kinship", ["prisoner_id"], unique=False)
    op.create_table(
        "prisoner_name",
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=False),
        sa.Column("bits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["prisoner_id"], ["prisoner.id"], name=op.f("fk_prisoner_name_prisoner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("prisoner_id", "bits", name=op.f("pk_prisoner_name")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_prisoner_name_bits", "prisoner_name", ["bits"], unique=False)
    op.create_table(
        "letter",
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("guardianship_id", sa.LargeBinary(), nullable=True),
        sa.Column("prisoner_id", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guardianship_id"],
            ["guardianship.id"],
            name=op.f("fk_letter_guardianship_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_letter_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["prisoner_id"], ["prisoner.id"], name=op.f("fk_letter_prisoner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_letter_guardianship_id"), "letter", ["guardianship_id"], unique=False)
    op.create_index(op.f("ix_letter_person_id"), "letter", ["person_id"], unique=False)
    op.create_index(op.f("ix_letter_prisoner_id"), "letter", ["prisoner_id"], unique=False)
    op.create_table(
        "told",
        sa.Column("hearing_id", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("keep_until", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearing.id"], name=op.f("fk_told_hearing_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_told_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hearing_id", "person_id", name=op.f("pk_told")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_told_keep_until"), "told", ["keep_until"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    op.drop_index(op.f("ix_told_keep_until"), table_name="told")
    op.drop_table("told")
    op.drop_index(op.f("ix_letter_prisoner_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_person_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_guardianship_id"), table_name="letter")
    op.drop_table("letter")
    op.drop_index("ix_prisoner_name_bits", table_name="prisoner_name")
    op.drop_table("prisoner_name")
    op.drop_index(op.f("ix_kinship_prisoner_id"), table_name="kinship")
    op.drop_index(op.f("ix_kinship_person_id"), table_name="kinship")
    op.drop_table("kinship")
    op.drop_index(op.f("ix_hearing_starts_at"), table_name="hearing")
    op.drop_index(op.f("ix_hearing_prisoner_id"), table_name="hearing")
    op.drop_table("hearing")
    op.drop_index(
        "uq_guardianship_standing",
        table_name="guardianship",
        sqlite_where=sa.text("state in ('applied', 'active', 'paused')"),
        postgresql_where=sa.text("state in ('applied', 'active', 'paused')"),
    )
    op.drop_index(op.f("ix_guardianship_state"), table_name="guardianship")
    op.drop_index(op.f("ix_guardianship_prisoner_id"), table_name="guardianship")
    op.drop_table("guardianship")
    op.drop_index(op.f("ix_difference_kind"), table_name="difference")
    op.drop_index(op.f("ix_difference_import_id"), table_name="difference")
    op.drop_table("difference")
    op.drop_index(op.f("ix_code_expires_at"), table_name="code")
    op.drop_table("code")
    op.drop_index(op.f("ix_button_posted_id"), table_name="button")
    op.drop_index(op.f("ix_button_expires_at"), table_name="button")
    op.drop_table("button")
    op.drop_index(op.f("ix_role_person_id"), table_name="role")
    op.drop_table("role")
    op.drop_table("prisoner")
    op.drop_index(op.f("ix_posted_person_id"), table_name="posted")
    op.drop_index(op.f("ix_posted_delete_at"), table_name="posted")
    op.drop_index(op.f("ix_posted_cover_at"), table_name="posted")
    op.drop_table("posted")
    op.drop_index(op.f("ix_outbox_settled_at"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_person_id"), table_name="outbox")
    op.drop_index(
        "ix_outbox_due",
        table_name="outbox",
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.drop_index(op.f("ix_outbox_about_id"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_draft_expires_at"), table_name="draft")
    op.drop_table("draft")
    op.drop_table("desk")
    op.drop_index(op.f("ix_seen_update_seen_at"), table_name="seen_update")
    op.drop_table("seen_update")
    op.drop_table("person")
    op.drop_table("installation")
    op.drop_table("facility")
    op.drop_index(op.f("ix_data_key_kid"), table_name="data_key")
    op.drop_table("data_key")

"""The first tables"""

import sqlalchemy as sa
from alembic import op

from consultations.database import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_table(
        "countries",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "region IN ('africa', 'asia-pacific', 'europe', 'latin-america', 'north-america-caribbean')",
            name=op.f("ck_countries_region_known"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_countries")),
    )
    op.create_table(
        "keyrings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyrings")),
    )
    op.create_table(
        "questionnaires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
        sa.UniqueConstraint("version", name=op.f("uq_questionnaires_version")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("auth_hash", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("recovery_wrapped_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name")),
    )
    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("keyring_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.JSON(), nullable=False),
        sa.Column("purpose", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.Column("table_plan", sa.JSON(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("status = 'draft' OR opened_on IS NOT NULL", name=op.f("ck_consultations_opened_once")),
        sa.CheckConstraint(
            "status IN ('draft', 'open') OR closed_on IS NOT NULL", name=op.f("ck_consultations_closed_once")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'open', 'closed', 'unlocked')", name=op.f("ck_consultations_status_known")
        ),
        sa.CheckConstraint("retention_months BETWEEN 1 AND 60", name=op.f("ck_consultations_retention_bounded")),
        sa.ForeignKeyConstraint(["keyring_id"], ["keyrings.id"], name=op.f("fk_consultations_keyring_id_keyrings")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaires.id"], name=op.f("fk_consultations_questionnaire_id_questionnaires")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
        sa.UniqueConstraint("slug", name=op.f("uq_consultations_slug")),
    )
    op.create_table(
        "key_grants",
        sa.Column("keyring_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["keyring_id"], ["keyrings.id"], name=op.f("fk_key_grants_keyring_id_keyrings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_key_grants_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("keyring_id", "user_id", name=op.f("pk_key_grants")),
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country_code", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["country_code"], ["countries.code"], name=op.f("fk_organisations_country_code_countries")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("name", name=op.f("uq_organisations_name")),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_staff_sessions_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_sessions")),
    )
    op.create_table(
        "case_studies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("country_code", sa.String(length=2), nullable=False),
        sa.Column("keyring_id", sa.Integer(), nullable=False),
        sa.Column("sealed_summary", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_case_studies_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["country_code"], ["countries.code"], name=op.f("fk_case_studies_country_code_countries")
        ),
        sa.ForeignKeyConstraint(["keyring_id"], ["keyrings.id"], name=op.f("fk_case_studies_keyring_id_keyrings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_studies")),
    )
    op.create_table(
        "epochs",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_epochs_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_epochs")),
    )
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("sealed_draft", sa.LargeBinary(), nullable=False),
        sa.Column("published", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(published IS NULL) = (published_on IS NULL)", name=op.f("ck_papers_published_whole")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_papers_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
    )
    op.create_table(
        "quotes",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_quotes_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "releases",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 3", name=op.f("ck_releases_at_most_three")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_releases_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "number", name=op.f("pk_releases")),
    )
    op.create_table(
        "sent_hashes",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_sent_hashes_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "hash", name=op.f("pk_sent_hashes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snapshots",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_snapshots_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_snapshots")),
    )
    op.create_table(
        "interviews",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_study_id", sa.Integer(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_study_id"],
            ["case_studies.id"],
            name=op.f("fk_interviews_case_study_id_case_studies"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_responses",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("epoch_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hot", sa.LargeBinary(), nullable=False),
        sa.Column("cold", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id", "epoch_id"],
            ["epochs.consultation_id", "epochs.id"],
            name=op.f("fk_sealed_responses_consultation_id_epochs"),
        ),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_sealed_responses")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sealed_responses_epoch", "sealed_responses", ["consultation_id", "epoch_id"])
    op.create_table(
        "passages",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("interview_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_passages_interview_id_interviews"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("passages")
    op.drop_index("ix_sealed_responses_epoch", "sealed_responses")
    op.drop_table("sealed_responses")
    op.drop_table("interviews")
    op.drop_table("snapshots")
    op.drop_table("sent_hashes")
    op.drop_table("releases")
    op.drop_table("quotes")
    op.drop_table("papers")
    op.drop_table("epochs")
    op.drop_table("case_studies")
    op.drop_table("staff_sessions")
    op.drop_table("organisations")
    op.drop_table("key_grants")
    op.drop_table("consultations")
    op.drop_table("users")
    op.drop_table("questionnaires")
    op.drop_table("keyrings")
    op.drop_table("countries")
    op.drop_table("audit_entries")

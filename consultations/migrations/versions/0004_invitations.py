"""Invitations"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("consultations", sa.Column("invited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("consultations", sa.Column("invitation_quota", sa.Integer(), nullable=False, server_default="50"))
    op.add_column(
        "questionnaires", sa.Column("region_from_code", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "invitations",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("spent_by", sa.LargeBinary(length=32), nullable=True),
        sa.CheckConstraint(
            "region IN ('africa', 'asia-pacific', 'europe', 'latin-america', 'north-america-caribbean')",
            name=op.f("ck_invitations_region_known"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_invitations_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "hash", name=op.f("pk_invitations")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "invitation_quotas",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.CheckConstraint("made BETWEEN 0 AND quota", name=op.f("ck_invitation_quotas_kept")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_invitation_quotas_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_invitation_quotas_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("consultation_id", "organisation_id", name=op.f("pk_invitation_quotas")),
    )
    op.create_table(
        "sealed_counts",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_sealed_counts_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_sealed_counts")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("sealed_counts")
    op.drop_table("invitation_quotas")
    op.drop_table("invitations")
    op.drop_column("questionnaires", "region_from_code")
    op.drop_column("consultations", "invitation_quota")
    op.drop_column("consultations", "invited")

"""Drafts and withdrawals"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("lookup", sa.LargeBinary(length=32), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_drafts_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "lookup", name=op.f("pk_drafts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "withdrawals",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_withdrawals_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "tag", name=op.f("pk_withdrawals")),
        sqlite_with_rowid=False,
    )
    op.add_column("consultations", sa.Column("published_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE consultations SET published_on ="
        " (SELECT min(papers.published_on) FROM papers WHERE papers.consultation_id = consultations.id)"
    )


def downgrade() -> None:
    op.drop_column("consultations", "published_on")
    op.drop_table("withdrawals")
    op.drop_table("drafts")

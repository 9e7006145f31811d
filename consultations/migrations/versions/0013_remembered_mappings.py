"""How the columns of a file were read the last time; how many answers were imported, and from which files"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "remembered_mappings",
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("headings", sa.LargeBinary(length=32), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_remembered_mappings_questionnaire_id_questionnaires"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("questionnaire_id", "headings", name=op.f("pk_remembered_mappings")),
    )
    op.create_table(
        "imported_files",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_imported_files_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "digest", name=op.f("pk_imported_files")),
        sqlite_with_rowid=False,
    )
    # Until now no answer came from anywhere else.
    op.add_column("consultations", sa.Column("imported_answers", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("consultations", "imported_answers")
    op.drop_table("imported_files")
    op.drop_table("remembered_mappings")

"""How long case studies are kept"""

import datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # Said in SQL: SQLite takes a check with a new column only so, and a table made anew would take its interviews along.
    op.execute(
        "ALTER TABLE case_studies ADD COLUMN retention_months INTEGER DEFAULT 24 NOT NULL"
        " CONSTRAINT ck_case_studies_retention_bounded CHECK (retention_months BETWEEN 1 AND 60)"
    )
    op.add_column("case_studies", sa.Column("opened_on", sa.Date(), nullable=False, server_default="1970-01-01"))
    # Nobody wrote down when those that are there were opened: the day of their consultation, or else today.
    op.execute(
        sa.text(
            "UPDATE case_studies SET opened_on = coalesce((SELECT opened_on FROM consultations"
            " WHERE consultations.id = case_studies.consultation_id), :today)"
        ).bindparams(sa.bindparam("today", datetime.datetime.now(datetime.UTC).date(), sa.Date()))
    )


def downgrade() -> None:
    op.drop_column("case_studies", "opened_on")
    op.drop_column("case_studies", "retention_months")

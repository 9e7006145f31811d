"""Monitoring and evaluation indicators, and the questions that they point at"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

REGIONS = "('', 'africa', 'asia-pacific', 'europe', 'latin-america', 'north-america-caribbean')"


def upgrade() -> None:
    op.create_table(
        "indicators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("direction", sa.String(length=4), nullable=False),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"region IN {REGIONS}", name=op.f("ck_indicators_region_known")),
        sa.CheckConstraint("direction IN ('up', 'down')", name=op.f("ck_indicators_direction_known")),
        sa.CheckConstraint("baseline BETWEEN 0 AND 100", name=op.f("ck_indicators_baseline_is_a_share")),
        sa.CheckConstraint("target BETWEEN 0 AND 100", name=op.f("ck_indicators_target_is_a_share")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("code", name=op.f("uq_indicators_code")),
    )


def downgrade() -> None:
    """Indicators are forgotten; what they were read from stays."""
    op.drop_table("indicators")

"""How small groups of a breakdown are put together, fixed at opening"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    # Consultations that were there keep the ladder that they were opened with, which is the one without levels.
    op.add_column("consultations", sa.Column("ladders", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("consultations", "ladders")

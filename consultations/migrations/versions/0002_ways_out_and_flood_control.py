"""Ways out and flood control"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Flood control keeps nothing: it has no table.
    op.add_column("consultations", sa.Column("leave_to", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("consultations", "leave_to")

"""How the columns of a file were read the last time"""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Filled in by what needs it."""


def downgrade() -> None:
    """Nothing to take back yet."""

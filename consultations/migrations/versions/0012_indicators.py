"""Monitoring and evaluation indicators, and the questions that they point at"""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Filled in by what needs it."""


def downgrade() -> None:
    """Nothing to take back yet."""

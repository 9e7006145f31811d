"""What attacks on tables found before their release"""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Filled in by what needs it."""


def downgrade() -> None:
    """Nothing to take back yet."""

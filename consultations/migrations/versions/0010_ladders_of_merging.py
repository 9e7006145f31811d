"""How small groups of a breakdown are put together, fixed at opening"""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Filled in by what needs it."""


def downgrade() -> None:
    """Nothing to take back yet."""

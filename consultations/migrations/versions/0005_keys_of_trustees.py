"""Keys of trustees, and keys that are turned"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("keyrings", sa.Column("to_turn", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "recovery_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("rehearsed_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "rehearsed_on IS NULL OR confirmed_on IS NOT NULL", name=op.f("ck_recovery_keys_confirmed_first")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_recovery_keys_made_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_keys")),
    )
    _keys(
        "recovery_grants",
        ("keyring_id", sa.Integer(), "keyrings.id"),
        ("recovery_key_id", sa.Integer(), "recovery_keys.id"),
        sealed="sealed_private_key",
    )
    _keys("snapshot_keys", ("consultation_id", sa.Integer(), "snapshots.consultation_id"))
    # Interviews that are there stay sealed to their case study: only who holds its key can move them under one of theirs.
    _keys("interview_keys", ("interview_id", sa.LargeBinary(length=16), "interviews.id"), sqlite_with_rowid=False)
    op.execute(
        "INSERT INTO snapshot_keys (consultation_id, sealed_key) SELECT consultation_id, sealed_key FROM snapshots"
    )
    op.drop_column("snapshots", "sealed_key")


def downgrade() -> None:
    """Interviews under keys of their own open no more afterwards: only who holds the case study's key could move them.

    So this refuses while there are any. Recovery grants are lost; a holder's own are not.
    """
    if op.get_bind().execute(sa.text("SELECT count(*) FROM interview_keys")).scalar_one():
        raise RuntimeError("There are interviews under keys of their own: they would open no more.")
    op.add_column("snapshots", sa.Column("sealed_key", sa.LargeBinary(), nullable=False, server_default=""))
    op.execute(
        "UPDATE snapshots SET sealed_key = (SELECT sealed_key FROM snapshot_keys"
        " WHERE snapshot_keys.consultation_id = snapshots.consultation_id)"
    )
    with op.batch_alter_table("snapshots") as snapshots:
        snapshots.alter_column("sealed_key", server_default=None)
    for table in ("interview_keys", "snapshot_keys", "recovery_grants", "recovery_keys"):
        op.drop_table(table)
    op.drop_column("keyrings", "to_turn")


def _keys(
    table: str,
    *of: tuple[str, sa.Integer | sa.LargeBinary, str],
    sealed: str = "sealed_key",
    **options: bool,
) -> None:
    """A table of sealed keys, each gone with the rows that it refers to: (column, its type, what it refers to)."""
    op.create_table(
        table,
        *(sa.Column(column, kind, nullable=False) for column, kind, _ in of),
        sa.Column(sealed, sa.LargeBinary(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [target],
                name=op.f(f"fk_{table}_{column}_{target.partition('.')[0]}"),
                ondelete="CASCADE",
            )
            for column, _, target in of
        ),
        sa.PrimaryKeyConstraint(*(column for column, _, _ in of), name=op.f(f"pk_{table}")),
        **options,
    )

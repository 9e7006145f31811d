"""What each of the staff is limited to, one-time links, and an audit log with one head"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KINDS = ("consultation", "country", "region", "language")


def upgrade() -> None:
    op.create_table(
        "user_limits",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_user_limits_kind_known")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_limits_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", "value", name=op.f("pk_user_limits")),
    )
    # Accounts that were there reached everything that their role allowed: nobody is locked out by the new table.
    for kind in KINDS:
        op.execute(f"INSERT INTO user_limits (user_id, kind, value) SELECT id, '{kind}', '*' FROM users")  # noqa: S608 - kinds of our own
    op.create_table(
        "staff_links",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("invited_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_links")),
    )
    # Entries that were there keep the hash that they were given (scheme 1).
    op.add_column("audit_entries", sa.Column("scheme", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "audit_heads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_heads_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_heads")),
    )
    last = sa.text("SELECT hash FROM audit_entries ORDER BY id DESC LIMIT 1")
    head = op.get_bind().execute(last).scalar()
    heads = sa.table("audit_heads", sa.column("id", sa.Integer()), sa.column("hash", sa.LargeBinary()))
    op.bulk_insert(heads, [{"id": 1, "hash": head or b""}])


def downgrade() -> None:
    op.drop_table("audit_heads")
    op.drop_column("audit_entries", "scheme")
    op.drop_table("staff_links")
    op.drop_table("user_limits")

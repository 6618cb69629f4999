"""Digests of buckets, changes that wait for a row, and what devices report."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime
from asset_model.sync.digest import digest_of, row_hash

revision = "server_0002"
down_revision = "server_0001"
branch_labels = None
depends_on = "model_0001"

UNIQUE_IN_0002 = (
    ("district", ["code"]),
    ("crew", ["code"]),
    ("asset_class", ["code"]),
    ("asset", ["tag"]),
    ("asset", ["source", "source_key"]),
    ("part", ["code"]),
    ("maintenance_plan", ["code"]),
    ("service", ["code"]),
    ("work_order", ["number"]),
)
"""What no two rows of a shared table share, kept on the server alone.

A tablet must take in what the server tells, even while it still holds a row of a history that a
restore undid: there the same number may stand twice for a moment.
"""


def upgrade() -> None:
    for shared, columns in UNIQUE_IN_0002:
        name = f"server_unique_{shared}_{'_'.join(columns)}"
        op.create_index(name, shared, columns, unique=True)
    hashes = sa.Column("hash", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column("row_image", hashes)
    op.add_column("journal", sa.Column("waits_for", sa.String(36), nullable=True))
    place = sa.Column("place", sa.Integer(), nullable=False, server_default="0")
    op.add_column("journal", place)
    op.create_index("ix_journal_waits_for", "journal", ["waits_for"])
    op.create_index("ix_journal_group_id", "journal", ["group_id"])
    op.create_table(
        "bucket_digest",
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sum", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_bucket_digest"),
    )
    op.create_table(
        "device_scope",
        sa.Column("device_id", sa.String(36), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("device_id", "bucket", name="pk_device_scope"),
    )
    op.create_table(
        "device_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_device_report"),
    )
    op.create_index("ix_device_report_device_id", "device_report", ["device_id"])
    _hash_what_is_there(op.get_bind())


def _hash_what_is_there(connection: sa.Connection) -> None:
    """Give every image its hash and every bucket its digest."""
    images = sa.table("row_image", *map(sa.column, ("table_name", "row_id", "wire", "hash")))
    entries = sa.table("feed_entry", *map(sa.column, ("bucket", "table_name", "row_id", "gone")))
    held: dict[tuple[str, str], int] = {}
    for table, row, wire in connection.execute(
        sa.select(*images.c).with_only_columns(images.c.table_name, images.c.row_id, images.c.wire)
    ).all():
        held[table, row] = row_hash(table, wire)
        same = (images.c.table_name == table) & (images.c.row_id == row)
        connection.execute(sa.update(images).where(same).values(hash=held[table, row]))
    buckets: dict[str, list[int]] = {}
    living = sa.select(entries.c.bucket, entries.c.table_name, entries.c.row_id)
    for bucket, table, row in connection.execute(living.where(entries.c.gone.is_(None))):
        buckets.setdefault(bucket, []).append(held[table, row])
    head = connection.scalar(sa.text("SELECT position FROM server_state")) or 0
    digests = sa.table("bucket_digest", *map(sa.column, ("bucket", "position", "rows", "sum")))
    for bucket, hashes in buckets.items():
        rows, total = digest_of(hashes)
        values = {"bucket": bucket, "position": head, "rows": rows, "sum": total}
        connection.execute(sa.insert(digests).values(values))

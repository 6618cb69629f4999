"""What plans need of the server: leases of jobs, how far plans were worked out, shops' addresses.

Images of plans take the columns that plans have gained, as the typed rows have them.
"""

import json

import sqlalchemy as sa
from alembic import op

from asset_model.base import Day, UtcDateTime
from asset_model.sync.digest import MODULUS, row_hash, wire_text

revision = "server_0005"
down_revision = "server_0004"
branch_labels = None
depends_on = "model_0004"

GAINED: tuple[object, ...] = ({}, [], False, [], False, None, None, "preventive", 3, None, [], 0)
"""The values of a plan's new columns, in the wire's order; a tablet's migration gives the same."""


def upgrade() -> None:
    op.create_table(
        "job_lease",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("holder", sa.String(36), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("job", name="pk_job_lease"),
    )
    op.create_table(
        "plan_run",
        sa.Column("plan_id", sa.String(36), nullable=False),
        sa.Column("until", Day(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name="pk_plan_run"),
    )
    op.create_table(
        "shop_feed",
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("shop", name="pk_shop_feed"),
        sa.UniqueConstraint("secret_hash", name="uq_shop_feed_secret_hash"),
    )
    op.create_index("server_unique_shop_code", "shop", ["code"], unique=True)
    _complete_images(op.get_bind())


def _complete_images(connection: sa.Connection) -> None:
    """Give every plan's image its new columns, and its buckets the digest of it."""
    names = ("table_name", "row_id", "wire", "hash", "buckets")
    images = sa.table("row_image", *map(sa.column, names))
    digests = sa.table("bucket_digest", *map(sa.column, ("bucket", "sum")))
    plans = sa.select(*images.c).where(images.c.table_name == "maintenance_plan")
    for table, row, wire, old, buckets in connection.execute(plans).all():
        whole = wire_text(row, [*json.loads(wire)[1:], *GAINED])
        new = row_hash(table, whole)
        same = (images.c.table_name == table) & (images.c.row_id == row)
        connection.execute(sa.update(images).where(same).values(wire=whole, hash=new))
        held = digests.c.bucket.in_(buckets.split())
        moved = (digests.c.sum + (new - old) % MODULUS) % MODULUS
        connection.execute(sa.update(digests).where(held).values(sum=moved))

"""Hours of equipment, orders handed over; stores and what goes in and out of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "model_0007"
down_revision = "model_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create(
        "equipment_used",
        _key("work_order_id"),
        _key("person_id"),
        _key("asset_id"),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("km", sa.Double(), nullable=True),
        _at("used_at"),
        indexed=(("work_order_id",), ("asset_id",)),
    )
    _create(
        "order_transfer",
        _key("work_order_id"),
        _key("person_id"),
        _key("to_crew_id", empty=True),
        _key("to_person_id", empty=True),
        sa.Column("note", sa.String(), nullable=True),
        _at("handed_at"),
        indexed=(("work_order_id",),),
    )
    _create_stores()


def _create_stores() -> None:
    _create(
        "store",
        *(sa.Column(name, sa.String(), nullable=False) for name in _STORE),
        _key("crew_id", empty=True),
        _key("asset_id", empty=True),
        indexed=(("code",), ("crew_id",)),
    )
    _create(
        "store_movement",
        _key("store_id"),
        _key("part_id"),
        _key("person_id"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.Double(), nullable=False),
        _at("moved_at"),
        _key("material_id", empty=True),
        indexed=(("store_id", "part_id"),),
    )


_STORE = ("code", "label_fr", "label_en", "kind")


def _create(name: str, *columns: sa.Column[Any], indexed: tuple[tuple[str, ...], ...] = ()) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for each in indexed:
        op.create_index(op.f(f"ix_{name}_{'_'.join(each)}"), name, list(each))


def _key(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=36), nullable=empty)


def _at(name: str) -> sa.Column[Any]:
    return sa.Column(name, UtcDateTime(), nullable=False)

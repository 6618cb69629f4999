"""Maintenance sheets, brake measures, storage; rates and invoices from outside."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from asset_model.base import Day, UtcDateTime

revision = "model_0006"
down_revision = "model_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create(
        "maintenance_sheet",
        _key("asset_id"),
        _key("person_id"),
        _text("signed_name"),
        _text("signed_with"),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        _received(),
        _key("plan_id", empty=True),
        _key("order_id", empty=True),
        _text("title"),
        sa.Column("done_on", Day(), nullable=False),
        _text("garage"),
        sa.Column("lines", sa.JSON(), nullable=False),
        _number("odometer_km", empty=True),
        _text("certificate", empty=True),
        _key("replaces_id", empty=True),
        _text("note", empty=True),
        indexed=(("asset_id",), ("asset_id", "done_on"), ("order_id",)),
    )
    _create(
        "brake_measure",
        _key("asset_id"),
        _key("person_id"),
        _key("sheet_id", empty=True),
        sa.Column("measured_on", Day(), nullable=False),
        sa.Column("axle", sa.Integer(), nullable=False),
        _text("side"),
        _text("kind"),
        _number("value_mm"),
        _number("minimum_mm", empty=True),
        _number("maximum_mm", empty=True),
        _received(),
        indexed=(("asset_id", "measured_on"), ("sheet_id",)),
    )
    _create_storage()
    _create_costs()


def _create_storage() -> None:
    _create(
        "storage_period",
        _key("asset_id"),
        _key("person_id"),
        sa.Column("begins_on", Day(), nullable=False),
        sa.Column("ends_on", Day(), nullable=True),
        _text("place", empty=True),
        _text("reason", empty=True),
        indexed=(("asset_id",),),
    )


def _create_costs() -> None:
    _create(
        "rate",
        _text("kind"),
        _text("code"),
        sa.Column("since", Day(), nullable=False),
        _number("amount"),
        _number("overtime_amount", empty=True),
        _text("source", empty=True),
        indexed=(("kind", "code", "since"),),
    )
    _create(
        "outside_cost",
        _key("work_order_id"),
        _key("person_id"),
        _text("supplier"),
        _text("invoice", empty=True),
        sa.Column("invoiced_on", Day(), nullable=False),
        _number("amount"),
        _text("what", empty=True),
        indexed=(("work_order_id",),),
    )


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


def _text(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=empty)


def _key(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=36), nullable=empty)


def _number(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=empty)


def _received() -> sa.Column[Any]:
    return sa.Column("received_at", UtcDateTime(), nullable=True)

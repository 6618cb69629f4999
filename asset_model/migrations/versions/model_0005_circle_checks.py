"""Circle checks: figures of law, lists, reports, defects, certificates; the units of an order."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from asset_model.base import Day, UtcDateTime

revision = "model_0005"
down_revision = "model_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_lists()
    _create_reports()
    _create_defects()
    _create_exceptions()


def _create(name: str, *columns: sa.Column[Any], indexed: tuple[str, ...] = ()) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for each in indexed:
        op.create_index(op.f(f"ix_{name}_{each}"), name, [each])


def _text(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=empty)


def _key(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=36), nullable=empty)


def _at(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UtcDateTime(), nullable=empty)


def _on(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Day(), nullable=empty)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _signed() -> tuple[sa.Column[Any], ...]:
    return (
        _key("asset_id"),
        _key("person_id"),
        _text("signed_name"),
        _text("signed_with"),
        _at("signed_at"),
        _at("received_at", empty=True),
    )


def _create_lists() -> None:
    _create(
        "legal_rule",
        _text("code"),
        _on("effective_on"),
        _json("value"),
        _text("label_fr"),
        _text("label_en"),
        _text("source", empty=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        _text("note", empty=True),
        indexed=("code",),
    )
    _create(
        "inspection_form",
        _text("code"),
        sa.Column("edition", sa.Integer(), nullable=False),
        _text("part"),
        _text("title_fr"),
        _text("title_en"),
        _json("vehicle_kinds"),
        _json("items"),
        _on("effective_on"),
        _on("retired_on", empty=True),
        _text("source", empty=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        indexed=("code",),
    )
    _create(
        "designation",
        _key("holder_id"),
        _text("task"),
        _on("from_on"),
        _on("until_on", empty=True),
        _key("named_by", empty=True),
        indexed=("holder_id",),
    )


def _create_reports() -> None:
    _create(
        "inspection",
        *_signed(),
        _key("form_id"),
        _key("own_form_id", empty=True),
        _text("made_as"),
        _text("unit_name"),
        _text("plate", empty=True),
        _text("operator"),
        _at("started_at"),
        _at("ended_at"),
        _text("place"),
        _json("answers"),
        _json("carried"),
        sa.Column("odometer_km", sa.Double(), nullable=True),
        _text("note", empty=True),
        indexed=("asset_id",),
    )
    op.create_index("ix_inspection_asset_id_ended_at", "inspection", ["asset_id", "ended_at"])
    _create(
        "countersignature",
        *_signed(),
        _key("inspection_id"),
        _text("result"),
        _text("word", empty=True),
        indexed=("asset_id", "inspection_id"),
    )


def _create_defects() -> None:
    _create(
        "defect",
        _key("asset_id"),
        _key("person_id"),
        _key("inspection_id", empty=True),
        _text("item_code", empty=True),
        _text("defect_code", empty=True),
        _text("severity"),
        _text("label_fr"),
        _text("label_en"),
        _text("note", empty=True),
        _at("found_at"),
        _text("found_during"),
        _at("due_at", empty=True),
        _text("due_rule", empty=True),
        _key("repair_order_id", empty=True),
        _at("received_at", empty=True),
        indexed=("asset_id", "inspection_id", "repair_order_id"),
    )
    _create(
        "repair_certificate",
        *_signed(),
        _key("defect_id"),
        _text("result"),
        _text("word", empty=True),
        indexed=("asset_id", "defect_id"),
    )


def _create_exceptions() -> None:
    _create(
        "service_exception",
        *_signed(),
        _json("reasons"),
        _json("covers"),
        _text("word"),
        _at("until"),
        _key("order_id", empty=True),
        _at("seen_at", empty=True),
        _key("seen_by", empty=True),
        indexed=("asset_id",),
    )
    _create(
        "unit_assignment",
        _key("work_order_id"),
        _key("asset_id"),
        _key("person_id"),
        _at("assigned_at"),
        _at("released_at", empty=True),
        _key("released_by", empty=True),
        indexed=("work_order_id", "asset_id"),
    )

"""Alerts, job templates, notes between shifts, telephones, tablets' standing; orders of orders."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from asset_model.base import Day, UtcDateTime

revision = "model_0011"
down_revision = "model_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _extend_orders()
    _create_alerts()
    _create_templates()
    _create_notes()
    _create("contact", _key("employee_id"), _text("phone"), _text("note", empty=True),
            indexed=(("employee_id",),))  # fmt: skip
    _create(
        "tablet_standing",
        _text("code"),
        _key("crew_id", empty=True),
        _key("district_id", empty=True),
        sa.Column("read_to", sa.Integer(), nullable=False),
        _time("read_at", empty=True),
        _time("silent_since", empty=True),
        indexed=(("crew_id",),),
    )


def _extend_orders() -> None:
    op.add_column("crew", _number("daily_hours"))
    for column in (
        _key("parent_id", empty=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("after_ids", sa.JSON(), nullable=True),
        _text("template", empty=True),
        sa.Column("planned_on", Day(), nullable=True),
    ):
        op.add_column("work_order", column)
    op.create_index("ix_work_order_parent_id", "work_order", ["parent_id"])


def _create_alerts() -> None:
    _create(
        "alert",
        _text("title"),
        _text("details", empty=True),
        _key("asset_id", empty=True),
        _text("place", empty=True),
        _number("longitude"),
        _number("latitude"),
        sa.Column("callees", sa.JSON(), nullable=False),
        _key("order_id", empty=True),
        _time("created_at"),
        _key("created_by", empty=True),
        _time("received_at", empty=True),
        _time("closed_at", empty=True),
        _key("closed_by", empty=True),
        _text("closing_word", empty=True),
        indexed=(("closed_at",), ("order_id",)),
    )
    _create(
        "alert_call",
        _key("alert_id"),
        _key("person_id"),
        sa.Column("rank", sa.Integer(), nullable=False),
        _time("called_at"),
        _time("noted_at"),
        indexed=(("alert_id",),),
    )
    _create(
        "acknowledgement",
        _key("alert_id"),
        _key("person_id"),
        _text("answer"),
        _time("acknowledged_at"),
        _time("received_at", empty=True),
        indexed=(("alert_id",),),
    )


def _create_templates() -> None:
    _create(
        "job_template",
        _text("code"),
        _text("title_fr"),
        _text("title_en"),
        _text("kind"),
        sa.Column("priority", sa.Integer(), nullable=False),
        _number("estimated_hours"),
        _text("safety_fr", empty=True),
        _text("safety_en", empty=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("children", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        indexed=(("code",),),
    )


def _create_notes() -> None:
    _create(
        "handover_note",
        _key("crew_id", empty=True),
        _key("district_id", empty=True),
        sa.Column("shift_on", Day(), nullable=False),
        _text("shift"),
        _text("text"),
        sa.Column("order_ids", sa.JSON(), nullable=False),
        _time("created_at"),
        _key("created_by"),
        indexed=(("shift_on",),),
    )
    _create(
        "note_read", _key("note_id"), _key("person_id"), _time("read_at"), indexed=(("note_id",),)
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


def _time(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UtcDateTime(), nullable=empty)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=True)

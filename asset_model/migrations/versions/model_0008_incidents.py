"""311: incidents, reports, their photos and updates; an order's incident; what services ask."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "model_0008"
down_revision = "model_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _widen()
    _create_incidents()
    _create_reports()


def _widen() -> None:
    with op.batch_alter_table("work_order") as order:
        order.add_column(_key("incident_id", empty=True))
    op.create_index(op.f("ix_work_order_incident_id"), "work_order", ["incident_id"])
    with op.batch_alter_table("service") as service:
        for name in ("description_fr", "description_en", "keywords"):
            service.add_column(_text(name, empty=True))
        for name in ("questions", "asset_classes"):
            service.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
        service.add_column(_count("priority", "3"))
        service.add_column(_flag("orders_at_once", sa.false()))
        service.add_column(_count("reopens_within_days", "30"))
        service.add_column(_flag("active", sa.true()))


def _create_incidents() -> None:
    _create(
        "incident",
        _text("number", empty=True),
        _key("service_id"),
        _text("description", empty=True),
        _text("status"),
        _text("answer_fr", empty=True),
        _text("answer_en", empty=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        *(_key(name, empty=True) for name in ("district_id", "crew_id", "asset_id", "segment_id")),
        _number("segment_m"),
        _text("side", empty=True),
        *_place(),
        _moment("acknowledge_by"),
        _moment("fix_by"),
        _text("promise_reason", empty=True),
        sa.Column("route", sa.JSON(), nullable=False),
        _moment("acknowledged_at"),
        _key("acknowledged_by", empty=True),
        _key("recurrence_of_id", empty=True),
        _key("merged_into_id", empty=True),
        _key("order_id", empty=True),
        sa.Column("reports_count", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        *map(_moment, ("moved_at", "resolved_at", "reopened_at")),
        indexed=(
            ("number",),
            ("service_id",),
            ("asset_id",),
            ("segment_id",),
            ("order_id",),
            ("status", "opened_at"),
            ("longitude", "latitude"),
        ),
    )
    _create(
        "incident_update",
        _key("incident_id"),
        _key("report_id", empty=True),
        _text("kind"),
        *(_text(name, empty=True) for name in ("status", "words_fr", "words_en")),
        _text("source"),
        *(_text(name, empty=True) for name in ("source_name", "external_id")),
        _key("person_id", empty=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        _moment("received_at"),
        indexed=(("incident_id",), ("report_id",), ("received_at",)),
    )


def _create_reports() -> None:
    _create(
        "report",
        _text("number", empty=True),
        _key("incident_id", empty=True),
        _key("service_id"),
        _text("source"),
        *(_text(name, empty=True) for name in ("source_name", "external_id")),
        _text("language"),
        _text("description", empty=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        *(_text(name, empty=True) for name in ("address_id", "zipcode")),
        *_place(),
        _number("accuracy_m"),
        sa.Column("media_urls", sa.JSON(), nullable=False),
        sa.Column("follows", sa.Boolean(), nullable=False),
        _key("person_id", empty=True),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        _moment("received_at"),
        _key("attached_by", empty=True),
        _number("attach_score"),
        sa.Column("attach_reasons", sa.JSON(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        indexed=(("number",), ("incident_id",), ("received_at",), ("longitude", "latitude")),
    )
    _create(
        "report_photo",
        _key("report_id"),
        *(_whole("rank"), _file("sha256"), _whole("byte_size"), _text("media_type")),
        *(_whole("width"), _whole("height"), _file("thumbnail_sha256"), _whole("thumbnail_size")),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        indexed=(("report_id",), ("sha256",), ("thumbnail_sha256",)),
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


def _place() -> tuple[sa.Column[Any], ...]:
    return _text("place", empty=True), _number("longitude"), _number("latitude")


def _text(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=empty)


def _key(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=36), nullable=empty)


def _file(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=64), nullable=False)


def _whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=True)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, UtcDateTime(), nullable=True)


def _count(name: str, standing: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=standing)


def _flag(name: str, standing: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=standing)

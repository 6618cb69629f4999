"""Plans by meter, condition and event; meters and their readings; occurrences."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import Day, UtcDateTime

revision = "model_0004"
down_revision = "model_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("maintenance_plan") as plan:
        for name, empty in (("asset_filter", "{}"), ("triggers", "[]")):
            plan.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=empty))
        plan.add_column(_flag("floating"))
        plan.add_column(sa.Column("seasons", sa.JSON(), nullable=False, server_default="[]"))
        plan.add_column(_flag("legal"))
        plan.add_column(sa.Column("basis", sa.String(), nullable=True))
        plan.add_column(sa.Column("shop", sa.String(), nullable=True))
        plan.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="preventive"))
        plan.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default="3"))
        plan.add_column(sa.Column("estimated_hours", sa.Double(), nullable=True))
        plan.add_column(sa.Column("nests", sa.JSON(), nullable=False, server_default="[]"))
        plan.add_column(sa.Column("nest_days", sa.Integer(), nullable=False, server_default="0"))
    _create(
        "shop",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weekly_hours", sa.Double(), nullable=True),
    )
    op.create_index(op.f("ix_shop_code"), "shop", ["code"])
    _create_occurrences()
    _create_meters()


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _create(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _create_occurrences() -> None:
    _create(
        "occurrence",
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("asset_id", sa.String(length=36), nullable=True),
        sa.Column("due_on", Day(), nullable=False),
        sa.Column("wanted_on", Day(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("absorbed_by", sa.String(length=36), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
    )
    for columns in (["plan_id", "asset_id", "due_on"], ["status"], ["asset_id"], ["absorbed_by"]):
        op.create_index(op.f(f"ix_occurrence_{'_'.join(columns)}"), "occurrence", columns)
    _create(
        "plan_event",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("asset_id", sa.String(length=36), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_plan_event_code_happened_at", "plan_event", ["code", "happened_at"])


def _create_meters() -> None:
    _create(
        "meter",
        sa.Column("asset_id", sa.String(length=36), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rollover_at", sa.Double(), nullable=True),
        sa.Column("daily_max", sa.Double(), nullable=True),
        sa.Column("offset", sa.Double(), nullable=False),
        sa.Column("replaces_id", sa.String(length=36), nullable=True),
        sa.Column("installed_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("total", sa.Double(), nullable=True),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("per_day", sa.Double(), nullable=True),
        sa.Column("per_day_error", sa.Double(), nullable=True),
    )
    op.create_index(op.f("ix_meter_asset_id"), "meter", ["asset_id"])
    _create(
        "meter_reading",
        sa.Column("meter_id", sa.String(length=36), nullable=False),
        sa.Column("asset_id", sa.String(length=36), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.Column("total", sa.Double(), nullable=True),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("reviewed_by", sa.String(length=36), nullable=True),
        sa.Column("reviewed_at", UtcDateTime(), nullable=True),
    )
    for columns in (["meter_id", "taken_at"], ["review"]):
        op.create_index(op.f(f"ix_meter_reading_{'_'.join(columns)}"), "meter_reading", columns)

"""Working the garage's plans out, and what has come of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from asset_model.plans import Occurrence
from asset_model.work_orders import WorkOrder
from sync_server.generation import Worked, generate
from tests.sync.rig import Server, an_id

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
STEPS = [{"kind": "check", "label_fr": "Huile", "label_en": "Oil", "required": True}]
TRUCK: dict[str, Any] = {"class_code": None, "asset_id": "201", "steps": STEPS}


def run(server: Server, *, at: datetime = NOW, until: datetime | None = None) -> Worked:
    return generate(server.database, now=at, new_id=an_id, until=until)


def days_later(days: float) -> datetime:
    return NOW + timedelta(days=days)


def orders(server: Server) -> list[WorkOrder]:
    return sorted(
        (o for o in server.rows(WorkOrder) if o.source == "plan"), key=lambda o: (o.due_at, o.id)
    )


def occurrences(server: Server) -> list[Occurrence]:
    return sorted(server.rows(Occurrence), key=lambda each: (each.due_on, each.plan_id))


def the_order(server: Server) -> WorkOrder:
    (only,) = orders(server)
    return only


def finish(server: Server, order: str, *, on: datetime) -> None:
    server.set("work_order", order, status="done", completed_at=f"{on:%Y-%m-%dT%H:%M:%S}.000Z")

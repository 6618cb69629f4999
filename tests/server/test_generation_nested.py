"""Nested work as orders: one for all of it, and what becomes of each plan in the end."""

from datetime import date
from typing import Any

import pytest

from asset_model.sync.wire import Columns
from asset_model.work_orders import Step
from tests.server.garage import a_plan
from tests.server.plan_rig import (
    STEPS,
    TRUCK,
    days_later,
    finish,
    occurrences,
    orders,
    run,
    the_order,
)
from tests.sync.rig import Server

BRAKES = {"kind": "check", "label_fr": "Freins", "label_en": "Brakes", "required": True}


@pytest.fixture
def nested(garage: Server) -> Server:
    """The annual of truck 201 is due in 20 days, the oil change now: one order of both."""
    common: Columns = {"floating": True, "class_code": None, "asset_id": "201"}
    oil = {**common, "rule": "FREQ=MONTHLY;INTERVAL=6", "starts_on": "2026-11-26"}
    year = {**common, "rule": "FREQ=YEARLY", "starts_on": "2026-12-16", "lead_days": 7}
    garage.write(
        a_plan("oil", steps=STEPS, estimated_hours=1, **oil),
        a_plan(
            "year", steps=[BRAKES, *STEPS], estimated_hours=5, nests=["oil"], nest_days=30, **year
        ),
    )
    return garage


def test_nested_work_is_one_order_with_every_line_once(nested: Server) -> None:
    run(nested)

    order = the_order(nested)
    assert (order.estimated_hours, order.description) == (6, "oil Vidange")
    assert order.due_at is not None
    assert order.due_at.date() == date(2026, 11, 26)
    lines = [s for s in nested.rows(Step) if s.work_order_id == order.id]
    assert [s.label_fr for s in sorted(lines, key=lambda s: s.rank)] == ["Freins", "Huile"]
    assert {e.plan_id: (e.status, e.absorbed_by) for e in occurrences(nested)} == {
        "oil": ("absorbed", order.id),
        "year": ("generated", None),
    }


def test_when_the_order_is_done_all_that_was_in_it_is(nested: Server) -> None:
    run(nested)

    finish(nested, the_order(nested).id, on=days_later(1))

    assert {each.status for each in occurrences(nested)} == {"done"}
    assert len({each.done_at for each in occurrences(nested)}) == 1


def test_when_the_order_is_cancelled_what_was_in_it_asks_for_its_own(nested: Server) -> None:
    run(nested)
    oil = next(each.id for each in occurrences(nested) if each.plan_id == "oil")
    nested.set("work_order", the_order(nested).id, status="cancelled", reason="Autre garage.")

    assert run(nested).written == 1

    again = next(order for order in orders(nested) if order.status == "planned")
    assert (again.id, again.title) == (oil, "Vidange")
    assert next(e.status for e in occurrences(nested) if e.id == oil) == "generated"
    assert run(nested, at=days_later(2)).written == 0


def test_what_comes_due_while_the_larger_order_is_out_joins_it_with_its_lines(
    nested: Server,
) -> None:
    grease = {"kind": "check", "label_fr": "Graissage", "label_en": "Grease"}
    run(nested)
    more: dict[str, Any] = {**TRUCK, "floating": True, "starts_on": "2026-11-27", "steps": [grease]}
    nested.write(a_plan("grease", **more))
    nested.set("maintenance_plan", "year", nests=["oil", "grease"])

    run(nested, at=days_later(1))

    order = the_order(nested)
    lines = [s.label_fr for s in nested.rows(Step) if s.work_order_id == order.id]
    assert sorted(lines) == ["Freins", "Graissage", "Huile"]

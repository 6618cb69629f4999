"""A unit stopped and returned, on SQLite and on PostgreSQL alike."""

import pytest

from asset_model.work_orders import WorkOrder
from tests.fleet import garage
from tests.fleet.garage import CHIEF, PLOW, REJEAN
from tests.fleet.test_proving import AT, DEFECT, REPORT, SIGNED, said
from tests.sync.conftest import filled_postgresql, served
from tests.sync.rig import Server, insert
from tests.sync.town import BOSS, order_id

__all__ = ["filled_postgresql", "served"]

ASSIGNED = {
    "work_order_id": order_id(1), "asset_id": PLOW, "person_id": BOSS, "assigned_at": AT,
}  # fmt: skip


@pytest.fixture
def fleet(served: Server) -> Server:
    garage.fill(served)
    return served


def test_a_unit_is_stopped_and_returned_on_either_engine(fleet: Server) -> None:
    said(fleet, insert("inspection", "report", **REPORT))
    said(fleet, insert("defect", "d", **{**DEFECT, "inspection_id": "report"}))
    stopped = said(fleet, insert("unit_assignment", **ASSIGNED), BOSS, "B1")
    certificate = {**SIGNED, "person_id": REJEAN, "defect_id": "d", "result": "repaired"}
    said(fleet, insert("repair_certificate", **certificate), REJEAN, "T9")
    returned = said(fleet, insert("unit_assignment", **ASSIGNED), BOSS, "B1")

    assert (stopped.code, returned.result) == ("unit_major_defect", "applied")
    orders = [order for order in fleet.rows(WorkOrder) if order.source == "defect"]
    assert [order.id for order in orders] == [(fleet.row("defect", "d") or {})["repair_order_id"]]


def test_a_figure_and_a_list_of_the_town_hold_on_either_engine(fleet: Server) -> None:
    rule = {"code": "minor_defect_delay", "effective_on": "2026-11-01", "value": {"hours": 6},
            "label_fr": "Délai", "label_en": "Delay", "confirmed": True}  # fmt: skip
    said(fleet, insert("legal_rule", **rule), CHIEF, "B1")
    said(fleet, insert("defect", "d", **{**DEFECT, "severity": "minor"}))

    assert (fleet.row("defect", "d") or {})["due_at"] == "2026-11-23T14:00:00.000Z"

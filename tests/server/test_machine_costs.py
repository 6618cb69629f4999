"""Hours of machines on an order count in what it cost: by kind of order, and on its street."""

from datetime import UTC, date, datetime

import pytest

from asset_model.assets import Asset
from asset_model.facts import EquipmentUsed
from asset_model.upkeep import Rate
from asset_model.work_orders import WorkOrder
from field_app.reads.order_cost import order_cost
from maintenance.due import TORONTO
from maintenance.figures.spans import Period
from sync_server.dashboard.cost import cost, cost_list
from sync_server.dashboard.narrowing import Narrowing
from sync_server.segments import report
from tests.sync.rig import Server

NOON = datetime(2026, 11, 10, 17, tzinfo=UTC)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30), TORONTO)


@pytest.fixture
def dug(server: Server) -> Server:
    """Two and a half hours of a backhoe on a street; twelve kilometres have no rate."""
    ring = [[-75.70, 45.40], [-75.69, 45.40]]
    used = {"work_order_id": "dig", "person_id": "luc", "asset_id": "bh", "used_at": NOON}
    rows = [
        Asset(id="tr", tag="TR-9", class_code="road_segment", name="Rue du Pont",
              geometry={"type": "LineString", "coordinates": ring}, length_m=500.0,
              status="in_service", attributes={}),
        Asset(id="bh", tag="BH-3", class_code="vehicle", name="Rétrocaveuse", status="in_service",
              attributes={"kind": "backhoe"}),
        Rate(id="r", kind="equipment", code="backhoe", since=date(2026, 1, 1), amount=76.5),
        WorkOrder(id="dig", number="BT-9", title="Creuser", kind="emergency", priority=1,
                  status="done", asset_id="tr", source="person", created_at=NOON),
        EquipmentUsed(id="e1", hours=2.5, **used),
        EquipmentUsed(id="e2", km=12.0, **used),
    ]  # fmt: skip
    with server.database.writing() as session:
        session.add_all(rows)
    return server


def test_the_dashboard_counts_them_by_kind_of_order(dug: Server) -> None:
    narrowed = Narrowing(NOVEMBER)
    with dug.database.reading() as session:
        figure = cost(session, narrowed)
        (row,) = cost_list(session, "emergency", narrowed, None).rows

    assert figure.value == 191.25
    assert row["what"] == {"fr": "machinerie", "en": "equipment"}
    assert row["why"]["fr"] == "2,5\u00a0h × 76,50\u00a0$, BH-3, depuis le 2026-01-01"


def test_a_street_counts_them_per_kilometre(dug: Server) -> None:
    with dug.database.reading() as session:
        (line,) = report.lines(session, NOVEMBER, class_code="road_segment", tags=["TR-9"])

    assert (line.cost, line.hours, line.unpriced) == (191.25, 0.0, 0)
    assert line.cost_per_km > 191.25


def test_the_page_of_the_order_tells_what_the_office_s_figures_do(dug: Server) -> None:
    with dug.database.reading() as session:
        told = order_cost(session, "dig", TORONTO)

    assert (told.amount, told.unpriced) == (191.25, 0)

"""Parts of a truck, hours of a unit, and orders handed over: who may, and where it goes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from asset_model.stores import StoreMovement, on_hand
from asset_model.sync.wire import Change
from asset_model.tables import SYNCED
from tests.sync.rig import Server, an_id, edit, group, insert
from tests.sync.town import ANNE, BOSS, LUC, MARC, NORTH, SOUTH, named, order_id

ORDER = order_id(1)
WHEN = "2026-11-23T08:00:00.000Z"
TRUCK, YARD = an_id(), an_id()


@pytest.fixture
def stores(server: Server) -> Server:
    label = {"label_fr": "Camion", "label_en": "Truck"}
    server.write(
        insert("store", TRUCK, code="C1", kind="truck", crew_id=NORTH, **label),
        insert("store", YARD, code="COUR", kind="yard", **label),
    )
    return server


def moved(store: str = TRUCK, kind: str = "left", quantity: float = 2.0, **more: Any) -> Change:
    given = {
        "store_id": store, "part_id": named("part", "asphalt"), "person_id": LUC, "kind": kind,
        "quantity": quantity, "moved_at": WHEN,
    }  # fmt: skip
    return insert("store_movement", **{**given, **more})


def worked(**more: Any) -> Change:
    given = {
        "work_order_id": ORDER, "person_id": LUC, "asset_id": named("street", "1"), "hours": 2.5,
        "used_at": WHEN,
    }  # fmt: skip
    return insert("equipment_used", **{**given, **more})


def given_to(person: str, **columns: Any) -> tuple[Change, Change]:
    seen: dict[str, Any] = {"crew_id": NORTH, "assignee_id": None}
    fact = insert(
        "order_transfer",
        work_order_id=ORDER,
        person_id=person,
        handed_at=WHEN,
        to_crew_id=columns.get("crew_id"),
        to_person_id=columns.get("assignee_id"),
    )
    return edit("work_order", ORDER, {name: seen[name] for name in columns}, **columns), fact


def said(server: Server, *changes: Change, person: str = LUC, device: str = "T1") -> str | None:
    codes = [outcome.code for outcome in server.push(group(*changes, person=person), device=device)]
    return next((code for code in codes if code), None)


def test_what_leaves_a_truck_is_on_the_tablets_of_its_crew_and_at_the_office(
    stores: Server,
) -> None:
    assert said(stores, moved()) is None

    (row,) = stores.rows(SYNCED["store_movement"])
    assert row.buckets == f"crew:{NORTH}"


def test_what_comes_to_a_yard_is_on_every_tablet(stores: Server) -> None:
    assert said(stores, moved(YARD, "came")) is None

    (row,) = stores.rows(SYNCED["store_movement"])
    assert row.buckets == "town"


def test_another_crews_truck_is_left_alone(stores: Server) -> None:
    assert said(stores, moved(person_id=MARC), person=MARC, device="T2") == "out_of_scope"


def test_a_movement_waits_for_its_store(server: Server) -> None:
    assert said(server, moved()) == "row_unknown"


@pytest.mark.parametrize(
    "change", [moved(kind="lost"), moved(quantity=0), moved(quantity=-1), moved(quantity=1e6)]
)
def test_a_movement_says_what_and_how_much(stores: Server, change: Change) -> None:
    assert said(stores, change) == "bad_value"


def test_a_store_counted_empty_is_empty(stores: Server) -> None:
    assert said(stores, moved(kind="counted", quantity=0)) is None


def test_a_crew_founds_no_store(server: Server) -> None:
    made = insert("store", code="X", kind="truck", label_fr="X", label_en="X", crew_id=NORTH)
    assert said(server, made) == "role_not_allowed"


def test_on_hand_is_what_was_counted_and_what_moved_since_and_may_be_below_nothing() -> None:
    start = datetime(2026, 11, 1, tzinfo=UTC)
    days = [("came", 9.0), ("counted", 4.0), ("left", 5.0), ("left", 1.5), ("came", 1.0)]
    movements = [
        StoreMovement(kind=kind, quantity=quantity, moved_at=start + timedelta(days=day))
        for day, (kind, quantity) in enumerate(days)
    ]

    assert on_hand(reversed(movements)) == -1.5


def test_hours_of_a_unit_go_with_the_order(server: Server) -> None:
    assert said(server, worked(), worked(hours=None, km=12.0)) is None

    order = server.row("work_order", ORDER)
    assert order is not None
    assert {row.work_order_id for row in server.rows(SYNCED["equipment_used"])} == {ORDER}


@pytest.mark.parametrize(
    "change",
    [worked(hours=None), worked(hours=0), worked(hours=25), worked(km=-1), worked(km=2_000)],
)
def test_hours_of_a_unit_are_a_days_at_most(server: Server, change: Change) -> None:
    assert said(server, change) == "bad_value"


def test_a_unit_nobody_knows_yet_is_waited_for(server: Server) -> None:
    assert said(server, worked(asset_id=an_id())) == "row_unknown"


def test_a_crew_hands_its_order_to_another_and_says_so(server: Server) -> None:
    assert said(server, *given_to(LUC, crew_id=SOUTH)) is None

    order = server.row("work_order", ORDER)
    assert order is not None
    assert order["crew_id"] == SOUTH
    assert len(server.rows(SYNCED["order_transfer"])) == 1


def test_a_member_passes_an_order_of_the_crew_to_another(server: Server) -> None:
    assert said(server, *given_to(LUC, assignee_id=ANNE)) is None


def test_nobody_takes_another_crews_order(server: Server) -> None:
    server.write(edit("work_order", ORDER, {"crew_id": NORTH}, crew_id=SOUTH))
    take = edit("work_order", ORDER, {"crew_id": SOUTH}, crew_id=NORTH)

    assert said(server, take) == "not_yours_to_hand_over"


def test_the_office_gives_any_order_to_anybody(server: Server) -> None:
    give = edit("work_order", ORDER, {"crew_id": NORTH}, crew_id=SOUTH)

    assert said(server, give, person=BOSS) is None

"""Where a break is: an address, a hydrant, a pipe, or here."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from asset_model.work_orders import WorkOrder
from tests.network.ground import an_id, place
from tests.ui.town import NOW, Town


def test_a_break_at_an_address_opens_an_order_for_the_crew(main: Town) -> None:
    with main.signed_in(route="/report") as screen:
        keys = screen.keys()
        assert keys.index("to-break") < keys.index("what-0")  # Seen before one has to scroll.
        screen.tap("to-break")
        screen.enter("break-search", "11, rue des pins")
        screen.tap("spot-CD-2")

        assert "Vannes à fermer · 0 sur 2" in screen.text
        assert not screen.failures
    made = _made(main)
    assert (made.asset_id, made.kind, made.status) == (an_id("CD-2"), "emergency", "dispatched")
    assert made.from_m == pytest.approx(55, abs=1)
    assert made.crew_id == main.ids["north"]


def test_a_break_at_a_hydrant_is_found_by_its_tag(main: Town) -> None:
    with main.signed_in(route="/break") as screen:
        screen.enter("break-search", "bi-1")
        screen.tap("spot-BI-1")

        assert "Bris à BI-1" in screen.text


def test_a_break_here_is_under_the_order_the_crew_is_at(main: Town) -> None:
    _at_the_street(main)
    with main.signed_in(route="/break") as screen:
        assert "Bris ici\u00a0: CD-2" in screen.text
        screen.tap("spot-CD-2")

        assert "Vannes à fermer · 0 sur 2" in screen.text


def test_an_order_that_does_not_say_its_pipe_is_told_of_it(main: Town) -> None:
    main.add(
        WorkOrder(
            id="leak", title="Eau dans la rue", status="accepted", source="person",
            created_at=NOW, crew_id=main.ids["north"],
        )
    )  # fmt: skip
    with main.signed_in(route="/break/leak") as screen:
        screen.enter("break-search", "CD-3")
        screen.tap("spot-CD-3")

        assert "Bris à CD-3" in screen.text


@pytest.mark.parametrize(
    ("north_m", "hours", "parent", "told"),
    [(40, 1, None, True), (151, 1, None, False), (40, 3, None, False), (40, 1, "break", False)],
)
def test_another_emergency_near_here_and_now_may_be_the_same_break(
    main: Town, north_m: float, hours: int, parent: str | None, told: bool
) -> None:
    here, there = place(150, 0), place(150, north_m)
    with main.database.writing() as session:
        order = session.get_one(WorkOrder, "break")
        order.longitude, order.latitude = here
    main.add(
        WorkOrder(
            id="twin", number="BT-2026-0043", title="Eau sur la chaussée", kind="emergency",
            status="dispatched", source="person", created_at=NOW - timedelta(hours=hours),
            longitude=there[0], latitude=there[1], parent_id=parent,
        )
    )  # fmt: skip
    with main.signed_in(route="/break/break") as screen:
        assert ("BT-2026-0043 est aussi une urgence, à 40\u00a0m d’ici" in screen.text) is told
        assert screen.has("twin-twin") is told


def _made(town: Town) -> WorkOrder:
    with town.database.reading() as session:
        query = select(WorkOrder).where(WorkOrder.created_by == town.ids["luc"])
        return session.scalars(query).one()


def _at_the_street(town: Town) -> None:
    with town.database.writing() as session:
        order = session.get_one(WorkOrder, town.ids["order"])
        order.longitude, order.latitude = place(150, 4)
        order.started_at = NOW

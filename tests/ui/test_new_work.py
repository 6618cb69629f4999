"""Reporting a defect, and a foreman's new order."""

from typing import Any

from sqlalchemy import select

from asset_model.work_orders import Step, WorkOrder
from tests.ui.town import Town


def _made(town: Town) -> list[WorkOrder]:
    with town.database.reading() as session:
        others = select(WorkOrder).where(WorkOrder.id != town.ids["order"])
        return list(session.scalars(others))


def _of(order: WorkOrder, *names: str) -> list[Any]:
    return [getattr(order, name) for name in names]


def test_a_defect_is_reported_in_five_presses(town: Town) -> None:
    with town.signed_in("luc") as screen:
        screen.tap("go-report")
        screen.enter("asset-search", "érables")
        screen.tap("asset-T-2")
        screen.tap("what-0")
        screen.tap("urgency-1")
        screen.tap("report")

        assert "Signalé\u00a0: Nid-de-poule, Rue des Érables." in screen.text
        assert not screen.failures
    (made,) = _made(town)
    assert _of(made, "title", "priority", "status", "source") == [
        "Nid-de-poule",
        1,
        "draft",
        "defect",
    ]
    assert _of(made, "asset_id", "alias") == [town.ids["Rue des Érables"], "T214-1"]


def test_pressing_report_twice_makes_one_order(town: Town) -> None:
    with town.signed_in("luc", route="/report") as screen:
        screen.enter("asset-search", "lac")
        screen.tap("asset-T-3")
        screen.enter("what", "Ponceau affaissé")
        button = screen.one("report")
        screen.fire(button, "click")
        screen.fire(button, "click")

    assert [order.title for order in _made(town)] == ["Ponceau affaissé"]


def test_assets_near_the_last_work_are_offered_first(town: Town) -> None:
    with town.signed_in("luc", route=f"/orders/{town.ids['order']}") as screen:
        screen.tap("main")
        with town.database.writing() as session:
            session.get_one(WorkOrder, town.ids["order"]).started_at = town.now
        screen.tap("go-report")

        assert "Près de votre dernier bon" in screen.text
        assert screen.has("asset-T-1")


def test_a_foreman_creates_and_dispatches_an_order_with_its_checklist(town: Town) -> None:
    with town.signed_in("diane", route="/new") as screen:
        screen.enter("asset-search", "lac")
        screen.tap("asset-T-3")
        screen.enter("title", "Reprofiler l’accotement")
        screen.tap("due-0")
        screen.tap("crew-VN")
        screen.tap("create")

        assert "Diane Roy a envoyé à l’équipe" in screen.text
        assert not screen.failures
    (made,) = _made(town)
    assert _of(made, "status", "crew_id") == ["dispatched", town.ids["north"]]
    assert made.due_at is not None
    assert made.due_at.isoformat() == "2026-11-23T21:00:00+00:00"
    with town.database.reading() as session:
        steps = session.scalars(select(Step).where(Step.work_order_id == made.id)).all()
    assert len(steps) == 4


def test_a_foreman_dispatches_a_reported_defect(town: Town) -> None:
    with town.signed_in("luc", route="/report") as screen:
        screen.enter("asset-search", "lac")
        screen.tap("asset-T-3")
        screen.tap("what-1")
        screen.tap("report")
    (reported,) = _made(town)

    with town.signed_in("diane", route=f"/orders/{reported.id}") as screen:
        screen.tap("crew-VS")
        screen.tap("dispatch")

    (sent,) = _made(town)
    assert _of(sent, "status", "crew_id") == ["dispatched", town.ids["south"]]


def test_a_foreman_sees_who_finished_and_when(town: Town) -> None:
    with town.database.writing() as session:
        order = session.get_one(WorkOrder, town.ids["order"])
        order.status, order.completed_by, order.completed_at = "done", town.ids["luc"], town.now

    with town.signed_in("diane", route="/orders") as screen:
        screen.tap("finished")

        assert "Luc Bélanger, 03:12" in screen.text
        assert "Voirie Nord" in screen.text


def test_a_foreman_closes_what_is_done(town: Town) -> None:
    with town.database.writing() as session:
        session.get_one(WorkOrder, town.ids["order"]).status = "done"

    with town.signed_in("diane", route=f"/orders/{town.ids['order']}") as screen:
        screen.tap("main")

        assert "Diane Roy a fermé" in screen.text

"""What a crew adds to an order in the field: time that runs, parts of the truck, machines, a name
under it, and whom it goes to next.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.facts import EquipmentUsed, MaterialUsed, OrderTransfer, TimeWorked
from asset_model.meters import Meter, MeterReading
from asset_model.photos import Photo
from asset_model.stores import Store, StoreMovement
from asset_model.vocabulary import StepKind
from asset_model.work_orders import Step, WorkOrder
from field_app.store.local import LocalChange
from tests.ui.harness import Screen
from tests.ui.test_photos import PICTURE, pick
from tests.ui.town import NOW, Town


@pytest.fixture
def route(town: Town, tmp_path: Path) -> str:
    """The town's order, at work, on a tablet that keeps pictures."""
    town.workplace.photos = tmp_path / "photos"
    with town.database.writing() as session:
        session.get_one(WorkOrder, town.ids["order"]).status = "in_progress"
    return f"/orders/{town.ids['order']}"


def every(town: Town, model: type[Any]) -> list[Any]:
    with town.database.reading() as session:
        return list(session.scalars(select(model)))


def order(town: Town) -> WorkOrder:
    with town.database.reading() as session:
        return session.get_one(WorkOrder, town.ids["order"])


def load_truck(town: Town, quantity: float) -> str:
    store = Store(
        id=town.workplace.new_id(), code="C", kind="truck", crew_id=town.ids["north"],
        label_fr="Camion", label_en="Truck",
    )  # fmt: skip
    counted = StoreMovement(
        id=town.workplace.new_id(), store_id=store.id, part_id=town.ids["cold"],
        person_id=town.ids["diane"], kind="counted", quantity=quantity,
        moved_at=NOW - timedelta(days=1),
    )  # fmt: skip
    town.add(store, counted)
    return store.id


def a_step(town: Town, kind: StepKind, **more: Any) -> Step:
    step = Step(
        id=town.workplace.new_id(), work_order_id=town.ids["order"], rank=9, kind=kind,
        label_fr="La chose", label_en="The thing", **more,
    )  # fmt: skip
    town.add(step)
    return step


def sign_with(screen: Screen, name: str | None = None) -> None:
    """Draws a line on the pad, then signs."""
    if name is not None:
        screen.enter("signer", name)
    pad = "signature-pad"
    for x in range(20, 120, 10):
        at = {"x": x, "y": 60}
        move = "pan_start" if x == 20 else "pan_update"
        screen.fire(screen.one(pad), move, {"k": "touch", "l": at, "g": at})
    screen.tap("signature-save")


def test_time_runs_across_pages_and_restarts_and_is_noted_with_one_touch(
    town: Town, route: str
) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("timer")
        screen.tap("go-me")
        assert "Mon temps, Rue de l’Église" in screen.text
    town.now += timedelta(minutes=25)
    with town.signed_in(route="/units") as screen:
        assert "0\u00a0h\u00a025" in screen.text
        screen.tap("to-stop")

        assert "noté sur le bon" in screen.text
        assert not screen.has("to-stop")
    (worked,) = every(town, TimeWorked)
    assert (worked.person_id, worked.ended_at - worked.started_at) == (
        town.ids["luc"],
        timedelta(minutes=25),
    )


def test_a_touch_by_mistake_notes_no_time(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("timer")
        screen.tap("to-stop")

        assert "rien n’a été noté" in screen.text
    assert every(town, TimeWorked) == []


def test_putting_the_order_on_hold_stops_the_time_there(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("timer")
        town.now += timedelta(hours=1)
        screen.tap("to-on_hold")
        screen.tap("reason-0")

        assert not screen.has("to-stop")
    assert len(every(town, TimeWorked)) == 1


def test_time_that_ran_for_days_is_forgotten_and_not_invented(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("timer")
    town.now += timedelta(days=2)
    with town.signed_in(route=route) as screen:
        screen.tap("to-forget")

        assert not screen.has("to-forget")
        assert not screen.failures
    assert every(town, TimeWorked) == []


def test_parts_come_out_of_the_truck_which_may_owe_some(town: Town, route: str) -> None:
    store_id = load_truck(town, 3)
    with town.signed_in(route=route) as screen:
        screen.tap("add-material")
        assert "3\u00a0kg dans le camion" in screen.text
        screen.tap("part-ENR-FR")
        screen.enter("quantity", "5")
        assert "Il en resterait −2\u00a0kg au camion" in screen.text
        screen.tap("save-material")
        screen.tap("add-material")

        assert "−2\u00a0kg dans le camion" in screen.text
        assert not screen.failures
    left = next(one for one in every(town, StoreMovement) if one.kind == "left")
    (used,) = every(town, MaterialUsed)
    assert (left.store_id, left.quantity, left.material_id) == (store_id, 5.0, used.id)


def test_parts_from_elsewhere_leave_the_truck_alone(town: Town, route: str) -> None:
    load_truck(town, 3)
    with town.signed_in(route=route) as screen:
        screen.tap("add-material")
        screen.tap("part-ENR-FR")
        screen.tap("from-elsewhere")
        screen.enter("quantity", "2")
        screen.tap("save-material")

    assert len(every(town, MaterialUsed)) == 1
    assert [one.kind for one in every(town, StoreMovement)] == ["counted"]


def test_hours_of_a_machine_are_one_line_of_the_order(town: Town, route: str) -> None:
    unit = Asset(
        id=town.workplace.new_id(), tag="U-7", class_code="vehicle", name="Rétrocaveuse 7",
        status="in_service", attributes={},
    )  # fmt: skip
    town.add(unit)
    with town.signed_in(route=route) as screen:
        screen.tap("add-equipment")
        screen.tap("equipment-U-7")
        screen.enter("equipment-hours", "2,5")
        screen.enter("equipment-km", "-4")
        assert "Un nombre de kilomètres" in screen.text
        screen.enter("equipment-km", "")
        screen.tap("save-equipment")

        assert "2,5\u00a0h · Rétrocaveuse 7" in screen.text
        assert not screen.failures
    (used,) = every(town, EquipmentUsed)
    assert (used.asset_id, used.hours, used.km) == (unit.id, 2.5, None)


def test_an_order_is_handed_over_with_a_word_and_rests_meanwhile(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("to-hand-over")
        screen.tap("to-crew-VS")
        screen.enter("handing-note", "Il manque la grille")
        screen.tap("handing-save")

        assert "l’a remis\u00a0: Voirie Sud" in screen.text
        assert not screen.failures
    (fact,) = every(town, OrderTransfer)
    assert (fact.to_crew_id, fact.note) == (town.ids["south"], "Il manque la grille")
    now = order(town)
    assert (now.status, now.crew_id, now.reason) == (
        "on_hold", town.ids["south"], "Il manque la grille",
    )  # fmt: skip
    assert len({change.group_id for change in every(town, LocalChange)}) == 1


def test_a_word_half_written_is_there_after_a_turn_of_the_screen_and_a_restart(
    town: Town, route: str
) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("add-note")
        screen.enter("note", "Bordure cassée devant le")
        screen.resize(800)
        assert "Bordure cassée devant le" in screen.text
    with town.signed_in(route=route) as screen:
        assert "Bordure cassée devant le" in screen.text


def test_another_crew_s_order_is_not_ours_to_give(town: Town, route: str) -> None:
    with town.database.writing() as session:
        session.get_one(WorkOrder, town.ids["order"]).crew_id = town.ids["south"]

    with town.signed_in(route=route) as screen:
        assert not screen.has("to-hand-over")


def test_somebody_signs_with_a_finger(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("add-signature")
        assert screen.one("signature-save").disabled
        sign_with(screen, "Mme Fortin, riveraine")
        screen.until(lambda: bool(every(town, Photo)))
        screen.settle()

        assert "Signature · " in screen.text
        assert not screen.failures
    (photo,) = every(town, Photo)
    assert (photo.moment, photo.caption, photo.media_type) == (
        "signature", "Mme Fortin, riveraine", "image/png",
    )  # fmt: skip


def test_a_signature_answers_its_step(town: Town, route: str) -> None:
    step = a_step(town, StepKind.SIGNATURE, required=True)
    with town.signed_in(route=route) as screen:
        screen.tap("answer-9-sign")
        sign_with(screen)
        screen.until(lambda: bool(every(town, Photo)))
        screen.settle()

        assert "Signé par Luc Bélanger" in screen.text
    (photo,) = every(town, Photo)
    assert next(one for one in every(town, Step) if one.id == step.id).answer == photo.id


def test_a_reading_answers_its_step_and_goes_to_the_meter(town: Town, route: str) -> None:
    step = a_step(town, StepKind.METER_READING, unit="h")
    meter = Meter(
        id=town.workplace.new_id(), asset_id=town.ids["Rue de l’Église"], measure="engine_hours",
        unit="h", installed_at=NOW, total=1_200.0,
    )  # fmt: skip
    town.add(meter)
    with town.signed_in(route=route) as screen:
        assert "dernier\u00a0: 1\u00a0200\u00a0h" in screen.text
        screen.enter("answer-9", "1210,5")
        screen.tap("answer-9-save")
        screen.tap("answer-9-save")

        assert not screen.failures
    (reading,) = every(town, MeterReading)
    assert (reading.meter_id, reading.value, reading.source) == (meter.id, 1210.5, "order")
    assert next(one for one in every(town, Step) if one.id == step.id).answer == "1210.5"


def test_a_defect_becomes_a_repair_order_in_place_with_its_photos(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("moment-defect")
        pick(screen, PICTURE)
        screen.until(lambda: bool(every(town, Photo)))
        screen.settle()
        screen.tap("answer-2-defect")
        screen.enter("repair-2-note", "Fissure de 2 m")
        screen.tap("repair-2")
        assert "Réparation demandée\u00a0: T214-1" in screen.text

        screen.tap("repair-2-open")
        assert "Fissure de 2 m" in screen.text
        assert not screen.failures
    repair = next(one for one in every(town, WorkOrder) if one.id != town.ids["order"])
    assert (repair.status, repair.source, repair.asset_id) == (
        "draft", "defect", town.ids["Rue de l’Église"],
    )  # fmt: skip
    assert {photo.work_order_id for photo in every(town, Photo)} == {town.ids["order"], repair.id}

"""A mechanic signs the sheet of an order on the tablet: its lines, its measures, its trace."""

from pathlib import Path
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.fleet import Defect
from asset_model.plans import Occurrence
from asset_model.upkeep import BrakeMeasure, MaintenanceSheet
from asset_model.work_orders import WorkOrder
from field_app.actions.sheets import Measure, NewSheet, sign_sheet
from field_app.actions.work_orders import answer
from field_app.reads.sheets import sheets_of
from tests.fleet.garage import GARAGE, PLOW, REJEAN, garage_tablet, unit
from tests.sync.rig import Server, Tablet, insert
from tests.sync.town import LUC

ORDER = "sheet-order"


def a_step(rank: int, kind: str, label: str, answer: str | None, **more: Any) -> Any:
    return insert("step", f"step-{rank}", work_order_id=ORDER, rank=rank, kind=kind,
                  label_fr=label, label_en=label, answer=answer, **more)  # fmt: skip


@pytest.fixture
def shop(server: Server, tmp_path: Path) -> Tablet:
    """The garage's tablet with an order of the plow truck, every step answered but one."""
    server.write(
        insert("work_order", ORDER, title="Entretien obligatoire", kind="preventive",
               status="in_progress", source="plan", asset_id=PLOW, crew_id=GARAGE,
               created_at="2026-11-20T12:00:00.000Z"),
        a_step(1, "pass_fail", "Freins", "ok"),
        a_step(2, "pass_fail", "Direction", "defect", note="Jeu dans la rotule"),
        a_step(3, "number", "Semelle", "2.5", unit="mm", minimum=3.0),
        a_step(4, "check", "Cadenassage", None, required=True),
        a_step(5, "text", "Remarques", "À revoir au printemps"),
    )  # fmt: skip
    return garage_tablet(server, tmp_path)


def answered(tablet: Tablet) -> None:
    tablet.do(answer, "step-4", "ok", person=REJEAN)


def sign(tablet: Tablet, person: str = REJEAN, **more: Any) -> MaintenanceSheet:
    given = {"outcomes": {"step-2": "repaired", "step-3": "minor"}} | more
    made: MaintenanceSheet = tablet.do(sign_sheet, NewSheet(ORDER, **given), person=person)
    return made


def test_the_sheet_has_the_lines_as_they_were_answered(server: Server, shop: Tablet) -> None:
    answered(shop)
    sign(shop, odometer_km=84_300.0)
    shop.sync()

    (sheet,) = server.rows(MaintenanceSheet)
    assert [(line["label_fr"], line["result"], line["note"]) for line in sheet.lines] == [
        ("Freins", "ok", None),
        ("Direction", "defect", "Jeu dans la rotule – réparé sur place"),
        ("Semelle", "defect", "2,5\u00a0mm"),
        ("Cadenassage", "ok", None),
    ]
    assert (sheet.note, sheet.odometer_km) == ("À revoir au printemps", 84_300.0)
    assert (sheet.signed_name, sheet.signed_with, sheet.order_id) == (
        "Réjean Pelletier", "pin", ORDER,
    )  # fmt: skip
    assert set(shop.states()) == {"settled"}


def test_brake_measures_go_with_it_to_the_register(server: Server, shop: Tablet) -> None:
    answered(shop)
    measures = (Measure(1, "left", 12.5), Measure(2, "right", 7.5))
    sheet = sign(shop, measures=measures, limit_mm=8.0)
    shop.sync()

    kept = {(m.axle, m.side, m.value_mm, m.within, m.sheet_id) for m in server.rows(BrakeMeasure)}
    assert kept == {(1, "left", 12.5, True, sheet.id), (2, "right", 7.5, False, sheet.id)}


def test_it_is_not_signed_before_every_required_step_is_answered(shop: Tablet) -> None:
    with pytest.raises(Refused, match="steps_unanswered"):
        sign(shop)


def test_a_driver_signs_no_sheet(shop: Tablet) -> None:
    answered(shop)
    with pytest.raises(Refused, match="role_not_allowed"):
        sign(shop, person=LUC)


def test_a_second_sheet_replaces_the_first_which_is_kept(server: Server, shop: Tablet) -> None:
    answered(shop)
    first = sign(shop)
    shop.clock.forward(minutes=5)
    second = sign(shop)
    shop.sync()

    by_id = {sheet.id: sheet.replaces_id for sheet in server.rows(MaintenanceSheet)}
    assert by_id == {first.id: None, second.id: first.id}
    with shop.database.reading() as session:
        assert [line.sheet.id for line in sheets_of(session, ORDER)] == [second.id, first.id]


def test_the_order_tells_the_plan_and_not_the_sheet(server: Server, shop: Tablet) -> None:
    answered(shop)
    sign(shop)
    shop.sync()

    assert server.rows(Occurrence) == []


def test_the_limit_of_a_stroke_is_the_most_it_may_be(server: Server, shop: Tablet) -> None:
    answered(shop)
    measures = (Measure(1, "left", 40.0), Measure(1, "right", 55.0))
    sign(shop, measures=measures, brake_kind="pushrod", limit_mm=50.0)
    shop.sync()

    kept = {(m.side, m.maximum_mm, m.minimum_mm, m.within) for m in server.rows(BrakeMeasure)}
    assert kept == {("left", 50.0, None, True), ("right", 50.0, None, False)}


def test_a_line_that_does_not_conform_says_what_became_of_it(shop: Tablet) -> None:
    answered(shop)

    with pytest.raises(Refused, match="sheet_defect_open"):
        sign(shop, outcomes={"step-2": "repaired"})
    with pytest.raises(Refused, match="sheet_defect_open"):
        sign(shop, outcomes={"step-2": "repaired", "step-3": "forgotten"})


def test_what_was_not_repaired_is_a_defect_with_its_own_order(server: Server, shop: Tablet) -> None:
    answered(shop)
    sign(shop, outcomes={"step-2": "major", "step-3": "repaired"})
    assert not unit(shop).readiness.may_be_planned
    shop.sync()

    (defect,) = server.rows(Defect)
    assert (defect.label_fr, defect.severity, defect.found_during, defect.note) == (
        "Direction", "major", "shop", "Jeu dans la rotule",
    )  # fmt: skip
    orders = {order.id: order for order in server.rows(WorkOrder)}
    assert orders[defect.repair_order_id].asset_id == PLOW


def test_a_corrected_sheet_leaves_no_second_defect(server: Server, shop: Tablet) -> None:
    answered(shop)
    sign(shop)
    shop.clock.forward(minutes=5)
    sign(shop)
    shop.sync()

    assert len(server.rows(MaintenanceSheet)) == 2
    assert [defect.label_fr for defect in server.rows(Defect)] == ["Semelle"]

"""The maintenance sheet on an order's page: who sees what, and signing it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from asset_model.fleet import Defect
from asset_model.upkeep import BrakeMeasure, MaintenanceSheet
from asset_model.work_orders import Step, WorkOrder
from tests.ui.fleet import add_fleet, signs
from tests.ui.town import Town, found

MECHANIC = "réjean"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """An order to maintain the plow 214, begun, its one step answered."""
    founded = found(tmp_path)
    add_fleet(founded)
    an_order(founded)
    yield founded
    founded.database.close()


def an_order(town: Town, **more: Any) -> None:
    given = {"kind": "preventive", "status": "in_progress", "source": "plan",
             "asset_id": town.ids["214"], "title": "Entretien obligatoire"}  # fmt: skip
    town.add(
        WorkOrder(id="upkeep", crew_id=town.ids["north"], priority=2, created_at=town.now,
                  **{**given, **more}),
        Step(id="brakes", work_order_id="upkeep", rank=1, kind="pass_fail", label_fr="Freins",
             label_en="Brakes", required=True, answer="ok"),
    )  # fmt: skip


def test_a_mechanic_signs_the_sheet_with_its_measures(town: Town) -> None:
    with town.signed_in(MECHANIC, route="/orders/upkeep") as screen:
        screen.tap("sheet-open")
        screen.enter("sheet-odometer", "84 300")
        screen.enter("brake-limit", "8")
        screen.enter("brake-left-1", "12,5")
        screen.enter("brake-right-1", "7")
        signs(town, screen, "sheet")

        assert "Signée par Réjean Pelletier" in screen.text
        assert "tous les points conformes" in screen.text
        assert "2 mesures de freins" in screen.text
        assert "1 hors limite" in screen.text
        assert screen.has("sheet-open")
    with town.database.reading() as session:
        (sheet,) = session.query(MaintenanceSheet).all()
        measures = session.query(BrakeMeasure).order_by(BrakeMeasure.side).all()
    assert (sheet.asset_id, sheet.odometer_km) == (town.ids["214"], 84_300.0)
    assert [(m.side, m.value_mm, m.minimum_mm) for m in measures] == [
        ("left", 12.5, 8.0), ("right", 7.0, 8.0),
    ]  # fmt: skip


def test_wheels_that_were_not_measured_are_left_out(town: Town) -> None:
    with town.signed_in(MECHANIC, route="/orders/upkeep") as screen:
        screen.tap("sheet-open")
        signs(town, screen, "sheet")

        assert "Signée par Réjean Pelletier" in screen.text
    with town.database.reading() as session:
        assert session.query(BrakeMeasure).count() == 0


def test_a_wrong_pin_signs_nothing(town: Town) -> None:
    with town.signed_in(MECHANIC, route="/orders/upkeep") as screen:
        screen.tap("sheet-open")
        screen.enter("sheet-pin", "0000")
        screen.tap("sheet")

        assert "NIP incorrect" in screen.text
    with town.database.reading() as session:
        assert session.query(MaintenanceSheet).count() == 0


def test_a_crew_reads_it_and_cannot_sign(town: Town) -> None:
    with town.signed_in(route="/orders/upkeep") as screen:
        assert "Fiche d’entretien" in screen.text
        assert "Pas encore signée" in screen.text
        assert not screen.has("sheet-open")


def test_a_pothole_has_no_maintenance_sheet(town: Town) -> None:
    with town.signed_in(MECHANIC, route=f"/orders/{town.ids['order']}") as screen:
        assert "Fiche d’entretien" not in screen.text


def test_a_line_that_does_not_conform_must_say_what_became_of_it(town: Town) -> None:
    with town.database.writing() as session:
        session.get_one(Step, "brakes").answer = "defect"
    with town.signed_in(MECHANIC, route="/orders/upkeep") as screen:
        screen.tap("sheet-open")
        assert "Non conforme\u00a0: Freins. Qu’en est-il?" in screen.text
        screen.tap("outcome-major-brakes")
        signs(town, screen, "sheet")

        assert "1 point non conforme" in screen.text
    with town.database.reading() as session:
        (defect,) = session.query(Defect).all()
    assert (defect.severity, defect.label_fr) == ("major", "Freins")

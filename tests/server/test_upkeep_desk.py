"""Sheets, brake measures, storage, rates and invoices that come in: who may, and what follows."""

from typing import Any

import pytest

from asset_model.plans import Occurrence
from asset_model.sync.wire import Change, Columns
from asset_model.tables import SYNCED
from sync_server.generation import work_out
from tests.server.garage import a_plan, fill_garage
from tests.server.plan_rig import NOW
from tests.sync import town
from tests.sync.rig import Server, an_id, edit, group, insert
from tests.sync.town import BOSS, LUC

MECHANIC = "mechanic-1"
LINES = [{"label_fr": "Freins", "label_en": "Brakes", "result": "ok", "note": None}]


@pytest.fixture
def garage(server: Server) -> Server:
    fill_garage(server)
    server.write(
        insert("person", MECHANIC, name="Réjean Côté", language="fr", role="mechanic",
               crew_id=town.NORTH),
        a_plan("six", floating=True, legal=True),
    )  # fmt: skip
    return server


def a_sheet(row: str | None = None, **more: Any) -> Change:
    given: Columns = {
        "asset_id": "201", "person_id": MECHANIC, "signed_name": "Réjean Côté",
        "signed_with": "pin", "signed_at": "2026-11-20T15:00:00.000Z", "title": "Entretien",
        "done_on": "2026-11-20", "garage": "Garage municipal", "lines": LINES,
    }  # fmt: skip
    return insert("maintenance_sheet", row, **{**given, **more})


def a_measure(**more: Any) -> Change:
    given: Columns = {
        "asset_id": "201", "person_id": MECHANIC, "measured_on": "2026-11-20", "axle": 1,
        "side": "left", "kind": "lining", "value_mm": 12.5, "minimum_mm": 8,
    }  # fmt: skip
    return insert("brake_measure", **{**given, **more})


def stored(row: str, begins: str, ends: str | None, **more: Any) -> Change:
    given = {"asset_id": "201", "person_id": BOSS, "begins_on": begins, "ends_on": ends}
    return insert("storage_period", row, **{**given, **more})


def said(
    server: Server, *changes: Change, person: str = MECHANIC, device: str = "T1"
) -> str | None:
    *_, last = server.push(group(*changes, person=person), device=device)
    return last.code


def test_a_mechanic_signs_a_sheet_and_its_brake_measures(garage: Server) -> None:
    assert said(garage, a_sheet("s"), a_measure(sheet_id="s"), a_measure(side="right")) is None

    sheet = garage.row("maintenance_sheet", "s")
    assert sheet is not None
    assert (sheet["lines"], sheet["received_at"] is not None) == (LINES, True)
    assert len(garage.rows(SYNCED["brake_measure"])) == 2


def test_what_was_signed_is_never_edited(garage: Server) -> None:
    garage.write(a_sheet("s"))

    code = said(garage, edit("maintenance_sheet", "s", {"note": None}, note="Refait."))

    assert code == "role_not_allowed"


def test_nobody_signs_for_somebody_else(garage: Server) -> None:
    assert said(garage, a_sheet(person_id=BOSS)) == "role_not_allowed"


@pytest.mark.parametrize("change", [a_sheet(person_id=LUC), a_measure(person_id=LUC)])
def test_a_crew_signs_no_sheet(garage: Server, change: Change) -> None:
    assert said(garage, change, person=LUC) == "role_not_allowed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (a_sheet(done_on="2026-11-24"), "sheet_in_future"),
        (a_sheet(lines=[]), "sheet_lines_unreadable"),
        (a_sheet(lines=[{"label_fr": "Freins", "label_en": "Brakes", "result": "maybe"}]),
         "sheet_lines_unreadable"),
        (a_sheet(lines=7), "sheet_lines_unreadable"),
        (a_sheet(asset_id="nobody's"), "row_unknown"),
        (a_measure(kind="wheel"), "bad_value"),
        (a_measure(side="middle"), "bad_value"),
        (a_measure(axle=0), "bad_value"),
        (a_measure(value_mm=-1), "bad_value"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_reason(
    garage: Server, change: Change, code: str
) -> None:
    # The town's clock stands on 23 November. A row that is not here yet is waited for.
    assert said(garage, change) == code


def test_a_plan_counts_from_a_sheet_of_work_done_elsewhere(garage: Server) -> None:
    garage.write(a_sheet("s", plan_id="six", garage="Centre du camion"))

    with garage.database.reading() as session:
        asked = {each.asset_id: each.due_on for each in work_out(session, now=NOW).found}

    (done,) = garage.rows(Occurrence)
    assert (done.asset_id, done.status, f"{done.due_on}") == ("201", "done", "2026-11-20")
    assert set(asked) == {"202", "205"}


def test_a_sheet_of_an_order_of_ours_leaves_the_plan_to_the_order(garage: Server) -> None:
    garage.write(a_sheet("s", plan_id="six", order_id=town.order_id(1)))

    assert garage.rows(Occurrence) == []


def test_a_unit_that_is_stored_is_asked_for_nothing(garage: Server) -> None:
    garage.write(stored("s", "2026-01-01", None), stored("t", "2026-01-01", None, asset_id="202"))

    with garage.database.reading() as session:
        assert [each.asset_id for each in work_out(session, now=NOW).found] == ["205"]


def test_the_office_stores_a_unit_and_takes_it_back(garage: Server) -> None:
    assert said(garage, stored("s", "2026-04-01", None), person=BOSS, device="B1") is None
    back = edit("storage_period", "s", {"ends_on": None}, ends_on="2026-11-01")
    assert said(garage, back, person=BOSS, device="B1") is None

    row = garage.row("storage_period", "s")
    assert row is not None
    assert row["ends_on"] == "2026-11-01"


def test_a_mechanic_stores_no_unit(garage: Server) -> None:
    assert said(garage, stored("s", "2026-04-01", None, person_id=MECHANIC)) == "role_not_allowed"


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        ("2026-10-31", None, "storage_overlaps"),
        ("2026-01-01", "2026-04-02", "storage_overlaps"),
        ("2026-06-01", "2026-07-01", "storage_overlaps"),
        ("2026-11-01", None, None),
        ("2026-01-01", "2026-04-01", None),
        ("2026-12-01", "2026-12-01", "storage_backwards"),
        ("2026-12-02", "2026-12-01", "storage_backwards"),
    ],
)
def test_a_unit_is_stored_once_at_a_time(
    garage: Server, begins: str, ends: str | None, code: str | None
) -> None:
    garage.write(stored("s", "2026-04-01", "2026-11-01"))

    assert said(garage, stored("t", begins, ends), person=BOSS, device="B1") == code


def test_two_that_overlap_in_one_message_are_not_both_kept(garage: Server) -> None:
    code = said(garage, stored("s", "2026-04-01", None), stored("t", "2026-05-01", None),
                person=BOSS, device="B1")  # fmt: skip

    assert code == "storage_overlaps"


def test_rates_stay_at_the_office(garage: Server) -> None:
    given = {"kind": "labour", "code": "mechanic", "since": "2026-01-01", "amount": 42.5}

    assert said(garage, insert("rate", "r", **given), person=BOSS, device="B1") is None
    assert said(garage, insert("rate", an_id(), **given)) == "role_not_allowed"

    (rate,) = garage.rows(SYNCED["rate"])
    assert rate.buckets == "office"


def test_a_rate_below_nothing_is_refused(garage: Server) -> None:
    given = {"kind": "labour", "code": "mechanic", "since": "2026-01-01", "amount": -1}

    assert said(garage, insert("rate", "r", **given), person=BOSS, device="B1") == "bad_value"


def test_an_invoice_goes_with_its_order(garage: Server) -> None:
    bill = insert("outside_cost", "b", work_order_id=town.order_id(1), person_id=MECHANIC,
                  supplier="Hydro-Pro", invoiced_on="2026-11-20", amount=318.4)  # fmt: skip

    assert said(garage, bill) is None

    (cost,) = garage.rows(SYNCED["outside_cost"])
    orders = {row.id: row.buckets for row in garage.rows(SYNCED["work_order"])}
    assert cost.buckets == orders[town.order_id(1)]

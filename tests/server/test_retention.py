"""What is past its keeping is destroyed, never before its time; on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import select
from typer.testing import CliRunner

from asset_model.fleet import Countersignature, Defect, Inspection
from asset_model.upkeep import MaintenanceSheet
from sync_server.cli import register, retention
from sync_server.feed_check import feed_findings
from sync_server.tables import FeedEntry, JournalEntry, RowImage
from tests.fleet import garage
from tests.fleet.garage import PLOW, REJEAN
from tests.fleet.test_proving import DEFECT, REPORT, SIGNED, said
from tests.sync.rig import Server, a_tablet, insert
from tests.sync.town import LUC

SIX_MONTHS = datetime(2027, 5, 23, 16, 0, tzinfo=UTC)
MANAGER = ("--by", "Sophie Bergeron")


@pytest.fixture
def fleet(served: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    garage.fill(served)
    monkeypatch.setattr(retention, "clock", served.clock)
    return served


def run(fleet: Server, *arguments: str, code: int = 0) -> list[dict[str, Any]]:
    app = typer.Typer()
    register(app)
    url = fleet.database.engine.url.render_as_string(hide_password=False)
    told = ["fleet", "retention", *arguments, "--json", "--lang", "fr", "--database", url]
    result = CliRunner().invoke(app, told)
    assert result.exit_code == code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()] if code == 0 else []


def states(fleet: Server, *arguments: str) -> dict[str, str]:
    return {row["id"]: row["state"] for row in run(fleet, *arguments) if row["id"]}


def report(fleet: Server, row: str = "report", **more: Any) -> None:
    outcome = said(fleet, insert("inspection", row, **{**REPORT, **more}))
    assert outcome.result == "applied", outcome


def certify(fleet: Server, defect: str) -> None:
    certificate = {**SIGNED, "person_id": REJEAN, "defect_id": defect, "result": "repaired"}
    assert (
        said(fleet, insert("repair_certificate", **certificate), REJEAN, "T9").result == "applied"
    )


def test_a_report_is_kept_for_six_months_to_the_day(fleet: Server) -> None:
    report(fleet)
    fleet.clock.now = SIX_MONTHS
    assert states(fleet) == {}
    assert run(fleet, "--destroy", *MANAGER) == []

    fleet.clock.forward(days=1)

    assert states(fleet) == {"report": "over"}
    assert fleet.row("inspection", "report") is not None, "a dry run destroys nothing"


def test_what_is_destroyed_leaves_no_word_of_itself_and_one_line_that_it_was(
    fleet: Server,
) -> None:
    report(fleet, place="Rue des Érables")
    driver = {**SIGNED, "person_id": LUC, "inspection_id": "report", "result": "acknowledged"}
    said(fleet, insert("countersignature", "c", **driver))
    fleet.clock.now = SIX_MONTHS + timedelta(days=1)

    (row,) = run(fleet, "--destroy", *MANAGER)

    assert (row["unit"], row["kind"], row["rule"], row["state"]) == (
        "214", "inspection", "circle_check_retention@2016-11-20", "destroyed",
    )  # fmt: skip
    assert fleet.rows(Inspection) == fleet.rows(Countersignature) == []
    with fleet.database.reading() as session:
        for name in ("report", "c"):
            assert session.scalars(select(RowImage).where(RowImage.row == name)).all() == []
            (told,) = session.scalars(select(JournalEntry).where(JournalEntry.row == name))
            assert (told.after, told.before, told.result) == ({}, {}, "applied")
            entries = session.scalars(select(FeedEntry).where(FeedEntry.row == name)).all()
            assert entries
            assert all(entry.gone for entry in entries)
    (left,) = run(fleet, "--done")
    assert (left["unit"], left["dated"], left["kept_until"], left["why"]) == (
        "214", "2026-11-23", "2027-05-23", "Sophie Bergeron, 2027-05-24",
    )  # fmt: skip
    assert list(feed_findings(fleet.database, mend=False)) == []
    assert run(fleet, "--destroy", *MANAGER) == [], "once"


def test_an_open_defect_keeps_the_reports_that_tell_of_it(fleet: Server) -> None:
    report(fleet)
    said(fleet, insert("defect", "d", **{**DEFECT, "inspection_id": "report"}))
    report(fleet, "again", carried=["d"])
    fleet.clock.now = SIX_MONTHS + timedelta(days=400)
    assert states(fleet) == {"report": "held", "again": "held", "d": "held"}

    certify(fleet, "d")
    order = (fleet.row("defect", "d") or {})["repair_order_id"]
    assert states(fleet)["report"] == "held", "its repair order is still open"
    fleet.set("work_order", order, status="done")

    assert states(fleet) == {"report": "over", "again": "over", "d": "over"}
    run(fleet, "--destroy", *MANAGER)
    assert fleet.rows(Inspection) == fleet.rows(Defect) == []


def test_the_proof_of_a_repair_outlives_its_report(fleet: Server) -> None:
    report(fleet)
    said(fleet, insert("defect", "d", **{**DEFECT, "inspection_id": "report"}))
    certify(fleet, "d")
    fleet.set("work_order", (fleet.row("defect", "d") or {})["repair_order_id"], status="closed")
    fleet.clock.now = SIX_MONTHS + timedelta(days=1)

    run(fleet, "--destroy", *MANAGER)

    assert (fleet.rows(Inspection), len(fleet.rows(Defect))) == ([], 1)


def a_sheet(fleet: Server, row: str, done_on: str, **more: Any) -> None:
    line = {"label_fr": "Huile", "label_en": "Oil", "result": "ok", "note": None}
    given = {"signed_name": "Réjean", "signed_with": "pin", "signed_at": f"{done_on}T20:00:00.000Z",
             "title": "Entretien", "garage": "Garage", "lines": [line]}  # fmt: skip
    fleet.write(insert("maintenance_sheet", row, asset_id=PLOW, person_id=REJEAN, done_on=done_on,
                       **{**given, **more}))  # fmt: skip


def test_a_sheet_is_kept_two_years_and_twelve_months_after_its_unit_has_left(
    fleet: Server,
) -> None:
    a_sheet(fleet, "sheet", "2026-01-10")
    fleet.clock.now = datetime(2028, 1, 5, 16, 0, tzinfo=UTC)
    fleet.set("asset", PLOW, status="retired")
    fleet.clock.now = datetime(2029, 1, 5, 16, 0, tzinfo=UTC)
    assert states(fleet) == {}

    fleet.clock.forward(days=1)

    assert states(fleet) == {"sheet": "over"}


def test_a_sheet_whose_order_is_open_stays(fleet: Server) -> None:
    fleet.write(insert("work_order", "bt", title="Entretien", status="in_progress", asset_id=PLOW,
                       source="plan", created_at="2026-01-10T12:00:00.000Z"))  # fmt: skip
    a_sheet(fleet, "sheet", "2026-01-10", order_id="bt")
    fleet.clock.now = datetime(2029, 1, 5, 16, 0, tzinfo=UTC)

    (held,) = [row for row in run(fleet) if row["id"]]

    assert (held["state"], held["why"]) == ("held", "son bon de travail est ouvert")
    run(fleet, "--destroy", *MANAGER)
    assert len(fleet.rows(MaintenanceSheet)) == 1


def test_a_rule_without_a_period_keeps_for_ever_and_says_so(fleet: Server) -> None:
    told = {row["kind"]: row["why"] for row in run(fleet) if row["state"] == "for_ever"}

    assert set(told) == {"brake_measure", "storage_period", "service_exception"}
    assert "on les garde indéfiniment" in told["brake_measure"]


def test_the_town_s_own_period_and_its_hold_are_followed(fleet: Server) -> None:
    report(fleet)
    given = {"label_fr": "x", "label_en": "x", "effective_on": "2026-11-01", "confirmed": True}
    fleet.write(
        insert("legal_rule", code="circle_check_retention", value={"months": 1}, **given),
        insert("legal_rule", code="retention_hold", value={"tags": ["214"]}, **given),
    )
    fleet.clock.forward(days=60)

    (row,) = [row for row in run(fleet) if row["id"]]

    assert (row["state"], row["rule"]) == ("held", "circle_check_retention@2026-11-01")
    assert "rien de l’unité" in row["why"]


def test_a_period_that_is_set_to_none_keeps_reports_for_ever(fleet: Server) -> None:
    report(fleet)
    fleet.write(insert("legal_rule", code="circle_check_retention", value={"months": None},
                       label_fr="x", label_en="x", effective_on="2026-11-01"))  # fmt: skip
    fleet.clock.forward(days=4_000)

    assert states(fleet) == {}


def test_tablets_hear_of_it_as_of_any_row_that_leaves(fleet: Server, tmp_path: Path) -> None:
    report(fleet)
    tablet = a_tablet(fleet, tmp_path)
    assert [each.id for each in tablet.all(Inspection)] == ["report"]
    fleet.clock.now = tablet.clock.now = SIX_MONTHS + timedelta(days=1)

    run(fleet, "--destroy", *MANAGER)
    tablet.sync()

    assert tablet.all(Inspection) == []
    tablet.sync()
    assert tablet.all(Inspection) == []


def test_a_repeat_of_a_destroyed_report_brings_it_not_back(fleet: Server) -> None:
    change = insert("inspection", "report", **REPORT)
    said(fleet, change)
    fleet.clock.now = SIX_MONTHS + timedelta(days=1)
    run(fleet, "--destroy", *MANAGER)

    assert said(fleet, change).result == "applied"
    assert fleet.rows(Inspection) == []


@pytest.mark.parametrize("arguments", [("--destroy",), ("--destroy", "--by", "Luc Tremblay")])
def test_nobody_destroys_without_a_name_or_the_right(
    fleet: Server, arguments: tuple[str, ...]
) -> None:
    report(fleet)
    fleet.clock.now = SIX_MONTHS + timedelta(days=1)

    run(fleet, *arguments, code=2)

    assert len(fleet.rows(Inspection)) == 1

"""Lists as CSV files: each row is kept or named, and nothing is made twice."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from asset_model.plans import Occurrence
from asset_model.upkeep import BrakeMeasure, MaintenanceSheet, OutsideCost, Rate, StoragePeriod
from asset_model.work_orders import WorkOrder
from sync_server.cli import register
from tests.server.garage import a_plan, fill_garage
from tests.sync.rig import Server

RATES = """kind;code;since;amount;overtime_amount
labour;mechanic;2026-01-01;41,50 $;62,25
part;A1;2026-01-01;1\u00a0234,50;
"""


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    monkeypatch.chdir(tmp_path)
    fill_garage(served)
    served.write(a_plan("EM6", floating=True, legal=True))
    return served


def load(garage: Server, kind: str, text: str, *more: str, code: int = 0) -> dict[str, Any]:
    Path("list.csv").write_text(text, encoding="utf-8")
    return load_file(garage, kind, *more, code=code)


def load_file(garage: Server, kind: str, *more: str, code: int = 0) -> dict[str, Any]:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    arguments = ["fleet", "load", kind, "list.csv", "--by", "Julie Côté", "--json", "--lang", "fr"]
    result = CliRunner().invoke(app, [*arguments, "--database", url, *more])
    assert result.exit_code == code, result.output
    told: dict[str, Any] = json.loads(result.stdout) if code < 2 else {}
    return told


def test_rates_are_read_as_people_write_them(garage: Server) -> None:
    assert load(garage, "rates", RATES)["new"] == 2

    assert {(r.code, r.amount, r.overtime_amount) for r in garage.rows(Rate)} == {
        ("mechanic", 41.5, 62.25), ("A1", 1234.5, None),
    }  # fmt: skip


def test_a_file_loaded_twice_makes_nothing_twice(garage: Server) -> None:
    load(garage, "rates", RATES)

    assert load(garage, "rates", RATES) == {"new": 0, "changed": 0, "there": 2, "refused": []}
    assert len(garage.rows(Rate)) == 2


def test_a_later_file_sets_a_rate_right(garage: Server) -> None:
    load(garage, "rates", RATES)

    assert load(garage, "rates", RATES.replace("41,50 $", "43"))["changed"] == 1
    assert {r.amount for r in garage.rows(Rate)} == {43.0, 1234.5}


def test_a_storage_is_ended_by_a_later_file(garage: Server) -> None:
    load(garage, "storage", "unit,begins_on,ends_on\n201,2026-04-01,\n")

    told = load(garage, "storage", "unit,begins_on,ends_on\n201,2026-04-01,2026-11-01\n")

    assert told["changed"] == 1
    assert [f"{p.ends_on}" for p in garage.rows(StoragePeriod)] == ["2026-11-01"]


def test_lines_of_one_unit_title_and_day_are_one_sheet_and_its_plan_counts_from_it(
    garage: Server,
) -> None:
    told = load(
        garage,
        "sheets",
        "unit,plan,title,done_on,garage,signed_name,line,result,note,odometer_km\n"
        "201,EM6,Entretien,2026-11-02,Centre du camion,Guy Roy,Freins,ok,,84000\n"
        "202,,Entretien,2026-11-03,Centre du camion,Guy Roy,Freins,ok,,\n"
        "201,EM6,Entretien,2026-11-02,Centre du camion,Guy Roy,Direction,defect,Jeu,84000\n",
    )

    by_unit = {sheet.asset_id: sheet for sheet in garage.rows(MaintenanceSheet)}
    assert told["new"] == 2
    assert [line["result"] for line in by_unit["201"].lines] == ["ok", "defect"]
    assert (by_unit["201"].signed_name, by_unit["201"].signed_with) == ("Guy Roy", "name")
    (done,) = garage.rows(Occurrence)
    assert (done.asset_id, f"{done.due_on}") == ("201", "2026-11-02")


def test_a_row_that_cannot_be_is_named_and_stops_no_other(garage: Server) -> None:
    told = load(
        garage,
        "brakes",
        "unit,measured_on,axle,side,kind,value_mm,minimum_mm\n"
        '201,2026-11-02,1,left,lining,"12,5",8\n'
        "999,2026-11-02,1,left,lining,12,8\n"
        "201,2026-11-02,1,middle,lining,12,8\n"
        "201,yesterday,1,left,lining,12,8\n"
        "201,2026-11-02,1.5,left,lining,12,8\n"
        "201,2026-11-02,1,right,lining,much,8\n"
        "\n"
        "201,2026-11-02,1,right,lining,11,8\n",
        code=1,
    )

    assert told["new"] == 2
    assert [row["line"] for row in told["refused"]] == [3, 4, 5, 6, 7]
    assert {measure.value_mm for measure in garage.rows(BrakeMeasure)} == {12.5, 11.0}


def test_an_invoice_names_its_order_by_number(garage: Server) -> None:
    number = next(order.number for order in garage.rows(WorkOrder))
    text = f"order,supplier,invoiced_on,amount,invoice\n{number},Hydro-Pro,2026-11-02,318.40,F-1\n"

    told = load(garage, "invoices", text + "BT-1999-000001,Hydro-Pro,2026-11-02,1,F-2\n", code=1)

    assert (told["new"], len(told["refused"])) == (1, 1)
    (cost,) = garage.rows(OutsideCost)
    assert (cost.amount, cost.supplier, cost.invoice) == (318.4, "Hydro-Pro", "F-1")


def test_a_dry_run_checks_and_keeps_nothing(garage: Server) -> None:
    assert load(garage, "rates", RATES, "--dry-run")["new"] == 2
    assert garage.rows(Rate) == []


def test_a_file_of_an_older_spreadsheet_is_read(garage: Server) -> None:
    text = "unit;begins_on;reason\n201;2026-04-01;Remisage d'été\n"
    Path("list.csv").write_bytes(text.encode("cp1252"))

    load_file(garage, "storage")

    assert [period.reason for period in garage.rows(StoragePeriod)] == ["Remisage d'été"]


@pytest.mark.parametrize(
    ("kind", "text", "more"),
    [
        ("moons", RATES, ()),
        ("rates", "kind,code\nlabour,mechanic\n", ()),
        ("rates", "", ()),
        ("rates", RATES, ("--by", "Nobody")),
    ],
)
def test_what_cannot_be_used_is_said_so(
    garage: Server, kind: str, text: str, more: tuple[str, ...]
) -> None:
    load(garage, kind, text, *more, code=2)
    assert garage.rows(Rate) == []

"""Figures of a garage: on the command line, through the office's door, and in each form."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import typer
from typer.testing import CliRunner, Result

from sync_server.cli import figures, register
from sync_server.upkeep_tables import FuelFill
from tests.server.garage import a_plan, fill_garage
from tests.server.listening import Caller, calling, refusal
from tests.sync import town
from tests.sync.rig import Server, an_id, insert
from tests.sync.town import BOSS, LUC

NOW = datetime(2026, 12, 5, 13, 0, tzinfo=UTC)
NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")
OIL = town.named("part", "asphalt")


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """Truck 201 broke down on the 5th; it ran 600 km; its plow was mended; one plan was late."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(figures, "clock", lambda: NOW)
    served.clock.now = NOW
    fill_garage(served)
    served.write(
        insert("asset", "201-1", tag="201-1", name="Chasse-neige", class_code="attachment",
               parent_id="201", status="in_service", attributes={}),
        insert("rate", an_id(), kind="labour", code="*", since="2026-01-01", amount=40.0),
        insert("rate", an_id(), kind="part", code="A1", since="2026-01-01", amount=5.25),
        *an_order("b1", "201", kind="emergency", created_at=at(5, 8), started_at=at(5, 10),
                  completed_at=at(5, 16)),
        *an_order("b2", "201-1", created_at=at(9, 8), started_at=at(9, 9), completed_at=at(9, 10)),
        *an_order("b3", "201", status="cancelled", kind="emergency", created_at=at(6, 8)),
        insert("time_worked", "w1", work_order_id="b1", person_id=LUC, started_at=at(5, 10),
               ended_at=at(5, 12)),
        insert("time_worked", "w2", work_order_id="b2", person_id=LUC, started_at=at(9, 9),
               ended_at=at(9, 10)),
        insert("material_used", "m1", work_order_id="b1", person_id=LUC, part_id=OIL,
               quantity=4.0, used_at=at(5, 11)),
        insert("outside_cost", "o1", work_order_id="b1", person_id=BOSS, invoiced_on="2026-11-06",
               supplier="=Hydro & Fils", amount=100.0),
        *(insert("meter_reading", f"r{total}", meter_id="km 201", asset_id="201", value=total,
                 taken_at=f"2026-{month}-{day:02d}T12:00:00.000Z", source="person")
          for month, day, total in ((10, 20, 1_000), (11, 10, 1_300), (12, 2, 1_900))),
        a_plan("oil"),
        insert("occurrence", "done", plan_id="oil", asset_id="201", due_on="2026-11-10",
               wanted_on="2026-11-10", status="done", reasons=[], made_at=at(1, 8),
               done_at=at(9, 10)),
        insert("occurrence", "late", plan_id="oil", asset_id="201", due_on="2026-11-20",
               wanted_on="2026-11-20", status="generated", reasons=[], made_at=at(1, 8)),
    )  # fmt: skip
    return served


def at(day: int, hour: int) -> str:
    return f"2026-11-{day:02d}T{hour:02d}:00:00.000Z"


def an_order(row: str, asset: str, **more: Any) -> list[Any]:
    given = {"title": "Réparation", "kind": "corrective", "status": "done", "source": "person"}
    return [insert("work_order", row, asset_id=asset, **{**given, **more})]


def run(garage: Server, *arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(app, ["figures", *arguments, "--database", url, "--lang", "fr"])


def told(garage: Server, *arguments: str) -> str:
    result = run(garage, *arguments, *NOVEMBER)
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(garage: Server, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told(garage, *arguments, "--json").splitlines()]


def of_201(garage: Server) -> dict[str, Any]:
    return {row["figure"]: row["value"] for row in rows(garage) if row["unit"] == "201"}


def test_the_month_of_truck_201_by_hand(garage: Server) -> None:
    made = of_201(garage)

    # 2 h on the truck and 1 h on its plow at 40 $, 4 × 5.25 $, an invoice of 100 $.
    assert (made["labour"], made["material"], made["outside"]) == (120.0, 21.0, 100.0)
    assert made["cost"] == 241.0
    # Down from 8:00 to 16:00 of the 721 hours of a November; cancelled orders are none.
    assert made["availability"] == round(100 * (721 - 8) / 721, 4)
    assert (made["breakdowns"], made["mtbf"], made["mttr"]) == (1.0, 713.0, 6.0)
    assert made["compliance"] == 50.0
    # 300 km in 21 days until the 10th at noon, of which 9 d 8 h in November: 133.33 km; then
    # 600 km in 22 days, of which 20 d 17 h until the month is over at 5:00 UTC: 564.77 km.
    assert made["distance"] == pytest.approx(133.3333 + 564.7727, abs=1e-3)
    assert made["cost_per_km"] == pytest.approx(241.0 / made["distance"], abs=1e-4)


def test_each_figure_opens_to_the_records_that_make_it(garage: Server) -> None:
    every = rows(garage)

    for row in (row for row in every if row["unit"] is None):
        listed = rows(garage, row["figure"])
        assert len(listed) == row["records"], row["figure"]
        if row["figure"] in ("cost", "labour", "material", "outside", "breakdowns"):
            assert round(sum(one["amount"] or 0 for one in listed), 2) == row["value"]


def test_a_record_says_its_order_and_how_it_was_counted(garage: Server) -> None:
    orders = {order["id"]: order["number"] for order in numbers(garage)}

    (part,) = rows(garage, "material")

    assert (part["unit"], part["order"], part["table"], part["id"]) == (
        "201", orders["b1"], "material_used", "m1",
    )  # fmt: skip
    assert part["details"] == "4 × 5,25\u00a0$, A1, depuis le 2026-01-01"


def numbers(garage: Server) -> list[dict[str, Any]]:
    from asset_model.work_orders import WorkOrder

    return [{"id": o.id, "number": o.number} for o in garage.rows(WorkOrder)]


def test_the_rule_goes_with_every_number(garage: Server) -> None:
    assert all(row["rule"] and row["rule_version"] >= 1 for row in rows(garage))
    assert "Heures disponibles ÷ pannes" in told(garage)
    assert "Heures disponibles ÷ pannes" in told(garage, "mtbf")


def test_one_unit_alone_is_told_alone(garage: Server) -> None:
    units = {row["unit"] for row in rows(garage, "--unit", "202")}

    assert units == {"202", None}


def test_csv_says_the_same_and_runs_nothing_in_a_spreadsheet(garage: Server) -> None:
    listed = list(csv.DictReader(io.StringIO(told(garage, "--csv"))))
    opened = list(csv.DictReader(io.StringIO(told(garage, "outside", "--csv"))))

    costs = {row["unit"]: row["value"] for row in listed if row["figure"] == "cost"}
    assert costs == {"201": "241.0", "202": "0.0", "205": "0.0", "": "241.0"}
    assert opened[0]["details"] == "'=Hydro & Fils"


def test_xml_says_the_same(garage: Server) -> None:
    root = ET.fromstring(told(garage, "--xml"))
    opened = ET.fromstring(told(garage, "outside", "--xml"))

    assert root.attrib["from"] == "2026-11-01"
    costs = {f.attrib.get("unit"): f.attrib["value"] for f in root.iter("figure")
             if f.attrib["figure"] == "cost"}  # fmt: skip
    assert costs == {"201": "241.0", "202": "0.0", "205": "0.0", None: "241.0"}
    assert {rule.attrib["figure"] for rule in root.iter("rule")} >= {"cost", "mtbf"}
    assert next(opened.iter("record")).attrib["details"] == "=Hydro & Fils"


def test_a_file_takes_it_as_well(garage: Server, tmp_path: Path) -> None:
    told(garage, "--csv", "--output", str(tmp_path / "figures.csv"))

    assert (tmp_path / "figures.csv").read_bytes().startswith(b"from,to,made_at,language,unit")


@pytest.mark.parametrize(
    "arguments",
    [("moon",), ("--unit", "999"), ("--from", "2026-12-02", "--to", "2026-12-01"),
     ("--json", "--csv")],
)  # fmt: skip
def test_what_cannot_be_told_is_said_so(garage: Server, arguments: tuple[str, ...]) -> None:
    assert run(garage, *arguments).exit_code == 2


def test_a_unit_out_of_service_is_down_by_the_history_of_its_record(garage: Server) -> None:
    garage.clock.now = datetime(2026, 11, 10, 5, tzinfo=UTC)
    garage.set("asset", "205", status="out_of_service")
    garage.clock.now = datetime(2026, 11, 12, 5, tzinfo=UTC)
    garage.set("asset", "205", status="in_service")

    (share,) = (r for r in rows(garage) if r["unit"] == "205" and r["figure"] == "availability")

    assert (share["over"], share["under"]) == (721 - 48, 721)


def test_a_unit_with_a_major_defect_is_down_until_it_is_certified(garage: Server) -> None:
    garage.write(
        insert("defect", "d", asset_id="205", person_id=LUC, severity="major", label_fr="Freins",
               label_en="Brakes", found_at=at(10, 5), found_during="check"),
        insert("repair_certificate", "c", asset_id="205", person_id=LUC, defect_id="d",
               result="repaired", signed_name="Luc", signed_with="pin", signed_at=at(11, 5)),
    )  # fmt: skip

    (share,) = (r for r in rows(garage) if r["unit"] == "205" and r["figure"] == "availability")

    assert share["over"] == 721 - 24
    assert rows(garage, "availability", "--unit", "205")[0]["table"] == "defect"


@pytest.fixture
def doors(garage: Server) -> Iterator[Caller]:
    with calling(garage) as caller:
        yield caller


QUERY = "first=2026-11-01&last=2026-11-30"


def test_the_office_reads_figures_in_each_form(garage: Server, doors: Caller) -> None:
    mine = office(garage)
    for form, start in (("json", "{"), ("csv", "from,to"), ("xml", "<?xml")):
        answer = doors.ask("GET", f"/figures?{QUERY}&form={form}", headers=mine)
        assert (answer.status_code, answer.text[: len(start)]) == (200, start)
    opened = doors.ask("GET", f"/figures/material?{QUERY}", headers=mine)
    assert opened.json()["id"] == "m1"


def test_a_crew_s_tablet_may_not_read_what_people_cost(garage: Server, doors: Caller) -> None:
    for path in (f"/figures?{QUERY}", f"/figures/labour?{QUERY}"):
        assert refusal(doors.ask("GET", path)) == (403, "office_only")
        stranger = doors.ask("GET", path, headers={"Authorization": "Bearer nobody's"})
        assert refusal(stranger) == (401, "device_unknown")


def office(garage: Server) -> dict[str, str]:
    _, token = town.add_tablet(garage.database, "B9", None)
    return {"Authorization": f"Bearer {token}"}


def test_a_door_says_what_it_does_not_have(garage: Server, doors: Caller) -> None:
    mine = office(garage)
    for path, answer in (
        (f"/figures/moon?{QUERY}", (404, "figure_unknown")),
        (f"/figures?{QUERY}&unit=999", (404, "unit_not_in_fleet")),
        (f"/figures?{QUERY}&form=pdf", (422, "bad_value")),
        ("/figures?first=yesterday&last=2026-11-30", (422, "bad_value")),
        ("/figures?first=2026-12-01&last=2026-11-30", (422, "period_unusable")),
        ("/figures?first=0001-01-01&last=0001-01-02", (422, "bad_value")),
        ("/figures?first=9999-12-30&last=9999-12-31", (422, "bad_value")),
        ("/figures", (422, "bad_value")),
    ):
        assert refusal(doors.ask("GET", path, headers=mine)) == answer


def test_fuel_is_in_the_cost_of_its_unit_and_what_has_no_price_is_told(garage: Server) -> None:
    with garage.database.writing() as session:
        session.add_all(
            FuelFill(id=id, asset_id="201", filled_at=datetime(2026, 11, day, 12, tzinfo=UTC),
                     litres=80.0, cost=cost, reference=f"R{id}", source="cartes", received_at=NOW)
            for id, day, cost in (("1", 8, 131.2), ("2", 15, None))
        )  # fmt: skip
    made = {row["figure"]: row for row in rows(garage) if row["unit"] == "201"}

    assert (made["fuel"]["value"], made["cost"]["value"]) == (131.2, 241.0 + 131.2)
    assert made["cost_per_km"]["value"] == pytest.approx(
        372.2 / made["distance"]["value"], abs=1e-4
    )
    assert made["fuel"]["note"] == made["cost"]["note"] == "des lignes n’ont pas de prix"
    assert made["cost"]["rule_version"] == 3
    opened = rows(garage, "fuel", "--unit", "201")
    assert [(row["amount"], row["details"]) for row in opened] == [
        (131.2, "80\u00a0L, reçu R1"), (None, "80\u00a0L, aucun prix ce jour-là, reçu R2"),
    ]  # fmt: skip

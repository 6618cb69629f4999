"""`voirie fleet due` and the plans of the law: what each unit owes, on a garage's database."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.plans import MaintenancePlan
from asset_model.work_orders import WorkOrder
from maintenance.templates import TEMPLATES
from sync_server.cli import fleet, plan_templates, register
from sync_server.generation import generate
from tests.server.test_upkeep_desk import a_sheet
from tests.sync.rig import Server, an_id, insert

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
VEHICLE = {"code": "vehicle", "label_fr": "Véhicule", "label_en": "Vehicle", "icon": "x",
           "geometry_kind": "none", "attributes": [{"name": "kind", "type": "text"},
                                                   {"name": "gross_weight_kg"}]}  # fmt: skip


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """A plow truck, a light pickup, a sweeper of 6 t, a grader, and a truck nobody has weighed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fleet, "clock", lambda: NOW)
    monkeypatch.setattr(plan_templates, "clock", lambda: NOW)
    served.clock.now = NOW
    served.write(
        insert("crew", "garage", code="AT", name="Atelier", shop="garage"),
        insert("person", "mechanic-1", name="Réjean", language="fr", role="mechanic"),
        insert("shop", code="garage", name="Garage", weekly_hours=40.0),
        insert("asset_class", "vehicle", **VEHICLE),
        *(a_unit(*unit) for unit in (("201", "plow_truck", 29_937), ("211", "pickup", 3_742),
                                     ("209", "sweeper", 6_000), ("205", "grader", 19_900),
                                     ("230", "dump_truck", None))),
    )  # fmt: skip
    return served


def a_unit(tag: str, kind: str, weight: float | None) -> Any:
    attributes = {"kind": kind} | ({"gross_weight_kg": weight} if weight else {})
    return insert("asset", tag, tag=tag, name=tag, class_code="vehicle", status="in_service",
                  attributes=attributes)  # fmt: skip


def run(garage: Server, *arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(app, [*arguments, "--database", url, "--lang", "fr"])


def adopt(garage: Server, *codes: str) -> dict[str, str]:
    for code in codes:
        result = run(garage, "plans", "adopt", code, "--crew", "AT", "--starts-on", "2026-12-20")
        assert result.exit_code == 0, result.output
    return {plan.code: plan.id for plan in garage.rows(MaintenancePlan)}


def due(garage: Server, *arguments: str) -> list[dict[str, Any]]:
    result = run(garage, "fleet", "due", "--json", *arguments)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == int(any(row["at_risk"] for row in rows)), result.output
    return rows


def told(rows: list[dict[str, Any]]) -> set[tuple[str, str, str | None, str]]:
    return {(row["unit"], row["plan"], row["due"], row["state"]) for row in rows}


def test_each_plan_of_the_law_concerns_the_weights_and_kinds_it_names(garage: Server) -> None:
    adopt(garage, "LEG-FR6", "LEG-EM6", "LEG-VM12")

    owed = {(row["unit"], row["plan"]) for row in due(garage) if row["due"]}

    # The brake register begins at 7,258 kg; neither the pickup nor the grader owes anything.
    assert owed == {("201", "LEG-FR6"), ("201", "LEG-EM6"), ("201", "LEG-VM12"),
                    ("209", "LEG-EM6"), ("209", "LEG-VM12")}  # fmt: skip


def test_a_unit_that_nobody_weighed_is_not_left_out_in_silence(garage: Server) -> None:
    adopt(garage, "LEG-FR6")

    assert ("230", "LEG-FR6", None, "unknown") in told(due(garage))


def test_the_law_is_named_beside_each_date(garage: Server) -> None:
    adopt(garage, "LEG-FR6")

    assert {row["basis"] for row in due(garage)} == {TEMPLATES["LEG-FR6"].basis}


def test_a_date_counts_from_the_last_sheet(garage: Server) -> None:
    plans = adopt(garage, "LEG-FR6")
    garage.write(a_sheet("s", plan_id=plans["LEG-FR6"], done_on="2026-07-01"))

    assert ("201", "LEG-FR6", "2027-01-01", "to_come") in told(due(garage))
    assert due(garage, "--unit", "201", "--days", "30") == []


def test_an_order_that_a_foreman_puts_after_the_date_is_seen(garage: Server) -> None:
    plans = adopt(garage, "LEG-FR6")
    garage.write(a_sheet("s", plan_id=plans["LEG-FR6"], done_on="2026-06-10"))
    generate(garage.database, now=NOW, new_id=an_id)
    (before,) = due(garage, "--unit", "201")
    (order,) = [o for o in garage.rows(WorkOrder) if o.source == "plan"]

    garage.set("work_order", order.id, due_at="2026-12-15T21:00:00.000Z")

    (after,) = due(garage, "--unit", "201")
    assert (before["due"], before["state"], before["order"]) == ("2026-12-10", "ordered",
                                                                 order.number)  # fmt: skip
    assert (after["due"], after["state"], after["planned"]) == ("2026-12-10", "ordered_late",
                                                                "2026-12-15")  # fmt: skip


def test_people_read_it_in_lines(garage: Server) -> None:
    adopt(garage, "LEG-FR6")

    result = run(garage, "fleet", "due")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1].startswith("  2026-12-20  201    LEG-FR6")
    assert "nul ne sait si elle vise l’unité" in result.stdout


def test_what_cannot_be_is_refused_with_a_word(garage: Server) -> None:
    assert run(garage, "fleet", "due", "--unit", "999").exit_code == 2
    assert run(garage, "plans", "adopt", "LEG-VM6").exit_code == 2  # The town has no bus.
    assert run(garage, "plans", "adopt", "moon").exit_code == 2
    assert run(garage, "plans", "adopt", "LEG-FR6", "--crew", "moon").exit_code == 2
    adopt(garage, "LEG-FR6")
    assert run(garage, "plans", "adopt", "LEG-FR6").exit_code == 2


def test_the_list_says_where_each_was_read(garage: Server) -> None:
    app = typer.Typer()
    register(app)

    listed = CliRunner().invoke(app, ["plans", "templates", "--json"]).stdout.splitlines()
    shown = CliRunner().invoke(app, ["plans", "templates", "--lang", "fr"]).stdout

    assert {json.loads(line)["source"] for line in listed} == {
        each.basis for each in TEMPLATES.values()
    }
    assert "à confirmer" in shown.lower()

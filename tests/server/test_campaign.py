"""`voirie campaign`: what it would make, what it makes, and who is ready on the day."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.plans import Occurrence
from asset_model.work_orders import Step
from sync_server.cli import campaign, register
from sync_server.generation import generate
from tests.server.garage import a_plan, fill_garage
from tests.server.plan_rig import finish, orders
from tests.sync.rig import Server, an_id, insert

NOW = datetime(2026, 8, 24, 13, 0, tzinfo=UTC)
WINTER = """
name = "hiver-2026"
plan = "EP-12"
begins = 2026-09-01
ends = 2026-11-15
ready_on = 2026-11-01
"""
STEPS = [{"kind": "check", "label_fr": "Lames", "label_en": "Blades", "required": True}]
OIL = [{"kind": "check", "label_fr": "Huile", "label_en": "Oil", "required": True}]


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """Plows 201 and 202 (out of service) are made ready for winter; 202's oil is due as well."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(campaign, "clock", lambda: NOW)
    fill_garage(served)
    common: dict[str, Any] = {"shop": "garage", "class_code": "vehicle"}
    served.write(
        insert("person", "boss", name="Réjeanne Côté", role="fleet_manager"),
        insert("person", "luc", name="Luc Roy", role="mechanic"),
        insert("shop", code="garage", name="Garage", weekly_hours=40.0),
        a_plan("EP-12", rule="FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=15", steps=STEPS, lead_days=14,
               asset_filter={"kind": ["plow"]}, estimated_hours=6.0, **common),
        a_plan("EP-09", rule="FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=5", steps=OIL, estimated_hours=1.0,
               **{**common, "class_code": None, "asset_id": "202"}),
    )  # fmt: skip
    Path("hiver.toml").write_text(WINTER, encoding="utf-8")
    return served


def run(garage: Server, command: str, *more: str, language: str = "fr") -> Result:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    given = ["--database", url, "--lang", language]
    return CliRunner().invoke(app, ["campaign", command, "hiver.toml", *more, *given])


def lines(result: Result) -> list[dict[str, Any]]:
    assert isinstance(result.exception, SystemExit | None), result.exception
    return [json.loads(line) for line in result.stdout.splitlines()]


def ready(garage: Server, *more: str) -> dict[str, list[str]]:
    told = lines(run(garage, "ready", "--json", *more))
    return {line["unit"]: [hold["code"] for hold in line["holds"]] for line in told}


def test_the_plan_names_each_unit_with_its_day_and_writes_nothing(garage: Server) -> None:
    told = lines(run(garage, "plan", "--json"))

    assert [(line["unit"], line["state"], line["plans"], line["hours"]) for line in told] == [
        ("201", "order", ["EP-12"], 6), ("202", "order", ["EP-12", "EP-09"], 7),
    ]  # fmt: skip
    assert garage.rows(Occurrence) == orders(garage) == []
    shown = run(garage, "plan").stdout
    assert "2 bon(s) seraient faits\u00a0; rien n’a été écrit." in shown
    assert "EP-12 + EP-09 (7 h)" in shown


def test_making_it_makes_what_was_told_once_in_the_name_of_who_decided(garage: Server) -> None:
    told = {line["unit"]: line for line in lines(run(garage, "plan", "--json"))}

    for _ in range(2):
        run(garage, "make", "--by", "Réjeanne Côté")

    made = {order.asset_id: order for order in orders(garage)}
    assert {unit: order.id for unit, order in made.items()} == {
        unit: line["id"] for unit, line in told.items()
    }
    assert f"{made['202'].due_at:%Y-%m-%d}" == told["202"]["day"]
    assert "dans la campagne hiver-2026" in (made["202"].due_reason or "")
    labels = [s.label_fr for s in garage.rows(Step) if s.work_order_id == made["202"].id]
    assert sorted(labels) == ["Huile", "Lames"]
    assert len(garage.rows(Occurrence)) == 3


def test_the_plans_make_nothing_of_it_again_and_a_second_campaign_finds_it_open(
    garage: Server,
) -> None:
    run(garage, "make", "--by", "boss")

    generate(garage.database, now=datetime(2026, 10, 6, 12, tzinfo=UTC), new_id=an_id)

    assert len(orders(garage)) == 2
    again = {line["unit"]: line for line in lines(run(garage, "plan", "--json"))}
    assert {line["state"] for line in again.values()} == {"open"}
    numbers = {o.asset_id: o.number for o in orders(garage)}
    assert again["201"]["open"] == [numbers["201"]]
    assert set(again["202"]["open"]) == {numbers["202"]}


def test_on_the_day_each_unit_is_ready_or_says_why_not(garage: Server) -> None:
    run(garage, "make", "--by", "boss")
    made = {order.asset_id: order.id for order in orders(garage)}
    finish(garage, made["201"], on=datetime(2026, 9, 20, 15, tzinfo=UTC))

    told = ready(garage)

    assert told == {"202": ["out_of_service", "order_open"], "201": []}
    shown = run(garage, "ready")
    assert shown.exit_code == 1
    assert shown.stdout.splitlines()[-1] == "1 prête(s), 1 retenue(s) le 1er novembre 2026"
    assert "202      hors service\u00a0; BT-" in shown.stdout
    assert "(EP-12, EP-09) n’est pas terminé" in shown.stdout


def test_a_unit_that_nobody_ordered_anything_for_is_in_the_list(garage: Server) -> None:
    told = ready(garage)

    assert told == {"201": ["not_ordered"], "202": ["out_of_service", "not_ordered", "not_ordered"]}


def test_an_order_that_was_cancelled_a_repair_and_a_meter_hold_a_unit_back(garage: Server) -> None:
    run(garage, "make", "--by", "boss")
    made = {order.asset_id: order.id for order in orders(garage)}
    garage.set("work_order", made["201"], status="cancelled", reason="Vendue?")
    garage.write(
        insert("work_order", "fix", title="Fuite d’huile", kind="corrective", priority=1,
               asset_id="201", status="planned", created_at="2026-10-01T12:00:00.000Z"),
        insert("asset", "201-1", tag="201-1", name="Aile de 201", class_code="vehicle",
               parent_id="201", status="out_of_service", attributes={}),
        a_plan("EP-20", asset_id="201", class_code=None, rule="", shop="garage",
               triggers=[{"kind": "meter", "measure": "odometer", "every": 10_000}]),
    )  # fmt: skip

    told = ready(garage)

    assert told["201"] == ["attachment_out", "skipped", "meter_unread", "repair_open"]
    english = run(garage, "ready", language="en").stdout
    assert "Aile de 201 is out of service; EP-12 of September 15, 2026 was skipped" in english


def test_open_defects_and_storage_hold_a_unit_back(garage: Server) -> None:
    garage.set("asset", "202", status="in_service")
    run(garage, "make", "--by", "boss")
    for order in orders(garage):
        finish(garage, order.id, on=datetime(2026, 9, 20, 15, tzinfo=UTC))
    said: dict[str, Any] = {"person_id": "luc", "asset_id": "201", "found_during": "shop",
                            "found_at": "2026-08-20T12:00:00.000Z"}  # fmt: skip
    garage.write(
        insert("defect", "d1", severity="major", label_fr="Frein", label_en="Brake", **said),
        insert("defect", "d2", severity="minor", label_fr="Miroir", label_en="Mirror", **said),
        insert("storage_period", asset_id="202", person_id="luc", begins_on="2026-10-01"),
    )

    told = ready(garage)

    assert told == {"201": ["defect_major", "defect_minor"], "202": ["stored"]}
    english = run(garage, "ready", language="en").stdout
    assert "201      Brake is a major defect, not repaired (BT-" in english
    assert "202      stored since October 1, 2026" in english


def test_all_ready_ends_with_nought(garage: Server) -> None:
    garage.set("asset", "202", status="in_service")
    run(garage, "make", "--by", "boss")
    for order in orders(garage):
        finish(garage, order.id, on=datetime(2026, 9, 20, 15, tzinfo=UTC))

    result = run(garage, "ready")

    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        0, "2 prête(s), 0 retenue(s) le 1er novembre 2026",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (WINTER.replace("name", "nom"), "fautive à\u00a0: name, nom"),
        (WINTER.replace("2026-09-01", '"bientôt"'), "fautive à\u00a0: begins"),
        (WINTER.replace("2026-09-01", "2026-12-01"), "finit (2026-11-15) avant de commencer"),
        (WINTER.replace("EP-12", "EP-99"), "pas de plan «\u00a0EP-99\u00a0»"),
        (WINTER.replace('plan = "EP-12"', ""), "Rien ne dit quelles unités"),
        (WINTER + 'units = ["201", "777"]', "pas d’unité «\u00a0777\u00a0»"),
        (WINTER + 'filter = { kind = ["tank"] }', "Aucune unité en service ne convient"),
        ("[", "est illisible"),
    ],
)
def test_a_campaign_that_cannot_be_says_how_to_mend_it(garage: Server, text: str, why: str) -> None:
    Path("hiver.toml").write_text(text, encoding="utf-8")

    result = run(garage, "plan")

    assert result.exit_code == 2
    assert why in result.stderr


def test_who_may_not_plan_work_makes_none(garage: Server) -> None:
    result = run(garage, "make", "--by", "Luc Roy")

    assert result.exit_code == 2
    assert "ne permet pas" in result.stderr
    assert orders(garage) == []


def test_units_are_named_or_those_of_the_plan(garage: Server) -> None:
    Path("hiver.toml").write_text(WINTER + 'units = ["201"]', encoding="utf-8")

    assert [line["unit"] for line in lines(run(garage, "plan", "--json"))] == ["201"]

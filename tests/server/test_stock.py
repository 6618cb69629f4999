"""Stores and the parts of plans, on the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.work_orders import WorkOrder
from sync_server.cli import plans_ahead, register
from sync_server.cli import stock as stock_command
from sync_server.generation import generate
from tests.server.garage import a_plan, fill_garage
from tests.sync.rig import Server, an_id, insert

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
AT = "2026-11-25T12:00:00.000Z"


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """Truck 201 has its oil changed every two weeks, on Tuesdays, from 1 December on."""
    monkeypatch.chdir(tmp_path)
    for module in (plans_ahead, stock_command):
        monkeypatch.setattr(module, "clock", lambda: NOW)
    fill_garage(served)
    served.write(
        insert("part", "oil", code="HUILE", label_fr="Huile", label_en="Oil", unit="L"),
        insert("part", "filter", code="FILTRE", label_fr="Filtre", label_en="Filter", unit="un"),
        a_plan("EP-1", rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", starts_on="2026-12-01",
               class_code=None, asset_id="201", lead_days=6),
    )  # fmt: skip
    return served


def run(garage: Server, *arguments: str, language: str = "fr") -> Result:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(app, [*arguments, "--database", url, "--lang", language])


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def ahead(garage: Server) -> list[dict[str, Any]]:
    return lines(run(garage, "plans", "forecast", "--parts", "--months", "2", "--json"))


def test_what_came_was_counted_and_taken_is_on_hand(garage: Server) -> None:
    run(garage, "stock", "receive", "HUILE=205", "--at", "2026-11-01")
    run(garage, "stock", "count", "huile=100", "FILTRE=4", "--at", "2026-11-10")
    run(garage, "stock", "take", "HUILE=2,5", "--note", "renversée")
    garage.write(
        insert("work_order", "w", title="x", kind="corrective", created_at=AT),
        insert("material_used", work_order_id="w", person_id="p", part_id="oil", quantity=8.0,
               used_at=AT),
    )  # fmt: skip

    told = {line["part"]: line["on_hand"] for line in lines(run(garage, "stock", "list", "--json"))}

    assert (told["HUILE"], told["FILTRE"]) == (89.5, 4)


def test_the_forecast_says_what_runs_short_when_and_how_much_to_buy(garage: Server) -> None:
    run(garage, "plans", "parts", "EP-1", "HUILE=38", "FILTRE=1")
    run(garage, "stock", "count", "HUILE=100", "FILTRE=9")

    assert ahead(garage) == [
        {"part": "HUILE", "label": "Huile", "unit": "L", "on_hand": 100, "needed": 190,
         "short_on": "2026-12-29", "to_buy": 90,
         "weeks": {"2026-W49": 38, "2026-W51": 38, "2026-W53": 38, "2027-W02": 38,
                   "2027-W04": 38}},
        {"part": "FILTRE", "label": "Filtre", "unit": "un", "on_hand": 9, "needed": 5,
         "short_on": None, "to_buy": 0,
         "weeks": {"2026-W49": 1, "2026-W51": 1, "2026-W53": 1, "2027-W02": 1, "2027-W04": 1}},
    ]  # fmt: skip
    shown = run(garage, "plans", "forecast", "--parts", "--months", "2").stdout
    assert "Huile\u00a0: manquera le 29 décembre 2026, acheter 90 L" in shown
    english = run(garage, "plans", "forecast", "--parts", "--months", "2", language="en").stdout
    assert "Oil: short on December 29, 2026, buy 90 L" in english


def test_an_open_order_still_needs_its_parts_until_they_are_used(garage: Server) -> None:
    run(garage, "plans", "parts", "EP-1", "HUILE=38")
    run(garage, "stock", "count", "HUILE=100")
    before = ahead(garage)

    generate(garage.database, now=NOW, new_id=an_id)
    ordered = ahead(garage)
    (order,) = [o["id"] for o in _orders(garage)]
    garage.write(insert("material_used", work_order_id=order, person_id="p", part_id="oil",
                        quantity=38.0, used_at="2026-11-26T14:00:00.000Z"))  # fmt: skip
    used = ahead(garage)

    assert ordered == before
    assert (used[0]["needed"], used[0]["on_hand"]) == (152, 62)
    assert used[0]["short_on"] == before[0]["short_on"]


def _orders(garage: Server) -> list[dict[str, Any]]:
    return [{"id": each.id} for each in garage.rows(WorkOrder) if each.source == "plan"]


def test_what_a_plan_takes_is_said_anew_as_a_whole(garage: Server) -> None:
    run(garage, "plans", "parts", "EP-1", "HUILE=38", "FILTRE=1")

    told = lines(run(garage, "plans", "parts", "ep-1", "FILTRE=2", "HUILE=0", "--json"))

    assert [(line["part"], line["quantity"]) for line in told] == [("FILTRE", 2)]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["plans", "parts", "EP-1", "HUIL=3"], "pas de pièce «\u00a0HUIL\u00a0»"),
        (["plans", "parts", "EP-9"], "pas de plan «\u00a0EP-9\u00a0»"),
        (["stock", "count", "HUILE"], "n’est pas une pièce et une quantité"),
        (["stock", "receive", "HUILE=-3"], "n’est pas une pièce et une quantité"),
        (["stock", "take", "FILTRE=1", "HUILE=nan"], "n’est pas une pièce et une quantité"),
    ],
)
def test_what_cannot_be_noted_is_told(garage: Server, arguments: list[str], why: str) -> None:
    result = run(garage, *arguments)

    assert result.exit_code == 2
    assert why in result.stderr
    assert {line["on_hand"] for line in lines(run(garage, "stock", "list", "--json"))} == {None}

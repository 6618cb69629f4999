"""`voirie plans what-if` and `publish`: move, skip, another rule; seen first, then for good."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.plans import MaintenancePlan, Occurrence
from sync_server.cli import plans_ahead, plans_whatif, register
from sync_server.generation import generate
from tests.server.garage import a_plan, fill_garage
from tests.server.plan_rig import orders
from tests.sync.rig import Server, an_id, insert

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
MOVED = """
why = "La fosse est occupée"
[[move]]
plan = "P-1"
unit = "201"
due = 2026-12-01
to = 2026-12-04
"""
SKIPPED = """
why = "Vendue en janvier"
[[skip]]
plan = "P-1"
unit = "201"
due = 2026-12-01
"""
LEGAL = 'why = "?"\n[[move]]\nplan = "L"\nunit = "205"\ndue = 2026-12-09\nto = {to}\n'


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """P-1 on truck 201 every Tuesday; P-2 every six months since done, L by law, on grader 205."""
    monkeypatch.chdir(tmp_path)
    for module in (plans_ahead, plans_whatif):
        monkeypatch.setattr(module, "clock", lambda: NOW)
    fill_garage(served)
    common: dict[str, Any] = {"class_code": None, "shop": "garage"}
    floats = {"rule": "FREQ=MONTHLY;INTERVAL=6", "floating": True, "starts_on": "2026-12-09"}
    served.write(
        insert("person", "boss", name="Réjeanne Côté", role="fleet_manager"),
        insert("shop", code="garage", name="Garage", weekly_hours=4.0),
        a_plan("P-1", rule="FREQ=WEEKLY;BYDAY=TU", starts_on="2026-11-30", asset_id="201",
               estimated_hours=3.0, lead_days=2, **common),
        a_plan("P-2", asset_id="205", estimated_hours=2.0, **floats, **common),
        a_plan("L", asset_id="205", legal=True, **floats, **common),
    )  # fmt: skip
    return served


def run(garage: Server, command: str, text: str = "", *more: str, by: str = "boss") -> Result:
    app = typer.Typer()
    register(app)
    Path("essai.toml").write_text(text, encoding="utf-8")
    given = more if command in ("history", "forecast") else ("essai.toml", "--by", by, *more)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    arguments = ["plans", command, *given, "--database", url, "--lang", "fr"]
    return CliRunner().invoke(app, arguments)


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def seen(garage: Server, command: str, text: str) -> list[dict[str, Any]]:
    return lines(run(garage, command, text, "--months", "1", "--json"))


def make(garage: Server, day: date) -> None:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    generate(garage.database, now=now, new_id=an_id)


def test_a_move_is_seen_with_the_days_and_hours_that_it_changes(garage: Server) -> None:
    moved = MOVED.replace("to = 2026-12-04", "to = 2026-12-07")

    told = seen(garage, "what-if", moved)

    assert told == [
        {"plan": "P-1", "unit": "201", "gone": ["2026-12-01"], "come": ["2026-12-07"]},
        {"shop": "garage", "week": "2026-W49", "hours_before": 3, "hours_after": 0,
         "too_full": False},
        {"shop": "garage", "week": "2026-W50", "hours_before": 5, "hours_after": 8,
         "too_full": True},
    ]  # fmt: skip
    assert garage.rows(Occurrence) == []
    shown = run(garage, "what-if", moved).stdout
    assert "P-1      201            − 2026-12-01  + 2026-12-07" in shown
    assert "garage   semaine 2026-W50  5 → 8 h  trop pleine" in shown
    assert shown.endswith("Rien n’a été écrit.\n")


def test_what_is_seen_is_what_publishing_makes(garage: Server) -> None:
    assert seen(garage, "publish", MOVED) == seen_first(garage)


def seen_first(garage: Server) -> list[dict[str, Any]]:
    return [{"plan": "P-1", "unit": "201", "gone": ["2026-12-01"], "come": ["2026-12-04"]}]


def test_a_moved_occurrence_is_ordered_once_for_its_new_day_and_the_plan_goes_on(
    garage: Server,
) -> None:
    run(garage, "publish", MOVED)

    make(garage, date(2026, 12, 1))
    assert [o for o in orders(garage) if o.asset_id == "201"] == []
    for day in (date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 6)):
        make(garage, day)

    mine = [o for o in orders(garage) if o.asset_id == "201"]
    assert [f"{order.due_at:%Y-%m-%d}" for order in mine] == ["2026-12-04"]
    assert "déplacé du 1er décembre 2026 par Réjeanne Côté\u00a0: La fosse est occupée" in (
        mine[0].due_reason or ""
    )
    garage.set("work_order", mine[0].id, status="done", completed_at="2026-12-04T15:00:00.000Z")
    make(garage, date(2026, 12, 6))
    days = [f"{o.due_at:%Y-%m-%d}" for o in orders(garage) if o.asset_id == "201"]
    assert days == ["2026-12-04", "2026-12-08"]


def test_neither_a_day_off_nor_a_full_week_moves_what_somebody_has_set(garage: Server) -> None:
    """28 December 2026 stands; 25 December is a day off, and somebody wants it all the same."""
    garage.write(a_plan("P-5", rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=22", asset_id="202",
                        class_code=None, lead_days=5, grace_days=5))  # fmt: skip
    text = 'why = "Garde"\n[[move]]\nplan = "P-5"\nunit = "202"\ndue = 2026-12-22\nto = 2026-12-25'
    run(garage, "publish", text)

    make(garage, date(2026, 12, 21))

    assert [f"{o.due_at:%Y-%m-%d}" for o in orders(garage) if o.asset_id == "202"] == ["2026-12-25"]


def test_what_is_skipped_is_never_ordered_and_the_next_one_is(garage: Server) -> None:
    told = seen(garage, "publish", SKIPPED)

    assert told[0] == {"plan": "P-1", "unit": "201", "gone": ["2026-12-01"], "come": []}
    for day in (1, 7):
        make(garage, date(2026, 12, day))
    days = [f"{o.due_at:%Y-%m-%d}" for o in orders(garage) if o.asset_id == "201"]
    assert days == ["2026-12-08"]
    (skipped,) = [o for o in garage.rows(Occurrence) if o.status == "skipped"]
    assert skipped.reasons[-1] == {
        "code": "skipped_by", "who": "Réjeanne Côté", "why": "Vendue en janvier",
    }  # fmt: skip


def test_a_floating_plan_counts_from_what_was_skipped(garage: Server) -> None:
    text = SKIPPED.replace("P-1", "P-2").replace("201", "205").replace("12-01", "12-09")

    told = lines(run(garage, "publish", text, "--months", "8", "--json"))

    assert told[0] == {"plan": "P-2", "unit": "205", "gone": ["2026-12-09"], "come": []}
    ahead = lines(run(garage, "forecast", "", "--asset", "205", "--json"))
    assert {line["plan"]: line["due"] for line in ahead}["P-2"] == "2027-06-09"


def test_an_order_that_is_out_moves_with_its_occurrence(garage: Server) -> None:
    make(garage, date(2026, 11, 30))

    told = seen(garage, "publish", MOVED)

    assert told == seen_first(garage)
    (order,) = [o for o in orders(garage) if o.asset_id == "201"]
    assert f"{order.due_at:%Y-%m-%d}" == "2026-12-04"
    assert "La fosse est occupée" in (order.due_reason or "")
    (occurrence,) = [o for o in garage.rows(Occurrence) if o.plan_id == "P-1"]
    assert (occurrence.due_on, occurrence.wanted_on) == (date(2026, 12, 1), date(2026, 12, 4))


def test_an_order_that_is_out_is_cancelled_when_it_is_skipped(garage: Server) -> None:
    make(garage, date(2026, 11, 30))

    run(garage, "publish", SKIPPED)

    (order,) = [o for o in orders(garage) if o.asset_id == "201"]
    assert (order.status, order.reason) == ("cancelled", "Vendue en janvier")
    (occurrence,) = [o for o in garage.rows(Occurrence) if o.plan_id == "P-1"]
    assert occurrence.status == "skipped"


def test_another_rule_is_seen_then_published_with_its_history(garage: Server) -> None:
    text = 'why = "Trop souvent"\n[plan.P-1]\nrule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"\n'

    before = seen(garage, "what-if", text)
    assert before[0] == {"plan": "P-1", "unit": "201",
                         "gone": ["2026-12-08", "2026-12-22"], "come": []}  # fmt: skip
    assert next(p.rule for p in garage.rows(MaintenancePlan) if p.id == "P-1") == (
        "FREQ=WEEKLY;BYDAY=TU"
    )

    assert seen(garage, "publish", text) == before
    (told,) = lines(run(garage, "history", "", "P-1", "--json"))
    assert (told["by"], told["why"]) == ("Réjeanne Côté", "Trop souvent")
    assert told["changed"] == {"rule": ["FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"]}
    assert "Réjeanne Côté  rule FREQ=WEEKLY;BYDAY=TU → FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" in (
        run(garage, "history", "", "P-1").stdout
    )
    assert seen(garage, "what-if", text) == []


def test_a_legal_date_is_brought_forward_and_neither_put_off_nor_skipped(garage: Server) -> None:
    later = run(garage, "publish", LEGAL.format(to="2026-12-10"))
    skipped = run(garage, "publish", SKIPPED.replace("P-1", "L").replace("201", "205")
                  .replace("12-01", "12-09"))  # fmt: skip
    sooner = seen(garage, "publish", LEGAL.format(to="2026-12-08"))

    for refused in (later, skipped):
        assert refused.exit_code == 2
        assert "La loi exige L au plus tard le 2026-12-09" in refused.stderr
    assert sooner == [{"plan": "L", "unit": "205", "gone": ["2026-12-09"], "come": ["2026-12-08"]}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (MOVED.replace("2026-12-01", "2026-12-08"), "le prochain est le 2026-12-01"),
        (MOVED.replace("2026-12-04", "2026-11-20"), "est passé"),
        (MOVED.replace("2026-12-04", "2026-12-08"), "n’est pas avant le suivant, du 2026-12-08"),
        (MOVED.replace("201", "205"), "ne concerne pas «\u00a0205\u00a0»"),
        (MOVED.replace("201", "777"), "pas d’unité «\u00a0777\u00a0»"),
        (MOVED.replace("P-1", "P-9"), "pas de plan «\u00a0P-9\u00a0»"),
        (MOVED.replace("to =", "vers ="), "fautif à\u00a0: to, vers"),
        ('why = "x"', "ne change rien"),
        ('why = "x"\n[plan.P-1]\nrule = "FREQ=NEVER"', "n’est pas une règle de calendrier"),
        ('why = "x"\n[plan.P-1]\ncode = "P-7"', "fautif à\u00a0: code"),
        ('why = "x"\n[plan.P-1]\nlead_days = "tôt"', "ne convient pas au champ"),
        ('why = "x"\n[plan.P-1]\nlead_days = 9', "préavis"),
    ],
)
def test_what_cannot_be_says_how_to_mend_it_and_nothing_is_written(
    garage: Server, text: str, why: str
) -> None:
    result = run(garage, "publish", text)

    assert result.exit_code == 2, result.output
    assert why in result.stderr
    assert garage.rows(Occurrence) == []
    assert run(garage, "history", "", "P-1").stdout == "Aucun changement de ce plan encore.\n"


def test_work_that_has_begun_is_not_moved(garage: Server) -> None:
    make(garage, date(2026, 11, 30))
    (order,) = [o for o in orders(garage) if o.asset_id == "201"]
    garage.set("work_order", order.id, status="in_progress")

    result = run(garage, "publish", MOVED)

    assert result.exit_code == 2
    assert f"Le travail de P-1 est commencé ({order.number})" in result.stderr

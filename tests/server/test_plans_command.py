"""`voirie plans`: what it explains, what it makes, and that several at once make it once."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import select
from typer.testing import CliRunner, Result

from asset_model.database import open_database
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.work_orders import WorkOrder
from sync_server.cli import plans, register
from sync_server.demo.town import fill_town
from sync_server.generation import work_out
from sync_server.schema import migrate
from tests.processes import Running, all_killed, voirie
from tests.server.garage import a_plan, fill_garage
from tests.sync.rig import Server

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """Truck 201's oil change is due since January; the yearly greasing on 10 December."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plans, "clock", lambda: NOW)
    fill_garage(served)
    yearly = {"rule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "class_code": None}
    served.write(
        a_plan("oil", asset_id="201", class_code=None, floating=True),
        a_plan("grease", asset_id="205", lead_days=5, title_fr="Graissage", **yearly),
    )
    return served


def run(garage: Server, *arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(app, ["plans", *arguments, "--database", url, "--lang", "fr"])


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def occurrences(garage: Server) -> list[str]:
    return sorted(each.plan_id for each in garage.rows(Occurrence))


def test_a_dry_run_explains_each_occurrence_and_writes_nothing(garage: Server) -> None:
    told = lines(run(garage, "run", "--until", "2026-12-05", "--dry-run", "--json"))

    assert [(line["plan"], line["asset"], line["due"], line["reason"]) for line in told] == [
        ("oil", "201", "2026-01-01", "pour la première fois"),
        ("grease", "205", "2026-12-10", "selon le calendrier (chaque année)"),
    ]
    assert occurrences(garage) == []


def test_what_a_dry_run_has_told_is_what_a_run_makes(garage: Server) -> None:
    told = lines(run(garage, "run", "--until", "2026-12-05", "--dry-run", "--json"))

    made = lines(run(garage, "run", "--until", "2026-12-05", "--json"))

    assert [line["id"] for line in made] == [line["id"] for line in told]
    assert {each.id for each in garage.rows(Occurrence)} == {line["id"] for line in told}


def test_without_a_day_it_makes_what_is_asked_for_today(garage: Server) -> None:
    result = run(garage, "run")

    assert result.stdout.splitlines()[-1] == "Échéances inscrites\u00a0: 1."
    assert occurrences(garage) == ["oil"]


def test_a_day_that_is_none_is_told(garage: Server) -> None:
    result = run(garage, "run", "--until", "demain")

    assert result.exit_code == 2
    assert "demain" in result.stderr


def test_a_plan_that_cannot_be_read_is_named_and_ends_with_1(garage: Server) -> None:
    with garage.database.writing() as session:
        oil = session.get_one(MaintenancePlan, "oil")
        oil.rule = "FREQ=NEVER"

    result = run(garage, "run", "--dry-run", "--until", "2026-12-05")

    assert result.exit_code == 1
    assert "«\u00a0FREQ=NEVER\u00a0» n’est pas une règle de calendrier" in result.stdout
    assert "grease" in result.stdout


def test_plans_are_listed_with_how_they_come_back_and_what_came_of_them(garage: Server) -> None:
    run(garage, "run")

    told = {line["plan"]: line for line in lines(run(garage, "list", "--json"))}

    assert told["oil"]["rhythm"] == "tous les 6 mois"
    assert told["oil"]["occurrences"] == {"generated": 1}
    assert told["grease"]["title"] == "Graissage"
    assert "tous les 6 mois" in run(garage, "list").stdout


def test_three_at_the_same_moment_make_everything_once(garage: Server) -> None:
    url = garage.database.engine.url.render_as_string(hide_password=False)
    command = voirie("plans", "run", "--until", "2100-01-01", "--database", url)

    every = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    ended = [process.wait(timeout=120) for process in every]

    assert 0 in ended
    assert occurrences(garage) == ["grease", "oil"]
    with garage.database.reading() as session:
        made = session.scalars(select(WorkOrder.id).where(WorkOrder.source == "plan")).all()
    assert set(made) == {each.id for each in garage.rows(Occurrence)}


@pytest.fixture
def two_servers(
    garage: Server, tmp_path: Path, unused_ports: tuple[int, int]
) -> Iterator[tuple[Running, Running]]:
    url = garage.database.engine.url.render_as_string(hide_password=False)
    both = tuple(
        Running(
            ["serve", "--no-office", "--port", str(port), "--database", url,
             "--data", str(tmp_path / str(port))],
            f"http://127.0.0.1:{port}/health",
            tmp_path / f"{port}.log",
        )
        for port in unused_ports
    )  # fmt: skip
    with all_killed(*both):
        yield both[0], both[1]


def test_two_servers_of_a_town_make_the_orders_of_its_plans_by_themselves(
    garage: Server, two_servers: tuple[Running, Running]
) -> None:
    for server in two_servers:
        server.up()

    wait_until_made(garage)

    assert occurrences(garage).count("oil") == 1


def wait_until_made(garage: Server) -> None:
    for _ in range(400):
        if occurrences(garage):
            return
        subprocess.run([sys.executable, "-c", "pass"], check=True)
    raise AssertionError("no server has worked the plans out")


@pytest.fixture
def unused_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        for probe in (one, two):
            probe.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def test_the_demo_s_plans_can_all_be_worked_out(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.sqlite'}"
    database = open_database(url)
    migrate(database)
    fill_town(database, now=NOW)
    with database.reading() as session:
        worked = work_out(session, now=NOW)
    database.close()

    assert (worked.broken, worked.empty, worked.unread) == ([], [], [])
    assert worked.found

"""The forecast on the command line, and shops' calendars at their secret addresses."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import typer
from typer.testing import CliRunner, Result

from sync_server.cli import plans_ahead, register
from sync_server.generation import generate
from sync_server.tables import ShopFeed
from tests.server.garage import a_plan, fill_garage
from tests.server.listening import Caller, calling
from tests.sync.rig import Server, an_id, insert

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """The garage has 4 hours a week, and a plan of 3 hours every Monday on truck 201."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plans_ahead, "clock", lambda: NOW)
    fill_garage(served)
    common: dict[str, Any] = {"class_code": None, "shop": "garage"}
    served.write(
        insert("shop", code="garage", name="Garage", weekly_hours=4.0),
        insert("shop", code="voirie", name="Voirie"),
        a_plan("P-1", rule="FREQ=WEEKLY;BYDAY=MO", asset_id="201", estimated_hours=3.0,
               lead_days=5, **common),
        a_plan("P-2", rule="FREQ=MONTHLY;INTERVAL=6", floating=True, starts_on="2026-12-09",
               asset_id="205", estimated_hours=2.0, **common),
        a_plan("P-3", rule="FREQ=WEEKLY", asset_id="202", **{**common, "shop": "voirie"}),
    )  # fmt: skip
    return served


def run(garage: Server, *arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(app, ["plans", *arguments, "--database", url])


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_hours_of_each_week_stand_beside_what_the_shop_has(garage: Server) -> None:
    told = lines(run(garage, "forecast", "--months", "1", "--json"))

    assert [line for line in told if line["shop"] == "garage"][:2] == [
        {"shop": "garage", "week": "2026-W49", "hours": 3.0, "capacity": 4.0, "over": 0.0},
        {"shop": "garage", "week": "2026-W50", "hours": 5.0, "capacity": 4.0, "over": 1.0},
    ]


def test_of_a_unit_it_tells_what_is_next_and_why(garage: Server) -> None:
    told = lines(run(garage, "forecast", "--asset", "205", "--json", "--lang", "fr"))

    assert told == [
        {"plan": "P-2", "title": "Vidange", "due": "2026-12-09", "earliest": "2026-12-09",
         "latest": "2026-12-09", "why": "pour la première fois"},
    ]  # fmt: skip


def test_a_unit_that_is_none_is_told(garage: Server) -> None:
    result = run(garage, "forecast", "--asset", "999")

    assert (result.exit_code, "999" in result.stderr) == (2, True)


def an_address(garage: Server, shop: str = "garage") -> str:
    result = run(garage, "feed", shop)
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


@pytest.fixture
def client(garage: Server) -> Iterator[Caller]:
    garage.clock.now = NOW
    with calling(garage) as caller:
        yield caller


def events(client: Caller, address: str) -> list[Any]:
    answer = client.ask("GET", address)
    assert (answer.status_code, answer.headers["content-type"]) == (
        200, "text/calendar; charset=utf-8",
    )  # fmt: skip
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_calendar_shows_what_is_ordered_and_what_is_foreseen(
    garage: Server, client: Caller
) -> None:
    generate(garage.database, now=NOW, new_id=an_id)

    told = events(client, an_address(garage))

    first, second, third = sorted(told, key=lambda event: event["DTSTART"].dt)[:3]
    assert (first["SUMMARY"], first["DTSTART"].dt, first["STATUS"]) == (
        "P-1 · Vidange · 201", date(2026, 11, 30), "CONFIRMED",
    )  # fmt: skip
    assert "selon le calendrier (chaque semaine)" in first["DESCRIPTION"]
    assert (second["DTSTART"].dt, second["STATUS"]) == (date(2026, 12, 7), "TENTATIVE")
    assert third["SUMMARY"] == "P-2 · Vidange · 205"
    assert all("P-3" not in event["SUMMARY"] for event in told), "another shop's"
    assert len({event["UID"] for event in told}) == len(told)


def test_an_event_keeps_its_identity_from_one_reading_to_the_next(
    garage: Server, client: Caller
) -> None:
    address = an_address(garage)

    first, again = ({event["UID"] for event in events(client, address)} for _ in range(2))

    assert first == again


def test_an_address_that_is_none_or_none_any_more_shows_nothing(
    garage: Server, client: Caller
) -> None:
    old = an_address(garage)
    new = an_address(garage)

    assert client.ask("GET", old).status_code == 404
    assert client.ask("GET", "/calendars/guess.ics").status_code == 404
    assert client.ask("GET", new).status_code == 200


def test_the_secret_is_not_kept(garage: Server) -> None:
    secret = an_address(garage).removeprefix("/calendars/").removesuffix(".ics")

    (kept,) = garage.rows(ShopFeed)

    assert len(secret) >= 43
    assert secret not in kept.secret_hash


def test_a_shop_that_is_none_gets_no_address(garage: Server) -> None:
    result = run(garage, "feed", "cuisine")

    assert (result.exit_code, "cuisine" in result.stderr) == (2, True)

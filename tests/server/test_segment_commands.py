"""`voirie segment`, as a person types it: dry runs, undo, what is along a street, what it cost."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.database import Database, open_database
from asset_model.facts import MaterialUsed, TimeWorked
from asset_model.meters import Meter, MeterReading
from asset_model.people import Person
from asset_model.upkeep import OutsideCost, Rate
from asset_model.work_orders import WorkOrder
from sync_server import desk
from tests.network.ground import an_id, on, place, street
from tests.network.served import served
from tests.network.test_commands import voirie
from tests.sync import town

MAY = datetime(2026, 5, 4, 12, tzinfo=UTC)
NEW_ID = town.ids(15, town.Clock())


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A street of 100 m with a pothole from 10 to 30 m, a sign, and a condition of 62."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    database = served(
        folder,
        street("TR-1", (0, 0), (100, 0), name="Rue du Lac"),
        street("TR-2", (100, 0), (200, 0), name="Rue du Lac"),
        on("sign", "PA-1", (80, 5)),
    )
    write(database, *_work(), *_condition())
    database.close()
    return folder


def write(database: Database, *rows: Any) -> None:
    with database.writing() as session:
        changes = [desk.inserted(row, new_id=NEW_ID) for row in rows]
        desk.write(session, changes, now=town.START, new_id=NEW_ID)


def _work() -> list[Any]:
    """Two hours at 40 $, an invoice of 20 $, and asphalt that nobody has given a price."""
    return [
        Rate(
            id=an_id("rate"), kind="labour", code="crew_member", since=date(2026, 1, 1), amount=40,
        ),
        Person(id=an_id("luc"), name="Luc", role="crew_member"),
        WorkOrder(
            id=an_id("hole"), title="Nid-de-poule", kind="corrective", priority=2, status="closed",
            asset_id=an_id("TR-1"), source="person", created_at=MAY, from_m=10.0, to_m=30.0,
            side="right",
        ),
        TimeWorked(
            id=an_id("hours"), work_order_id=an_id("hole"), person_id=an_id("luc"),
            started_at=MAY, ended_at=MAY + timedelta(hours=2),
        ),
        OutsideCost(
            id=an_id("bill"), work_order_id=an_id("hole"), person_id=an_id("luc"),
            supplier="Pavage Roy", invoiced_on=date(2026, 5, 5), amount=20.0,
        ),
        MaterialUsed(
            id=an_id("mix"), work_order_id=an_id("hole"), person_id=an_id("luc"),
            part_id=an_id("part"), quantity=3.0, used_at=MAY,
        ),
    ]  # fmt: skip


def _condition() -> list[Any]:
    return [
        Meter(
            id=an_id("pci"), asset_id=an_id("TR-1"), measure="pci", unit="", kind="gauge",
            installed_at=MAY - timedelta(days=900),
        ),
        MeterReading(
            id=an_id("read"), meter_id=an_id("pci"), asset_id=an_id("TR-1"), value=62.0,
            taken_at=MAY, source="person",
        ),
    ]  # fmt: skip


def told(*arguments: object) -> dict[str, Any]:
    done = voirie("segment", *arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    return found


def said(*arguments: object) -> str:
    done = voirie("segment", *arguments)
    assert done.exit_code == 0, done.output
    return done.output


def standing(data: Path) -> set[str]:
    database = open_database(f"sqlite:///{data / 'server.sqlite'}")
    with database.reading() as session:
        query = select(Asset.tag).where(Asset.status != "retired")
        tags = set(session.scalars(query))
    database.close()
    return tags


def test_a_dry_run_tells_all_and_changes_nothing(data: Path) -> None:
    before = standing(data)
    page = said("merge", "TR-1", "TR-2", "--dry-run", "--lang", "fr", "--data", data)

    assert "TR-1-1 est créé\u00a0: 200 m" in page
    assert "TR-2 est retiré" in page
    assert "Rien n’a été changé" in page
    assert standing(data) == before


def test_an_edit_names_the_file_that_takes_it_back(data: Path) -> None:
    before = standing(data)
    page = said("split", "TR-1", "--at", "20", "--lang", "en", "--data", data)
    file = page.split("voirie segment undo ")[1].strip()
    assert "TR-1-1" in standing(data)

    back = said("undo", file, "--lang", "en", "--data", data)

    assert "TR-1 stands again" in back
    assert standing(data) == before


def test_a_street_is_redrawn_from_a_file(data: Path, tmp_path: Path) -> None:
    drawn = {"type": "LineString", "coordinates": [place(0, 0), place(50, 20), place(100, 0)]}
    file = tmp_path / "line.geojson"
    file.write_text(json.dumps({"type": "Feature", "geometry": drawn, "properties": {}}))

    page = said("realign", "TR-1", file, "--lang", "en", "--data", data)

    assert "TR-1 is drawn anew: 107.7 m" in page


@pytest.mark.parametrize("content", ["", "[]", '{"type": "Point", "coordinates": [1, 2]}'])
def test_a_file_without_a_line_is_refused(data: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "line.geojson"
    file.write_text(content)

    done = voirie("segment", "realign", "TR-1", file, "--lang", "en", "--data", data)

    assert (done.exit_code, "The new line cannot be used" in done.output) == (2, True)


def test_a_file_that_is_no_undo_is_refused(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("{}")

    assert voirie("segment", "undo", file, "--data", data).exit_code == 2


def test_what_is_along_a_street_is_told_by_measure(data: Path) -> None:
    found = told("events", "TR-1", "--data", data)["events"]

    assert [(each["kind"], each["from_m"], each["to_m"]) for each in found] == [
        ("condition", 0, pytest.approx(100, abs=0.1)),
        ("work", 10, 30),
        ("asset", pytest.approx(80, abs=0.1), pytest.approx(80, abs=0.1)),
    ]
    assert found[1]["side"] == "right"
    only = told("events", "TR-1", "--from", "70", "--data", data)["events"]
    assert [each["kind"] for each in only] == ["condition", "asset"]


def test_what_was_along_a_street_is_told_by_the_measures_of_its_piece(data: Path) -> None:
    said("split", "TR-1", "--at", "20", "--data", data)

    found = told("events", "TR-1-2", "--data", data)["events"]

    work = next(each for each in found if each["kind"] == "work")
    assert (work["from_m"], work["to_m"]) == pytest.approx((0, 10), abs=0.1)
    assert (work["segment"], work["side"]) == ("TR-1", "right")


def test_the_report_adds_up_work_cost_and_condition(data: Path) -> None:
    report = told("report", "--data", data)

    first, second = report["segments"]
    assert (first["orders"], first["hours"], first["cost"]) == (1, 2, 100)
    assert first["cost_per_km"] == pytest.approx(1000, abs=2)
    assert first["unpriced"] == 1
    assert first["conditions"] == [{"measure": "pci", "value": 62, "read_on": "2026-05-04"}]
    assert (second["orders"], second["cost"]) == (0, 0)
    total = report["total"]
    assert (total["segments"], total["orders"], total["cost"]) == (2, 1, 100)
    assert total["cost_per_km"] == pytest.approx(500, abs=1)
    assert total["conditions"][0]["share_of_length"] == pytest.approx(0.5, abs=0.01)


def test_work_before_a_cut_is_shared_among_the_pieces_it_touches(data: Path) -> None:
    said("split", "TR-1", "--at", "20", "--at", "60", "--data", data)

    costs = {line["tag"]: line["cost"] for line in told("report", "--data", data)["segments"]}

    assert costs == {"TR-1-1": 50, "TR-1-2": 50, "TR-1-3": 0, "TR-2": 0}


def test_work_outside_the_days_is_left_out(data: Path) -> None:
    report = told("report", "--from", "2026-06-01", "--to", "2026-06-30", "--data", data)

    assert (report["total"]["orders"], report["total"]["cost"]) == (0, 0)


def test_the_report_is_told_in_french_too(data: Path) -> None:
    page = said("report", "TR-1", "--lang", "fr", "--data", data)

    assert "TR-1 Rue du Lac\u00a0: 100 m · 1 bon(s), 0 ouvert(s) · 2 h · 100\u00a0$" in page
    assert "1 sans taux" in page


def test_a_segment_that_is_not_there_is_named(data: Path) -> None:
    for command in ("events", "report"):
        done = voirie("segment", command, "TR-9", "--data", data)
        assert (done.exit_code, "TR-9" in done.output) == (2, True)

"""`voirie check network`: it lists, maps, mends what is safe, and takes it back."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import Result

from asset_model.assets import Asset
from asset_model.database import Database, open_database
from sync_server import desk
from tests.network.ground import an_id, on, pipe
from tests.network.served import served
from tests.network.test_commands import voirie
from tests.sync import town

DRAWN = (
    pipe("CD-1", (0, 0), (100, 0), diameter_mm=150),
    pipe("CD-2", (100.3, 0), (200, 0), diameter_mm=200),
    pipe("CD-3", (100.3, 0), (200, 0), diameter_mm=200),
    on("hydrant", "BI-1", (150, 4)),
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_CA.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    served(tmp_path / "data", *(copy(row) for row in DRAWN)).close()
    return tmp_path / "data"


def copy(row: Asset) -> Asset:
    columns = {column.name: getattr(row, column.name) for column in Asset.__table__.columns}
    return Asset(**columns)


def check(data: Path, *arguments: object) -> Result:
    return voirie("check", "network", *arguments, "--data", data)


def codes(data: Path) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = json.loads(check(data, "--json").output)
    return sorted((fault["code"], fault["tags"][0]) for fault in found)


def standing(data: Path) -> dict[str, tuple[str, Any]]:
    with opened(data).reading() as session:
        rows = session.execute(select(Asset.tag, Asset.status, Asset.geometry))
        return {tag: (status, geometry) for tag, status, geometry in rows}


def opened(data: Path) -> Database:
    return open_database(f"sqlite:///{data / 'server.sqlite'}")


def mends(data: Path) -> Path:
    (file,) = data.parent.glob("voirie-mended-*.json")
    return file


FOUND = [("duplicate", "CD-3"), ("ends_apart", "CD-1")]


def test_what_is_wrong_is_listed_and_changes_nothing(data: Path) -> None:
    before = standing(data)

    result = check(data)

    assert result.exit_code == 1
    assert "CD-3, CD-2: drawn twice" in result.output
    assert set(FOUND) <= set(codes(data))
    assert standing(data) == before


def test_a_sound_network_ends_with_nought(tmp_path: Path) -> None:
    served(tmp_path / "data", copy(DRAWN[0])).close()

    result = check(tmp_path / "data")

    assert (result.exit_code, "Nothing is wrong" in result.output) == (0, True)


def test_the_map_has_a_point_for_each(data: Path, tmp_path: Path) -> None:
    check(data, "--map", tmp_path / "faults.geojson")

    drawn = json.loads((tmp_path / "faults.geojson").read_text())
    assert len(drawn["features"]) == len(codes(data))
    assert drawn["features"][0]["geometry"]["type"] == "Point"


def test_mending_snaps_the_ends_and_retires_the_double(data: Path) -> None:
    check(data, "--mend")

    after = standing(data)
    assert after["CD-3"][0] == "retired"
    assert after["CD-1"][1]["coordinates"][-1] == pytest.approx(
        after["CD-2"][1]["coordinates"][0], abs=2e-7
    )
    assert codes(data) == []


def test_an_undo_puts_everything_back(data: Path) -> None:
    before = standing(data)
    check(data, "--mend")

    result = check(data, "--undo", mends(data))

    assert "2 asset(s) are as they were" in result.output
    assert standing(data) == before


def test_an_undo_leaves_what_somebody_changed_since(data: Path) -> None:
    check(data, "--mend")
    change = desk.edited(
        "asset", an_id("CD-3"), {"status": "retired"}, {"status": "in_service"},
        new_id=town.ids(8, town.Clock()),
    )  # fmt: skip
    with opened(data).writing() as session:
        desk.write(session, [change], now=town.START, new_id=town.ids(9, town.Clock()))

    result = check(data, "--undo", mends(data))

    assert "CD-3 was changed since" in result.output
    assert standing(data)["CD-3"][0] == "in_service"


def test_what_carries_something_is_not_retired(data: Path, tmp_path: Path) -> None:
    with_valve = served(tmp_path / "other", *(copy(row) for row in DRAWN))
    change = desk.inserted(on("valve", "VA-1", (150, 0), "CD-3"), new_id=town.ids(6, town.Clock()))
    with with_valve.writing() as session:
        desk.write(session, [change], now=town.START, new_id=town.ids(7, town.Clock()))
    with_valve.close()

    check(tmp_path / "other", "--mend")

    assert standing(tmp_path / "other")["CD-3"][0] == "in_service"


def test_an_undo_file_that_is_not_one_is_told(data: Path, tmp_path: Path) -> None:
    assert check(data, "--undo", tmp_path / "none.json").exit_code == 2

"""What is exported and imported into an empty town is what it was."""

import json
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pytest
import shapely
import typer
from sqlalchemy import select
from typer.testing import CliRunner, Result

from asset_model.assets import Asset
from asset_model.base import BOOKKEEPING
from asset_model.codec import columns_of
from asset_model.database import open_database
from asset_model.people import District
from gis.short_names import short_names
from sync_server.cli.export import export
from sync_server.cli.importing import import_file
from sync_server.schema import migrate
from tests.layers import town

FORMATS = ("gpkg", "geojson", "shp", "csv", "xml")
PLACED = ("road_segment", "hydrant", "sector", "street_light", "service_connection")
UNPLACED = ("vehicle",)
DERIVED = {"length_m", "west", "south", "east", "north"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_CA.UTF-8")
    database = open_database(f"sqlite:///{tmp_path / 'full.sqlite'}")
    town.fill(database)
    database.close()
    return tmp_path


def run(command: Any, *arguments: str) -> Result:
    app = typer.Typer()
    app.command()(command)
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def url(name: str) -> str:
    return f"sqlite:///{name}.sqlite"


def exported(form: str, *arguments: str) -> Path:
    result = run(export, "--as", form, "--people", "--json", "--database", url("full"), *arguments)
    return Path(json.loads(result.stdout.splitlines()[-1])["file"])


def brought_in(file: Path, code: str, into: str, *arguments: str) -> dict[str, int]:
    result = run(
        import_file, str(file), "--as", code, "--json", "--database", url(into), *arguments
    )
    told: dict[str, int] = json.loads(result.stdout.splitlines()[-1])
    return told


def assets(name: str, code: str) -> dict[str, dict[str, Any]]:
    """By tag, everything that is known of an asset."""
    database = open_database(url(name))
    with database.reading() as session:
        found = session.scalars(select(Asset).where(Asset.class_code == code)).all()
        told = {a.tag: {"id": a.id, **columns_of(a)} for a in found}
    database.close()
    return told


def shape(columns: dict[str, Any]) -> Any:
    """A polygon's rings may begin elsewhere and turn the other way: shapefiles ask for it."""
    return shapely.normalize(shapely.geometry.shape(columns["geometry"]))


@pytest.mark.parametrize("code", [*PLACED, *UNPLACED])
@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_town_gets_the_assets_as_they_were(folder: Path, form: str, code: str) -> None:
    file = exported(form, "--class", code)

    told = brought_in(file, code, "empty")

    before, after = assets("full", code), assets("empty", code)
    assert (told["created"], told["refused"]) == (len(before), 0)
    assert after.keys() == before.keys()
    for tag, was in before.items():
        now = after[tag]
        moved = {n for n in was if was[n] != now[n]} - BOOKKEEPING - DERIVED - {"geometry"}
        assert {name: (was[name], now[name]) for name in moved} == {}
        assert (was["geometry"] is None) == (now["geometry"] is None) == (code in UNPLACED)
        assert code in UNPLACED or shapely.equals_exact(shape(was), shape(now), 0)
        assert (now["length_m"] or 0) == pytest.approx(was["length_m"] or 0, rel=1e-4)


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_tells_the_grade_of_an_asset_when_and_where_it_goes(folder: Path, form: str) -> None:
    file = exported(form, "--class", "road_segment")

    whole = ("condition_grade", "condition_at", "condition_trend")
    names = short_names(whole) if form == "shp" else {name: name for name in whole}
    # Beside the layer of a GeoPackage lies that of the styles.
    layer = {"layer": "road_segment"} if form == "gpkg" else {}
    read = geopandas.read_file(f"zip://{file}" if form == "shp" else file, **layer)
    told = read.set_index("tag")[[names[name] for name in whole]]
    grade, at, trend = told.loc["TR-1"]
    assert (float(grade), str(at)[:10], trend) == (4, "2026-06-02", "worse")
    assert all(pd.isna(value) or value == "" for value in told.loc["TR-2"])


@pytest.mark.parametrize("form", FORMATS)
def test_an_import_into_the_town_it_comes_from_changes_nothing(folder: Path, form: str) -> None:
    file = exported(form, "--class", "road_segment")

    told = brought_in(file, "road_segment", "full")

    # A shape is redrawn where its length was measured in another way: by a centimetre here.
    assert (told["created"], told["unchanged"] + told["updated"], told["missing"]) == (0, 3, 0)
    assert assets("full", "road_segment").keys() == {"TR-1", "TR-2", "TR-3"}


def test_a_geopackage_of_everything_gives_back_each_of_its_layers(folder: Path) -> None:
    file = exported("gpkg")

    created = {code: brought_in(file, code, "empty", "--layer", code)["created"] for code in PLACED}

    assert created == {code: len(assets("full", code)) for code in PLACED}


def test_districts_come_with_the_assets_that_lie_in_them(folder: Path) -> None:
    brought_in(exported("csv", "--class", "hydrant"), "hydrant", "empty")

    database = open_database(url("empty"))
    with database.reading() as session:
        found = {(d.code, d.name) for d in session.scalars(select(District))}
    database.close()
    assert found == {("N", "Nord")}


def test_what_was_edited_in_the_file_and_nothing_else_changes(folder: Path) -> None:
    file = exported("csv", "--class", "hydrant")
    text = file.read_text(encoding="utf-8-sig").replace("out_of_service", "in_service")
    file.write_text(text.replace(",0012,", ",0013,"), encoding="utf-8-sig")

    told = brought_in(file, "hydrant", "full")

    hydrants = assets("full", "hydrant")
    assert (told["updated"], told["unchanged"]) == (1, 1)
    assert (hydrants["BF-1"]["status"], hydrants["BF-1"]["attributes"]["label"]) == (
        "in_service",
        "0013",
    )


def test_an_asset_that_is_nobody_s_any_more_is_not_moved_to_a_district_nearby(
    folder: Path,
) -> None:
    database = open_database(url("empty"))
    migrate(database)
    database.close()

    brought_in(exported("geojson", "--class", "hydrant"), "hydrant", "empty")

    assert assets("empty", "hydrant")["BF-1"]["district_id"] is None

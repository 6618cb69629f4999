"""`voirie export`: what it selects, what it says, how it ends, what is in the files."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pyogrio
import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.assets import Asset
from asset_model.database import open_database
from gis.short_names import short_names
from sync_server.cli.export import export
from tests.layers import town


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_CA.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    database = open_database(f"sqlite:///{tmp_path / 'town.sqlite'}")
    town.fill(database)
    database.close()
    return tmp_path


def run(form: str, *arguments: str) -> Result:
    app = typer.Typer()
    app.command()(export)
    return CliRunner().invoke(
        app, ["--as", form, "--database", "sqlite:///town.sqlite", *arguments]
    )


def told(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    line: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return line


EVERYTHING = {
    "hydrant": 2, "road_segment": 3, "sector": 1, "service_connection": 1, "street_light": 1,
    "vehicle": 1, "closures": 2, "passes": 1, "work_orders": 3,
}  # fmt: skip


def test_without_a_choice_everything_is_in_one_geopackage(folder: Path) -> None:
    line = told(run("gpkg", "--json"))

    assert line == {"layers": EVERYTHING, "features": 15, "file": "voirie.gpkg", "beside": []}
    assert {str(name) for name, _ in pyogrio.list_layers("voirie.gpkg")} == {
        *EVERYTHING,
        "layer_styles",
    }


@pytest.mark.parametrize(
    ("chosen", "layers"),
    [
        (["--class", "hydrant"], {"hydrant": 2}),
        (["--class", "hydrant", "--district", "N"], {"hydrant": 1}),
        (
            ["--district", "N"],
            {"closures": 2, "hydrant": 1, "passes": 1, "road_segment": 1, "work_orders": 1},
        ),
        (["--where", "status=planned"], {"road_segment": 1, "work_orders": 1}),
        (["--where", "road_class=local"], {"road_segment": 1}),
        (["--where", "one_way=true"], {"road_segment": 1}),
        (["--where", "speed_limit_kmh=40"], {"road_segment": 1}),
        (["--where", "installed_on=1998-05-01"], {"road_segment": 1}),
        (["--where", "name=Chemin = 50 %"], {"road_segment": 1}),
    ],
)
def test_a_dry_run_counts_what_is_selected_and_writes_nothing(
    folder: Path, chosen: list[str], layers: dict[str, int]
) -> None:
    before = set(folder.iterdir())

    line = told(run("csv", "--dry-run", "--json", *chosen))

    assert (line["layers"], line["file"]) == (layers, None)
    assert set(folder.iterdir()) == before


def test_nothing_selected_ends_with_3_and_leaves_no_file(folder: Path) -> None:
    result = run("csv", "--class", "hydrant", "--where", "status=retired")

    assert (result.exit_code, list(folder.glob("voirie*"))) == (3, [])


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--class", "hydrants"], "There is no layer “hydrants” here. There are: hydrant, road"),
        (["--district", "X"], "There is no district “X”. There are: N."),
        (["--where", "colour=red"], "“colour” is no field of hydrant, road_segment"),
        (["--where", "speed_limit_kmh=fast"], "“fast” does not fit “speed_limit_kmh” (integer)."),
        (["--where", "status"], "write it as FIELD=VALUE"),
        (["--out", "nowhere/town.csv"], "nowhere/town.csv cannot be written: No such file"),
        (["--out", "town.sqlite"], "town.sqlite is there already; --overwrite replaces it."),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_2(
    folder: Path, arguments: list[str], why: str
) -> None:
    before = set(folder.iterdir())

    result = run("csv", *arguments)

    assert result.exit_code == 2
    assert why in " ".join(result.output.split())
    assert set(folder.iterdir()) == before


def test_somebody_s_own_style_beside_the_file_is_not_written_over(folder: Path) -> None:
    (folder / "voirie.qml").write_text("mine")

    result = run("csv", "--class", "hydrant")

    assert (result.exit_code, "voirie.qml is there already" in result.output) == (2, True)
    assert (folder / "voirie.qml").read_text() == "mine"


def test_an_unknown_kind_of_file_is_refused_with_the_kinds_that_there_are() -> None:
    result = run("dwg")

    assert (result.exit_code, "gpkg, geojson, shp, csv, xml" in result.output) == (2, True)


def test_french_is_spoken_where_it_is_asked_for() -> None:
    result = run("csv", "--class", "hydrant", "--lang", "fr")

    assert "Borne-fontaine\u00a0: 2" in result.output


@pytest.mark.parametrize("form", ["gpkg", "geojson", "shp", "csv", "xml"])
def test_names_of_people_and_their_words_stay_here_unless_asked_for(
    folder: Path, form: str
) -> None:
    def words(*arguments: str) -> bool:
        file = Path(told(run(form, "--json", "--overwrite", *arguments))["file"])
        content = file.read_bytes()
        if file.suffix == ".zip":
            with ZipFile(file) as packed:
                content = b"".join(packed.read(name) for name in packed.namelist())
        return any(word in content for word in (b"Luc Tremblay", b"Mme Roy", b"vu deux fois"))

    assert (words(), words("--people")) == (False, True)


def test_a_file_that_fails_half_way_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gis.writing.write_geopackage", full)
    before = set(folder.iterdir())

    result = run("gpkg")

    assert (result.exit_code, "No space left on device" in result.output) == (2, True)
    assert set(folder.iterdir()) == before


def test_a_shapefile_tells_the_names_that_it_cut(folder: Path) -> None:
    result = run("shp", "--class", "road_segment", "--lang", "en")

    names = {
        str(name) for name in pyogrio.read_info("/vsizip/voirie.zip/road_segment.shp")["fields"]
    }
    assert "civic_left_to → civic_le_2" in result.output
    assert {"civic_left", "civic_le_2", "criticalit"} <= names
    assert max(map(len, names)) == 10


def test_a_shapefile_tells_the_texts_that_it_cut(folder: Path) -> None:
    database = open_database("sqlite:///town.sqlite")
    with database.writing() as session:
        street = session.get_one(Asset, town.streets()[0].id)
        street.address = "é" * 200
    database.close()

    result = run("shp", "--class", "road_segment", "--lang", "en")

    assert "cut in: address" in result.output


def test_two_names_that_would_be_cut_alike_stay_two() -> None:
    names = ["civic_left_from", "civic_left_to", "civic_left", "CIVIC_LEFT_X"]

    assert len({short.casefold() for short in short_names(names).values()}) == 4


def test_every_layer_of_a_geopackage_opens_in_its_style(folder: Path) -> None:
    run("gpkg", "--lang", "fr")

    with closing(sqlite3.connect("voirie.gpkg")) as found:
        styles = found.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, styleSLD FROM layer_styles"
            " WHERE useAsDefault"
        ).fetchall()
    by_layer = {name: (column, fromstring(qml)) for name, column, qml, _ in styles}
    column, roads = by_layer["road_segment"]
    renderer = roads.find("renderer-v2")
    assert by_layer.keys() == EVERYTHING.keys()
    assert (column, by_layer["vehicle"][0]) == ("geom", "")
    assert renderer is not None
    assert (renderer.get("type"), renderer.get("attr")) == ("categorizedSymbol", "road_class")
    symbols = {symbol.get("name") for symbol in renderer.iter("symbol")}
    assert {category.get("symbol") for category in renderer.iter("category")} == symbols
    assert "Rue locale" in {category.get("label") for category in renderer.iter("category")}
    assert {fromstring(sld).tag.partition("}")[2] for *_, sld in styles if sld} == {
        "StyledLayerDescriptor"
    }


def test_a_style_of_a_shapefile_speaks_of_the_names_in_the_shapefile(folder: Path) -> None:
    run("shp", "--class", "road_segment")

    with ZipFile("voirie.zip") as packed:
        style = fromstring(packed.read("road_segment.qml").decode())
    aliases = {alias.get("field"): alias.get("name") for alias in style.iter("alias")}
    assert aliases["speed_limi"] == "Speed limit"


def test_a_csv_has_a_latitude_and_a_longitude_beside_its_shape(folder: Path) -> None:
    run("csv", "--class", "hydrant")

    header, first, *_ = Path("voirie.csv").read_text(encoding="utf-8-sig").splitlines()
    assert header.endswith("wkt,latitude,longitude")
    assert first.endswith((",POINT (-75.7405 45.4301),45.4301,-75.7405",
                           ",POINT (-75.5 45.2),45.2,-75.5"))  # fmt: skip
    assert sorted(path.name for path in folder.glob("voirie.*")) == [
        "voirie.csv", "voirie.qml", "voirie.sld",
    ]  # fmt: skip


def test_an_order_without_a_place_of_its_own_is_where_its_asset_is(folder: Path) -> None:
    run("geojson", "--class", "work_orders")

    document = json.loads(Path("voirie.geojson").read_text(encoding="utf-8"))
    places = {f["properties"]["title"]: f["geometry"] for f in document["features"]}
    longitude, latitude = places["Boucher"]["coordinates"]
    assert (round(longitude, 4), round(latitude, 4)) == (-75.7404, 45.4304)
    assert places["Voir"] == {"type": "Point", "coordinates": [-75.7, 45.4]}
    assert places["Nulle part"] is None

"""The same three pipes, in every format that a town may hand over."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import geopandas
import pandas as pd
import pytest
from shapely import LineString, wkt

from gis.files import read_table
from gis.problems import ImportRefused
from gis.table import Table

LINES = [
    LineString([(-75.74 + n / 100, 45.43), (-75.73 + n / 100, 45.44 + n / 100)]) for n in range(3)
]
NAMES = ["Rue de l’Église", "Chemin d’Aylmer", "Montée Dalton"]
DRIVERS = {
    "gpkg": "GPKG", "geojson": "GeoJSON", "fgb": "FlatGeobuf", "kml": "LIBKML", "gml": "GML",
    "dxf": "DXF", "gdb": "OpenFileGDB", "shp": "ESRI Shapefile",
}  # fmt: skip


def frame() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame({"NOM": NAMES}, geometry=LINES, crs=4326)


def write(folder: Path, suffix: str) -> Path:
    path = folder / f"conduites.{suffix}"
    bare = suffix == "dxf"  # A drawing knows layers and colours, and no columns of ours.
    rows = frame()[["geometry"]] if bare else frame()
    options = {"layer": "conduites"} if suffix == "kml" else {}
    rows.to_file(path, driver=DRIVERS[suffix], **options)
    return path


def shapes(table: Table) -> list[LineString]:
    return [wkt.loads(text) for text in table.frame["_wkt"]]


@pytest.mark.parametrize("suffix", DRIVERS)
def test_every_format_gives_the_same_lines(tmp_path: Path, suffix: str) -> None:
    table = read_table(write(tmp_path, suffix))

    # FlatGeobuf puts rows in the order of its index.
    found = sorted(shapes(table), key=lambda line: line.bounds)
    assert len(found) == 3
    for shape, line in zip(found, LINES, strict=True):
        assert shape.hausdorff_distance(line) < 1e-6


@pytest.mark.parametrize("suffix", sorted(set(DRIVERS) - {"dxf"}))
def test_every_format_with_columns_gives_their_accents(tmp_path: Path, suffix: str) -> None:
    table = read_table(write(tmp_path, suffix))

    assert sorted(table.frame["NOM"]) == sorted(NAMES)


def test_a_drawing_says_no_coordinate_system(tmp_path: Path) -> None:
    assert set(read_table(write(tmp_path, "dxf")).frame["_crs"]) == {""}


def test_reading_a_gml_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path, "gml")
    before = sorted(file.name for file in tmp_path.iterdir())

    read_table(path)

    assert sorted(file.name for file in tmp_path.iterdir()) == before


@pytest.mark.parametrize("suffix", ["shp", "gdb", "gpkg", "kml"])
def test_what_is_zipped_is_read_as_it_is(tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    write(folder, suffix)
    packed = shutil.make_archive(str(tmp_path / "envoi"), "zip", tmp_path, "export")

    assert len(read_table(Path(packed)).frame) == 3


def test_a_zip_that_holds_nothing_of_use_says_so(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "envoi.zip", "w") as packed:
        packed.writestr("lisez-moi.txt", "Bonjour")

    with pytest.raises(ImportRefused, match="cannot be read"):
        read_table(tmp_path / "envoi.zip")


def test_a_layer_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = write(tmp_path, "gpkg")

    with pytest.raises(ImportRefused, match="no layer “rues”; there are: conduites"):
        read_table(path, layer="rues")


def test_utf_8_that_a_shapefile_calls_latin_1_is_put_right_and_told(tmp_path: Path) -> None:
    path = write(tmp_path, "shp")
    path.with_suffix(".cpg").write_text("ISO-8859-1")

    table = read_table(path)

    assert table.frame["NOM"].tolist() == NAMES
    assert [notice.code for notice in table.notices] == ["encoding_mended"]


def test_names_that_only_look_foreign_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rues.gpkg"
    rows = frame()
    rows["NOM"] = ["Ã l’Érable", "Rue Ångström", "Côte-Sainte-Catherine"]
    rows.to_file(path)

    table = read_table(path)

    assert (table.frame["NOM"].tolist(), table.notices) == (rows["NOM"].tolist(), ())


@pytest.mark.parametrize(
    ("content", "notice"),
    [
        ("ID,NOM\na,Église\n".encode("cp1252"), "encoding_guessed"),
        ("ID,NOM\na,Église\n".encode("utf-16"), "encoding_guessed"),
        ("ID,NOM\na,Église Élan Été".encode() + b"\xff\n", "encoding_broken"),
        ("field_1,field_2\nID,NOM\na,Église\n".encode(), "header_generic"),
    ],
)
def test_what_was_guessed_to_read_a_file_is_told(
    tmp_path: Path, content: bytes, notice: str
) -> None:
    path = tmp_path / "rues.csv"
    path.write_bytes(content)

    table = read_table(path)

    assert table.frame["NOM"].iloc[0].startswith("Église")
    assert [told.code for told in table.notices] == [notice]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("12,LINESTRING (0 0; 1 1)\n13,x\n", "header_is_data"),
        ("POINT (1 2),a\nPOINT (1 3),b\n", "header_is_data"),
        ("Rues de la ville\nID,NOM\na,Rue\nb,Rue\n", "header_late"),
    ],
)
def test_a_first_line_that_is_no_header_is_told(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "rues.csv"
    path.write_text(content)

    with pytest.raises(ImportRefused) as refusal:
        read_table(path)
    assert [problem.code for problem in refusal.value.problems] == [code]


def test_the_separator_that_a_spreadsheet_announces_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "rues.csv"
    path.write_text("sep=|\nID|NOM\na|Rue, du Lac\n")

    assert read_table(path).frame["NOM"].tolist() == ["Rue, du Lac"]


def test_empty_cells_of_a_layer_are_empty_and_not_the_word_nan(tmp_path: Path) -> None:
    rows = frame()
    rows["AN"] = pd.array([1998, None, 2004], dtype="Int64")
    rows.to_file(tmp_path / "conduites.gpkg")

    assert read_table(tmp_path / "conduites.gpkg").frame["AN"].tolist() == ["1998", "", "2004"]

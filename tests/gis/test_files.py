"""Files are read whatever their encoding and separator, and refused rows come back mended."""

import csv
from pathlib import Path

import geopandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from gis.delimited import cut
from gis.files import read_table, write_refused
from gis.problems import ImportRefused
from tests.gis.builders import LINE, plan_of, plan_of_rows, refusals, row, write_rows


def code_of(path: Path) -> str:
    with pytest.raises(ImportRefused) as refusal:
        read_table(path)
    return refusal.value.problems[0].code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_are_read_in_the_encodings_of_town_halls(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rues.csv"
    path.write_text("ID,NOM\na,Rue de l’Église\n", encoding=encoding)

    assert read_table(path).frame.loc[2, "NOM"] == "Rue de l’Église"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    path = write_rows(tmp_path / "rues.csv", row("a"), delimiter=delimiter)

    assert refusals(plan_of(path)) == []


def test_two_columns_with_decimal_commas_make_points(tmp_path: Path) -> None:
    path = tmp_path / "bornes.csv"
    path.write_text("ID;LON;LAT\na;-75,74;45,43\nb;-75,74;nord\nc;;\n", encoding="utf-8")

    plan = plan_of(
        path,
        **{"class": "hydrant", "name": "{ID}", "attributes": {}},
        geometry={"longitude": "LON", "latitude": "LAT", "crs": "EPSG:4326"},
    )

    assert plan.drafts[0].geometry == {"type": "Point", "coordinates": [-75.74, 45.43]}
    assert refusals(plan) == [(3, "coordinate_unreadable"), (4, "geometry_missing")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rues.xlsx", b"PK", "file_kind"),
        ("rues.csv", b"", "file_empty"),
        ("rues.csv", b"ID,NOM\n", "file_empty"),
        ("rues.csv", b"ID,NOM\na,\x00\n", "file_unreadable"),
        ("rues.csv", b'ID,NOM\na,"Rue\nb,Rue\n', "quote_unclosed"),
        ("rues.geojson", b"{}", "file_unreadable"),
        ("rues.zip", b"PK", "file_unreadable"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert code_of(path) == code


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert code_of(tmp_path / "rues.csv") == "file_missing"


def test_a_file_of_several_layers_asks_which(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame({"ID": ["a"]}, geometry=[LineString([(0, 0), (1, 1)])], crs=4326)
    for layer in ("rues", "ponts"):
        frame.to_file(tmp_path / "ville.gpkg", layer=layer)

    assert code_of(tmp_path / "ville.gpkg") == "layers_several"
    assert len(read_table(tmp_path / "ville.gpkg", layer="ponts").frame) == 1


@pytest.mark.parametrize("name", ["rues.gpkg", "rues.geojson"])
def test_a_layer_is_read_like_the_text_it_could_have_been(tmp_path: Path, name: str) -> None:
    line = LineString([(-75.74, 45.43), (-75.75, 45.44)])
    cells = {"ID": ["a", "b"], "NOM": ["Rue Élan", None], "VITESSE": [40.0, 50.0]}
    frame = geopandas.GeoDataFrame(
        cells | {"UNIQUE": ["Oui", "Non"]}, geometry=[line, None], crs=4326
    )
    frame.to_file(tmp_path / name)

    plan = plan_of(tmp_path / name, geometry={})

    assert plan.drafts[0].attributes == {"speed_limit_kmh": 40, "one_way": True}
    assert refusals(plan) == [(2, "geometry_missing")]


def test_refused_rows_are_written_as_they_were_with_number_and_reason(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a"), row("b", VITESSE="vite"), row("c"))

    path = write_refused(plan.table, plan.reasons("fr"), fallback=tmp_path)

    assert path == tmp_path / "rues.refused.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        (written,) = csv.DictReader(stream)
    assert {name: written[name] for name in row("b")} == row("b", VITESSE="vite")
    assert written["_row"] == "3"
    assert "n’est pas un nombre entier" in written["_reason"]


def test_mended_rows_are_read_with_the_same_mapping(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a"), row("b", FORME="LINESTRING (-75.74 45.43)"))
    path = write_refused(plan.table, plan.reasons("fr"), fallback=tmp_path)
    mended = path.read_text(encoding="utf-8-sig").replace(
        "LINESTRING (-75.74 45.43)", f'"{LINE}"', 1
    )
    path.write_text(mended, encoding="utf-8-sig")

    again = plan_of(path)

    assert [draft.source_key for draft in again.drafts] == ["b"]
    assert refusals(again) == []


def test_refused_shapes_of_a_layer_come_back_with_their_system(tmp_path: Path) -> None:
    line = LineString([(-75.74, 45.43), (-75.75, 45.44)])
    frame = geopandas.GeoDataFrame(
        {"ID": ["a"], "NOM": ["Rue Élan"], "VITESSE": ["vite"], "UNIQUE": ["Oui"]},
        geometry=[line],
        crs=4326,
    ).to_crs(32189)
    frame.to_file(tmp_path / "rues.gpkg")
    plan = plan_of(tmp_path / "rues.gpkg", geometry={})
    path = write_refused(plan.table, plan.reasons("en"), fallback=tmp_path)
    path.write_text(path.read_text("utf-8-sig").replace("vite", "50", 1), encoding="utf-8-sig")

    (draft,) = plan_of(path, geometry={}).drafts

    assert (draft.east, draft.south) == pytest.approx((-75.74, 45.43), abs=1e-6)


def test_a_file_of_refused_rows_is_never_written_over(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a", FORME=""))
    first = write_refused(plan.table, plan.reasons("en"), fallback=tmp_path)
    same = write_refused(plan.table, plan.reasons("en"), fallback=tmp_path)
    first.write_text("being mended")

    other = write_refused(plan.table, plan.reasons("en"), fallback=tmp_path)

    assert (same, other.name) == (first, "rues.refused-2.csv")
    assert first.read_text() == "being mended"


@given(
    st.lists(
        st.lists(st.text(alphabet=st.characters(codec="utf-8")), min_size=2, max_size=2).filter(
            lambda cells: any(cell.strip() for cell in cells)
        ),
        max_size=5,
    )
)
def test_whatever_a_spreadsheet_writes_is_cut_back_into_its_cells(rows: list[list[str]]) -> None:
    quoted = [",".join('"{}"'.format(cell.replace('"', '""')) for cell in cells) for cells in rows]

    found = [(cut_row.number, cut_row.cells) for cut_row in cut("\n".join(quoted), delimiter=",")]

    assert found == list(enumerate(rows, start=1))

"""A large file is read, placed and drafted by parts, and comes out as if it were read at once."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gis import layers, planning, spool
from gis.files import read_table
from gis.plan import ImportPlan
from gis.problems import ImportRefused
from gis.spool import Spool
from tests.gis.builders import plan_of_rows, row

FAR = "LINESTRING (-60 45.4, -60.1 45.4)"
ROWS = [
    row("a"), row("b", FORME=FAR), row("c", VITESSE="vite"), row("a"), row("d", FORME=""),
    row(""), row("e", UNIQUE="Oui"), row("f", NOM="Rue Neuve"),
]  # fmt: skip


def told(plan: ImportPlan) -> Any:
    return list(plan.drafts), plan.problems, plan.keys, plan.left_aside, plan.read


def test_a_plan_by_parts_is_the_plan_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(plan_of_rows(tmp_path, *ROWS, only={"UNIQUE": ["Non"]}))

    monkeypatch.setattr(planning, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(spool, "PER_BLOCK", 1)
    assert told(plan_of_rows(tmp_path, *ROWS, only={"UNIQUE": ["Non"]})) == whole
    assert [draft.source_key for draft in whole[0]] == ["a", "f"]


def test_rows_out_of_place_are_counted_over_all_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "ROWS_AT_ONCE", 2)
    rows = [row("a"), row("b", FORME=FAR), row("c", FORME=FAR)]

    assert len(plan_of_rows(tmp_path, *rows[:2], row("d")).problems) == 1
    with pytest.raises(ImportRefused, match="2 of 3 rows are out of place"):
        plan_of_rows(tmp_path, *rows)


@pytest.mark.parametrize("suffix", ["gpkg", "shp", "geojson"])
def test_a_layer_by_parts_says_the_same_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    values: dict[str, Any] = {
        "NOM": ["Élan", "", "Neuve"],
        "AN": pd.array([1998, 2004, None], dtype="Int64"),
        "SENS": pd.array([True, False, None], dtype="boolean"),
        "LE": pd.to_datetime(["2026-01-02 00:00", "2026-01-02 03:04", None]),
    }
    lines = [shapely.LineString([(-75.7, 45.4), (-75.6, 45.4 + n / 7)]) for n in range(3)]
    if suffix == "shp":
        del values["LE"]  # A shapefile has days, and no moments.
    path = tmp_path / f"rues.{suffix}"
    gpd.GeoDataFrame(values, geometry=lines, crs=4326).to_file(path)
    whole = read_table(path).frame

    monkeypatch.setattr(layers, "ROWS_AT_ONCE", 2)
    by_parts = read_table(path).frame

    assert by_parts.to_dict() == whole.to_dict()
    assert by_parts["SENS"].tolist()[2] == ""


def test_a_spool_is_the_sequence_that_was_put_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "PER_BLOCK", 3)
    values = [{"n": n} for n in range(8)]
    kept = Spool(values)

    assert (len(kept), list(kept), kept[4], kept[-1], kept[2:7:2]) == (
        8, values, values[4], values[7], values[2:7:2],
    )  # fmt: skip
    with pytest.raises(IndexError):
        kept[8]


def test_a_spool_can_be_walked_while_it_is_walked() -> None:
    kept = Spool(range(spool.PER_BLOCK * 3))

    assert sum(1 for one, other in zip(kept, kept, strict=True) if one == other) == len(kept)

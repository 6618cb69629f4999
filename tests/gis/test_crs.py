"""A file in another coordinate system than it says is told apart from a file with bad rows."""

from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Transformer
from shapely.affinity import translate

from asset_model.geometry import distance_m
from gis.files import read_table
from gis.plan import AssetDraft, ImportPlan
from gis.planning import plan_import
from gis.problems import ImportRefused, Problem
from tests.gis.builders import (
    CLASSES,
    mapping,
    plan_of,
    plan_of_rows,
    refusals,
    row,
    write_rows,
)

WITHIN = [-76.1, 45.3, -75.2, 45.75]


def in_crs(crs: str) -> str:
    """The usual line, in another coordinate system."""
    transform = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    points = [transform(-75.74, 45.43), transform(-75.75, 45.44)]
    return f"LINESTRING ({', '.join(f'{x} {y}' for x, y in points)})"


def refusal_of(folder: Path, line: str, crs: str) -> Problem:
    with pytest.raises(ImportRefused) as refusal:
        plan_of_rows(
            folder,
            row("a", FORME=line),
            row("b", FORME=line),
            geometry={"wkt": "FORME", "crs": crs, "within": WITHIN},
        )
    return refusal.value.problems[0]


@pytest.mark.parametrize("crs", ["EPSG:32189", "EPSG:2951", "EPSG:32198", "EPSG:4269"])
def test_shapes_in_another_system_come_out_where_they_are(tmp_path: Path, crs: str) -> None:
    plan = plan_of_rows(
        tmp_path,
        row("a", FORME=in_crs(crs)),
        geometry={"wkt": "FORME", "crs": crs, "within": WITHIN},
    )

    draft = plan.drafts[0]
    assert (draft.east, draft.south) == pytest.approx((-75.74, 45.43), abs=3e-5)


def test_projected_coordinates_in_a_wgs84_column_refuse_the_file(tmp_path: Path) -> None:
    problem = refusal_of(tmp_path, in_crs("EPSG:32189"), "EPSG:4326")

    assert (problem.code, problem.details["count"]) == ("crs_wrong", 2)


def test_the_systems_in_which_the_rows_would_fall_in_place_are_named(tmp_path: Path) -> None:
    problem = refusal_of(tmp_path, in_crs("EPSG:32189"), "EPSG:4326")

    # A metre apart: only who made the file can say which.
    assert problem.details["candidates"] == "EPSG:32189, EPSG:2951"


def test_the_neighbouring_zone_refuses_the_file(tmp_path: Path) -> None:
    problem = refusal_of(tmp_path, in_crs("EPSG:32189"), "EPSG:32188")

    assert problem.code == "crs_wrong"
    assert "EPSG:32189" in problem.details["candidates"]


def test_a_few_rows_astray_refuse_only_themselves(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a"), row("b", FORME=in_crs("EPSG:32189")), row("c"))

    assert refusals(plan) == [(3, "outside_crs")]


def test_a_system_that_does_not_exist_is_told(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, in_crs("EPSG:32189"), "EPSG:99999").code == "crs_unknown"


def test_a_shapefile_that_does_not_say_its_system_asks_for_it(shared_data: Path) -> None:
    with pytest.raises(ImportRefused) as refusal:
        plan_of(
            shared_data / "awkward" / "derived_gatineau_A_noprj_epsg2951.zip",
            key="CODEID",
            tag="TR-{CODEID}",
            name="{NOM_TOPO}",
            ignored=["LIMITE_VIT", "DIREC_UNIQ", "HIERARCHI", "GENERIQUE", "LIAISON", "SPECIFIQUE"],
            geometry={},
            attributes={},
        )

    assert [problem.code for problem in refusal.value.problems] == ["crs_missing"]


def test_a_mapping_that_contradicts_its_file_is_told(shared_data: Path) -> None:
    with pytest.raises(ImportRefused) as refusal:
        plan_of(
            shared_data / "awkward" / "derived_gatineau_secteurs_one_invalid_epsg32189.gpkg",
            **{"class": "building", "attributes": {}},
            key="NOM",
            tag="S-{NOM}",
            geometry={"crs": "EPSG:2950"},
        )

    assert [problem.code for problem in refusal.value.problems] == ["crs_disagrees"]


def remarks(folder: Path, crs: str) -> list[str]:
    geometry = {"wkt": "FORME", "crs": crs, "within": WITHIN}
    plan = plan_of_rows(folder, row("a", FORME=in_crs(crs)), geometry=geometry)
    return [remark.code for remark in plan.notices]


def test_nad83_is_told_apart_from_nad83_csrs(tmp_path: Path) -> None:
    assert remarks(tmp_path, "EPSG:32189") == ["datum_nad83"]
    assert remarks(tmp_path, "EPSG:2951") == []


def test_nad83_csrs_in_the_mapping_is_believed_over_nad83_in_the_file(shared_data: Path) -> None:
    file = shared_data / "awkward" / "derived_gatineau_secteurs_one_invalid_epsg32189.gpkg"
    changes = {"class": "building", "attributes": {}, "key": "NOM", "tag": "S-{NOM}"}

    old = plan_of(file, **changes, name="{NOM}", geometry={})
    new = plan_of(file, **changes, name="{NOM}", geometry={"crs": "EPSG:2951"})

    moved_m = [distance_m((a.west, a.south), (b.west, b.south)) for a, b in pairs(old, new)]
    assert all(0.5 < metres < 2 for metres in moved_m)


def pairs(one: ImportPlan, other: ImportPlan) -> list[tuple[AssetDraft, AssetDraft]]:
    return list(zip(one.drafts, other.drafts, strict=True))


FEET = Transformer.from_crs("EPSG:4326", "EPSG:32189", always_xy=True)


def in_feet() -> str:
    places = [(-75.74, 45.43), (-75.75, 45.44)]
    points = [[metres / 0.3048 for metres in FEET.transform(*place)] for place in places]
    return f"LINESTRING ({', '.join(f'{x} {y}' for x, y in points)})"


def test_coordinates_in_feet_refuse_the_file_and_say_so(tmp_path: Path) -> None:
    problem = refusal_of(tmp_path, in_feet(), "EPSG:32189")

    assert problem.code == "crs_wrong"
    assert 'EPSG:32189 (unit = "ft")' in problem.details["candidates"]


def test_coordinates_in_feet_are_placed_when_the_mapping_says_feet(tmp_path: Path) -> None:
    geometry = {"wkt": "FORME", "crs": "EPSG:32189", "within": WITHIN, "unit": "ft"}
    plan = plan_of_rows(tmp_path, row("a", FORME=in_feet()), geometry=geometry)

    draft = plan.drafts[0]
    assert (draft.east, draft.south) == pytest.approx((-75.74, 45.43), abs=3e-5)


TOWN = (-75.85, 45.38, -75.65, 45.48)


def planned_in(
    folder: Path, crs: str, east_m: float, town: tuple[float, float, float, float]
) -> Any:
    """The usual line, its coordinates wrong by so many metres, in a mapping that allows Québec."""
    line = translate(shapely.from_wkt(in_crs(crs)), xoff=east_m)
    chosen = mapping(geometry={"wkt": "FORME", "crs": crs})
    table = read_table(write_rows(folder / "rues.csv", row("a", FORME=line.wkt)))
    return plan_import(table, mapping=chosen, asset_class=CLASSES["road_segment"], town=town)


def test_a_file_a_hundred_kilometres_away_is_refused_though_still_in_quebec(
    tmp_path: Path,
) -> None:
    with pytest.raises(ImportRefused, match=r"1 of 1 rows are 9\d km from everything"):
        planned_in(tmp_path, "EPSG:2951", 100_000, TOWN)


def test_a_file_of_the_next_street_is_not(tmp_path: Path) -> None:
    assert len(planned_in(tmp_path, "EPSG:2951", 500, TOWN).drafts) == 1

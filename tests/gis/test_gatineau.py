"""Gatineau's own files, against the figures that were worked out from them independently."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from asset_model import attributes
from gis.files import known_mappings, read_table
from gis.matching import mapping_for
from gis.plan import ImportPlan
from gis.planning import plan_import
from tests.gis.builders import CLASSES, plan_of, refusals

ROADS, HYDRANTS = "roads/gatineau_voie_publique_A.csv", "water/gatineau_borne_fontaine_A.csv"


def planned(path: Path, class_code: str) -> ImportPlan:
    table = read_table(path)
    mapping = mapping_for(table, class_code=class_code, mappings=known_mappings())
    return plan_import(table, mapping=mapping, asset_class=CLASSES[class_code])


@pytest.fixture(scope="module")
def expected(shared_data: Path) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((shared_data / "EXPECTED.json").read_text())["gatineau_A"]
    return figures


@pytest.fixture(scope="module")
def roads(shared_data: Path) -> ImportPlan:
    return planned(shared_data / ROADS, "road_segment")


@pytest.fixture(scope="module")
def hydrants(shared_data: Path) -> ImportPlan:
    return planned(shared_data / HYDRANTS, "hydrant")


def road_classes(roads: ImportPlan) -> dict[str, str]:
    """The town's word for each class of ours."""
    rule = next(r for r in roads.mapping.attributes if r.name == "road_class")
    return {code: word for word, code in rule.values.items()}


def test_every_segment_with_a_usable_shape_is_drafted(
    roads: ImportPlan, expected: dict[str, Any]
) -> None:
    assert roads.read == expected["rows"]
    assert len(roads.drafts) == expected["usable"]
    assert len(roads.refused_rows) == expected["unusable_geometry"]


def test_the_refused_segments_are_the_lines_of_one_point(roads: ImportPlan) -> None:
    assert {problem.code for problem in roads.problems} == {"line_of_one_point"}


def test_rows_are_counted_as_in_a_spreadsheet(roads: ImportPlan, shared_data: Path) -> None:
    lines = (shared_data / ROADS).read_text(encoding="utf-8-sig").splitlines()

    assert [row for row in roads.refused_rows if "," in lines[row - 1].split("LINESTRING")[1]] == []


def test_the_segments_have_the_expected_length(roads: ImportPlan, expected: dict[str, Any]) -> None:
    metres = sum(draft.length_m or 0 for draft in roads.drafts)

    assert metres / 1000 == pytest.approx(expected["km"], abs=0.1)


def test_each_class_has_the_expected_length(roads: ImportPlan, expected: dict[str, Any]) -> None:
    words = road_classes(roads)
    km = dict.fromkeys(words.values(), 0.0)
    for draft in roads.drafts:
        km[words[draft.attributes["road_class"]]] += (draft.length_m or 0) / 1000

    # The figures were measured on a projection, whose scale is off by up to 1 in 10,000.
    assert km == pytest.approx(expected["km_by_class"], rel=2e-4, abs=0.005)


def test_each_class_has_the_expected_segments(roads: ImportPlan, expected: dict[str, Any]) -> None:
    words = road_classes(roads)
    found = Counter(words[draft.attributes["road_class"]] for draft in roads.drafts)
    found.update(roads.table.frame.loc[list(roads.refused_rows), "HIERARCHI"])

    assert found == expected["by_class"]


def test_one_way_segments_are_as_many_as_expected(
    roads: ImportPlan, expected: dict[str, Any]
) -> None:
    drafted = sum(draft.attributes["one_way"] is True for draft in roads.drafts)
    refused = roads.table.frame.loc[list(roads.refused_rows), "DIREC_UNIQ"].tolist().count("Oui")

    assert drafted + refused == expected["one_way"]


def test_streets_have_the_expected_names(roads: ImportPlan, expected: dict[str, Any]) -> None:
    names = {draft.name for draft in roads.drafts}
    names |= set(roads.table.frame.loc[list(roads.refused_rows), "NOM_TOPO"])

    assert len(names) == expected["distinct_names"]


def test_the_segments_lie_in_the_expected_box(roads: ImportPlan, expected: dict[str, Any]) -> None:
    box = (
        min(draft.west for draft in roads.drafts),
        min(draft.south for draft in roads.drafts),
        max(draft.east for draft in roads.drafts),
        max(draft.north for draft in roads.drafts),
    )

    assert box == pytest.approx(expected["bounds"], abs=1e-5)


def test_a_segment_has_its_name_parts_civic_numbers_speed_and_class(roads: ImportPlan) -> None:
    draft = next(d for d in roads.drafts if d.tag == "TR-4742")

    assert (draft.name, draft.row) == ("Rue Dumas", 3)
    assert draft.attributes | {"segment_kind": "standard"} == {
        "name_generic": "Rue",
        "name_link": None,
        "name_specific": "Dumas",
        "name_direction": None,
        "side": None,
        "civic_left_from": 131,
        "civic_left_to": 151,
        "civic_right_from": 132,
        "civic_right_to": 152,
        "speed_limit_kmh": 40,
        "one_way": False,
        "road_class": "minor_collector",
        "segment_kind": "standard",
    }


def test_a_civic_number_or_a_speed_of_zero_is_unknown(roads: ImportPlan) -> None:
    values = [draft.attributes for draft in roads.drafts]

    assert sum(value["speed_limit_kmh"] is None for value in values) == 4
    assert not any(0 in (v["civic_left_from"], v["civic_right_to"]) for v in values)


def test_a_one_way_value_to_be_completed_is_unknown(roads: ImportPlan) -> None:
    assert sum(draft.attributes["one_way"] is None for draft in roads.drafts) == 1


def test_every_hydrant_is_drafted(hydrants: ImportPlan, expected: dict[str, Any]) -> None:
    owners = Counter(draft.attributes["owner"] for draft in hydrants.drafts)

    assert (len(hydrants.drafts), hydrants.problems) == (expected["hydrants"], ())
    assert owners["private"] == expected["hydrants_private"]


def test_a_hydrant_has_its_street_as_address_with_the_particle_elided(hydrants: ImportPlan) -> None:
    streets = {draft.address for draft in hydrants.drafts}

    assert "Rue de l'Atmosphère" in streets
    assert not any(street is None or "' " in street or "  " in street for street in streets)


def test_what_is_drafted_fits_the_classes(roads: ImportPlan, hydrants: ImportPlan) -> None:
    for plan in (roads, hydrants):
        schema = CLASSES[plan.mapping.class_code]["attributes"]
        wrong = [p for draft in plan.drafts for p in attributes.problems(schema, draft.attributes)]

        assert wrong == []


def test_tags_and_keys_occur_once(roads: ImportPlan, hydrants: ImportPlan) -> None:
    drafts = [*roads.drafts, *hydrants.drafts]

    assert len({draft.tag for draft in drafts}) == len(drafts)
    assert len({(draft.source, draft.source_key) for draft in drafts}) == len(drafts)


def test_the_same_file_gives_the_same_plan(roads: ImportPlan, shared_data: Path) -> None:
    again = planned(shared_data / ROADS, "road_segment")

    assert list(again.drafts) == list(roads.drafts)
    assert again.problems == roads.problems


def test_a_polygon_published_without_its_inner_parentheses_is_told_apart(
    shared_data: Path,
) -> None:
    plan = plan_of(
        shared_data / "awkward" / "gatineau_decoupage_MALFORMED_WKT.csv",
        **{
            "class": "building",
            "key": "ENTITEID",
            "tag": "S-{CODEID}",
            "name": "{NOM}",
            "ignored": ["MUNID", "TYPE", "ABREV", "AIRE", "PERIM"],
            "geometry": {"wkt": "GEOM", "crs": "EPSG:4326"},
            "attributes": {},
        },
    )

    assert refusals(plan) == [(row, "ring_parentheses") for row in range(2, 7)]


@pytest.mark.parametrize(
    ("name", "crs"),
    [("latin1_nocpg_epsg32189", None), ("noprj_epsg2951", "EPSG:2951")],
)
def test_a_zipped_shapefile_of_the_same_streets_gives_the_same_network(
    shared_data: Path, roads: ImportPlan, name: str, crs: str | None
) -> None:
    plan = plan_of(
        shared_data / "awkward" / f"derived_gatineau_A_{name}.zip",
        key="CODEID",
        tag="TR-{CODEID}",
        name="{NOM_TOPO}",
        ignored=["LIMITE_VIT", "DIREC_UNIQ", "HIERARCHI", "GENERIQUE", "LIAISON", "SPECIFIQUE"],
        geometry={"crs": crs, "within": [-76.1, 45.3, -75.2, 45.75]} if crs else {},
        attributes={},
    )

    told = {draft.tag: draft for draft in roads.drafts}
    assert len(plan.drafts) == len(roads.drafts)
    for draft in plan.drafts:
        assert draft.name == told[draft.tag].name
        # PROJ puts NAD83 and NAD83(CSRS) about a metre apart.
        assert draft.west == pytest.approx(told[draft.tag].west, abs=3e-5)
        assert draft.length_m == pytest.approx(told[draft.tag].length_m, abs=0.05)

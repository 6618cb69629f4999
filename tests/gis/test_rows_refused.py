"""A bad row costs only itself, and is told with its number, its reason and how to mend it."""

from pathlib import Path

import pytest

from tests.gis.builders import plan_of, plan_of_rows, refusals, row, write_rows


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"FORME": "LINESTRING (-75.74 45.43)"}, "line_of_one_point"),
        ({"FORME": "LINESTRING (-75.74 45.43, -75.75"}, "geometry_unreadable"),
        ({"FORME": "rue Élan"}, "geometry_unreadable"),
        ({"FORME": ""}, "geometry_missing"),
        ({"FORME": "LINESTRING EMPTY"}, "geometry_missing"),
        ({"FORME": "POINT (-75.74 45.43)"}, "geometry_kind"),
        ({"FORME": "LINESTRING (-75.74 45.43, -75.74 45.43)"}, "line_without_length"),
        ({"FORME": "LINESTRING (45.43 -75.74, 45.44 -75.75)"}, "coordinates_swapped"),
        ({"FORME": "LINESTRING (-71.2 46.8, -71.3 46.8)"}, "far_away"),
        ({"FORME": "LINESTRING (351220 5026863, 351230 5026873)"}, "outside_crs"),
        ({"ID": ""}, "key_missing"),
        ({"VITESSE": "vite"}, "value_type"),
        ({"VITESSE": "40,5"}, "value_type"),
        ({"VITESSE": "400"}, "value_outside"),
        ({"UNIQUE": "Peut-être"}, "value_unknown"),
    ],
)
def test_a_bad_cell_refuses_its_row_and_no_other(
    tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    bad = row("b") | cells

    plan = plan_of_rows(tmp_path, row("a"), bad, row("c"), row("d"))

    assert (3, code) in refusals(plan)
    assert [draft.row for draft in plan.drafts] == [2, 4, 5]


def test_everything_wrong_with_a_row_is_told_at_once(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a"), row("b", VITESSE="400", UNIQUE="?", FORME=""), row("c"))

    assert refusals(plan) == [
        (3, "geometry_missing"),
        (3, "value_outside"),
        (3, "value_unknown"),
    ]


def test_a_key_that_occurs_again_refuses_the_later_row(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a"), row("b"), row("a", NOM="Rue Autre"))

    assert refusals(plan) == [(4, "key_repeated")]
    assert plan.problems[0].sentence() == "The key “a” is already that of row 2."


def test_a_key_belongs_to_its_first_row_even_when_that_one_is_refused(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("b"), row("a", FORME=""), row("a"))

    assert refusals(plan) == [(3, "geometry_missing"), (4, "key_repeated")]


def test_a_tag_that_occurs_again_refuses_the_later_row(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a"), row("b"), tag="TR-{NOM}")

    assert refusals(plan) == [(3, "tag_repeated")]


def test_a_row_with_too_few_or_too_many_cells_is_refused_with_its_text(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rues.csv", row("a"), row("b"))
    path.write_text(path.read_text() + 'c,Rue Courte\nd,1,2,3,4,5,6\ne,"Rue" Guillemet,1,2,3\n')

    plan = plan_of(path)

    assert refusals(plan) == [(4, "cell_count"), (5, "cell_count"), (6, "row_malformed")]
    assert list(plan.table.frame.loc[[4, 5, 6], "_raw"]) == [
        "c,Rue Courte",
        "d,1,2,3,4,5,6",
        'e,"Rue" Guillemet,1,2,3',
    ]


def test_blank_lines_are_counted_and_not_read(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rues.csv", row("a"), row("b", FORME=""))
    header, first, second = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text(f"{header}\n{first}\n\n,,,,\n{second}\n")

    plan = plan_of(path)

    assert (plan.read, refusals(plan)) == (2, [(5, "geometry_missing")])


def test_cells_beyond_the_header_that_are_empty_do_no_harm(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rues.csv", row("a"))
    path.write_text(path.read_text().rstrip("\n") + ",,\n")

    assert refusals(plan_of(path)) == []


def test_an_unnamed_street_is_named_by_its_tag(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a", NOM=" "))

    assert [draft.name for draft in plan.drafts] == ["TR-a"]


def test_a_line_in_touching_parts_becomes_one_line(tmp_path: Path) -> None:
    parts = "MULTILINESTRING ((-75.74 45.43, -75.75 45.44), (-75.75 45.44, -75.76 45.44))"

    plan = plan_of_rows(tmp_path, row("a", FORME=parts))

    assert plan.drafts[0].geometry["type"] == "LineString"
    assert len(plan.drafts[0].geometry["coordinates"]) == 3


def test_heights_and_measures_are_left_out(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a", FORME="LINESTRING Z (-75.74 45.43 60, -75.75 45.44 61)"))

    assert plan.drafts[0].geometry["coordinates"] == [[-75.74, 45.43], [-75.75, 45.44]]


def test_a_polygon_that_crosses_itself_is_refused(tmp_path: Path) -> None:
    bow_tie = "POLYGON ((-75.74 45.43, -75.75 45.44, -75.75 45.43, -75.74 45.44, -75.74 45.43))"

    plan = plan_of_rows(
        tmp_path,
        row("a", FORME=bow_tie),
        **{"class": "building", "attributes": {}, "ignored": ["VITESSE", "UNIQUE"]},
    )

    assert refusals(plan) == [(2, "geometry_invalid")]


def test_a_line_is_measured_on_the_ellipsoid(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a", FORME="LINESTRING (-75.74 45.43, -75.74 45.44)"))

    # One hundredth of a degree of latitude at 45.4° on WGS 84.
    assert plan.drafts[0].length_m == pytest.approx(1111.4, abs=0.1)


def test_sound_rows_are_drafted_whole(tmp_path: Path) -> None:
    draft = plan_of_rows(tmp_path, row("a", UNIQUE="Oui")).drafts[0]

    assert (draft.tag, draft.name, draft.source, draft.source_key) == (
        "TR-a",
        "Rue Élan",
        "essai",
        "a",
    )
    assert draft.attributes == {"speed_limit_kmh": 40, "one_way": True}
    assert (draft.west, draft.south, draft.east, draft.north) == (-75.75, 45.43, -75.74, 45.44)

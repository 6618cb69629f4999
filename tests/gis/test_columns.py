"""A mapping is found by the columns it expects; a column that is not as expected is named."""

from pathlib import Path

import pytest

from gis.files import known_mappings, read_table
from gis.matching import class_problems, mapping_for
from gis.problems import ImportRefused
from tests.gis.builders import CLASSES, mapping, plan_of, plan_of_rows, refusals, row, write_rows


def told(refusal: pytest.ExceptionInfo[ImportRefused]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_the_mapping_whose_columns_are_there_is_found(tmp_path: Path) -> None:
    table = read_table(write_rows(tmp_path / "rues.csv", row("a")))

    found = mapping_for(
        table, class_code="road_segment", mappings=[*known_mappings(), mapping(source="juste")]
    )

    assert found.source == "juste"


def test_a_column_with_another_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    cells = {("Vitesses" if name == "VITESSE" else name): cell for name, cell in row("a").items()}

    with pytest.raises(ImportRefused) as refusal:
        plan_of_rows(tmp_path, cells)

    missing, unknown = refusal.value.problems
    assert (missing.code, missing.details["nearest"]) == ("column_missing", "Vitesses")
    assert (unknown.code, unknown.details["nearest"]) == ("column_unknown", "VITESSE")
    assert "Did you mean “VITESSE”?" in unknown.mend()


def test_a_column_that_nobody_expects_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refusal:
        plan_of_rows(tmp_path, row("a", ZONE="7"))

    assert [p.details["column"] for p in refusal.value.problems] == ["ZONE"]


def test_an_ignored_column_and_those_of_this_importer_do_no_harm(tmp_path: Path) -> None:
    plan = plan_of_rows(tmp_path, row("a", ZONE="7", _row="3", _reason="?"), ignored=["ZONE"])

    assert refusals(plan) == []


def test_an_optional_column_may_be_missing(tmp_path: Path) -> None:
    cells = {name: cell for name, cell in row("a").items() if name != "VITESSE"}

    plan = plan_of_rows(tmp_path, cells, optional=["VITESSE"])

    assert plan.drafts[0].attributes["speed_limit_kmh"] is None


def test_the_mapping_that_comes_nearest_says_what_is_wrong(tmp_path: Path) -> None:
    table = read_table(write_rows(tmp_path / "rues.csv", row("a", ZONE="7")))

    with pytest.raises(ImportRefused) as refusal:
        mapping_for(table, class_code="road_segment", mappings=[*known_mappings(), mapping()])

    assert told(refusal) == ["column_unknown"]


def test_a_file_that_no_mapping_is_made_for_is_told_with_its_columns(tmp_path: Path) -> None:
    table = read_table(write_rows(tmp_path / "rues.csv", row("a")))

    with pytest.raises(ImportRefused) as refusal:
        mapping_for(table, class_code="road_segment", mappings=known_mappings())

    assert told(refusal) == ["mapping_unfit"]
    assert "ID, NOM, VITESSE, UNIQUE, FORME" in str(refusal.value)


def test_two_mappings_that_fit_are_both_named(tmp_path: Path) -> None:
    table = read_table(write_rows(tmp_path / "rues.csv", row("a")))

    with pytest.raises(ImportRefused) as refusal:
        mapping_for(table, class_code="road_segment", mappings=[mapping(), mapping()])

    assert told(refusal) == ["mapping_several"]


def test_a_class_without_mapping_is_told_with_those_that_have_one(tmp_path: Path) -> None:
    table = read_table(write_rows(tmp_path / "rues.csv", row("a")))

    with pytest.raises(ImportRefused) as refusal:
        mapping_for(table, class_code="sign", mappings=known_mappings())

    assert told(refusal) == ["mapping_none"]
    assert refusal.value.problems[0].details["known"].startswith("bike_path, hydrant")


def test_a_column_named_twice_refuses_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rues.csv"
    path.write_text("ID,NOM,NOM\na,b,c\n")

    with pytest.raises(ImportRefused) as refusal:
        plan_of(path)

    assert told(refusal) == ["header_repeated"]


def test_a_class_without_a_place_on_the_map_is_told(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refusal:
        plan_of_rows(
            tmp_path,
            row("a"),
            **{"class": "vehicle", "attributes": {}, "ignored": ["VITESSE", "UNIQUE"]},
        )

    assert told(refusal) == ["class_unplaced"]


def test_the_mappings_that_come_with_the_project_fit_their_classes() -> None:
    for found in known_mappings():
        assert list(class_problems(found, asset_class=CLASSES[found.class_code])) == []

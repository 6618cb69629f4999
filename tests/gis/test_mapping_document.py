"""A mapping is read strictly, and everything wrong with it is told at once."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gis.files import read_mapping
from gis.mapping import Pattern
from gis.mapping_document import mapping_from
from gis.matching import class_problems
from gis.problems import ImportRefused, Problem
from tests.gis.builders import CLASSES, document, plan_of_rows, row
from tests.sources import REPOSITORY


def problems_of(**changes: Any) -> list[Problem]:
    with pytest.raises(ImportRefused) as refusal:
        mapping_from(document(**changes), title="essai.toml")
    return list(refusal.value.problems)


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"sourse": "x"}, "mapping_key_unknown", "sourse"),
        ({"key": ""}, "mapping_key_missing", "key"),
        ({"key": 7}, "mapping_key_type", "key"),
        ({"tag": "BF"}, "mapping_key_type", "tag"),
        ({"tag": "BF-{"}, "mapping_key_type", "tag"),
        ({"ignored": "MUNID"}, "mapping_key_type", "ignored"),
        ({"ignored": ["MUNID", 3]}, "mapping_key_type", "ignored"),
        ({"geometry": {"wkt": "G"}}, "mapping_key_missing", "geometry.crs"),
        ({"geometry": {"longitude": "X", "crs": "c"}}, "mapping_key_missing", "geometry.latitude"),
        ({"geometry": {"within": [1, 2, 3]}}, "mapping_key_type", "geometry.within"),
        ({"geometry": {"within": [9, 2, 3, 4]}}, "mapping_key_type", "geometry.within"),
        ({"geometry": {"epsg": 1}}, "mapping_key_unknown", "geometry.epsg"),
        ({"attributes": {"lanes": {}}}, "mapping_key_type", "attributes.lanes.column"),
        ({"attributes": {"lanes": "V"}}, "mapping_key_type", "attributes.lanes"),
    ],
)
def test_a_mistake_is_told_with_its_place(changes: dict[str, Any], code: str, key: str) -> None:
    assert (code, key) in [(p.code, p.details["key"]) for p in problems_of(**changes)]


def test_all_mistakes_are_told_at_once() -> None:
    found = problems_of(sourse="x", key=7, attributes={"lanes": {"colum": "V"}})

    assert [problem.details["key"] for problem in found] == [
        "key",
        "attributes.lanes.column",
        "attributes.lanes.colum",
        "sourse",
    ]


def test_an_unknown_key_is_told_with_the_nearest() -> None:
    (problem,) = problems_of(ignorred=["X"])

    assert problem.mend("fr").startswith("Vouliez-vous dire «\u00a0ignored\u00a0»")


def test_the_example_of_the_documentation_is_a_sound_mapping() -> None:
    text = (REPOSITORY / "docs" / "importing.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)

    mapping = mapping_from(tomllib.loads(example), title="importing.md")

    assert list(class_problems(mapping, asset_class=CLASSES[mapping.class_code])) == []


def test_a_file_that_is_not_toml_says_where(tmp_path: Path) -> None:
    path = tmp_path / "essai.toml"
    path.write_text('source = "x"\nclass = \n')

    with pytest.raises(ImportRefused, match="line 2"):
        read_mapping(path)


def test_the_command_may_name_the_coordinate_system_that_a_mapping_lacks(tmp_path: Path) -> None:
    path = tmp_path / "essai.toml"
    path.write_text(
        'source = "x"\nclass = "hydrant"\nkey = "ID"\ntag = "{ID}"\nname = "{ID}"\n'
        '[geometry]\nlongitude = "X"\nlatitude = "Y"\n'
    )

    with pytest.raises(ImportRefused):
        read_mapping(path)

    assert read_mapping(path, crs="EPSG:2950").geometry.crs == "EPSG:2950"


def test_an_attribute_that_the_class_does_not_have_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refusal:
        plan_of_rows(
            tmp_path,
            row("a"),
            attributes={"speed_limit": {"column": "VITESSE"}},
            ignored=["UNIQUE"],
        )

    (problem,) = refusal.value.problems
    assert (problem.code, problem.details["nearest"]) == ("attribute_unknown", "speed_limit_kmh")


def test_a_translation_to_what_the_class_does_not_allow_is_told(tmp_path: Path) -> None:
    values = {"Oui": True, "Non": "non"}

    with pytest.raises(ImportRefused) as refusal:
        plan_of_rows(
            tmp_path,
            row("a"),
            attributes={"one_way": {"column": "UNIQUE", "values": values}},
            ignored=["VITESSE"],
        )

    assert [p.details["value"] for p in refusal.value.problems] == ["'non'"]


@pytest.mark.parametrize(
    ("cells", "filled"),
    [
        (("Rue", "de la", "Montagne", ""), "Rue de la Montagne"),
        (("Rue", "de l'", "Élan", ""), "Rue de l'Élan"),
        (("Chemin", "d'", "Aylmer", "Est"), "Chemin d'Aylmer Est"),
        (("", "", "Grande Allée", ""), "Grande Allée"),
        (("", "", " ", ""), ""),
    ],
)
def test_a_name_is_put_together_as_french_writes_it(cells: tuple[str, ...], filled: str) -> None:
    pattern = Pattern("{G} {L} {S} {D}")

    assert pattern.filled(dict(zip("GLSD", cells, strict=True))) == filled


def test_a_column_may_have_any_name_but_braces() -> None:
    assert Pattern("{addr:city} {Nom français}").columns == ("addr:city", "Nom français")

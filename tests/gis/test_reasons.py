"""Every reason is said in English and in French, as each is written."""

import re
from string import Formatter

import pytest

from asset_model.builtin_classes import BUILTIN_CLASSES
from gis.problems import REASONS, Problem, nearest, shortened


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("code", sorted(REASONS))
def test_both_languages_tell_the_same_details(code: str) -> None:
    english, french, mend, mend_fr = REASONS[code]
    translated = {name.removesuffix("_fr") for name in fields(french)}

    assert fields(english) == translated
    assert fields(mend) == fields(mend_fr)


@pytest.mark.parametrize("code", sorted(REASONS))
def test_french_has_its_spaces_before_double_punctuation(code: str) -> None:
    _, french, _, mend = REASONS[code]

    # A colon inside EPSG:2951 is not punctuation.
    assert not re.search(r"[^\u00a0](?:[;?!»]|:(?!\d))| [:;?!»]|«[^\u00a0]", french + mend)


def test_long_values_are_shortened_in_sentences() -> None:
    problem = Problem("geometry_unreadable", 2, {"column": "G", "value": "x" * 500})

    assert len(problem.sentence()) < 150
    assert shortened("court") == "court"


def test_the_nearest_word_is_found_whatever_its_accents_and_case() -> None:
    assert nearest("hierarchie", among=["HIÉRARCHI", "TYPE"]) == "HIÉRARCHI"
    assert nearest("xyz", among=["TYPE"]) is None


def test_built_in_classes_are_labelled_in_both_languages() -> None:
    for built_in in BUILTIN_CLASSES:
        for labelled in (built_in, *built_in["attributes"]):
            assert labelled["label_fr"]
            assert labelled["label_en"]


def test_built_in_attributes_are_named_once_in_their_class() -> None:
    for built_in in BUILTIN_CLASSES:
        names = [attribute["name"] for attribute in built_in["attributes"]]

        assert len(names) == len(set(names))

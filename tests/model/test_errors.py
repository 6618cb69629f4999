"""Every refusal has its words, in both languages."""

import re
from collections import Counter
from string import Formatter

import pytest

from asset_model.errors import SENTENCES, Refused, sentence
from tests.sources import REPOSITORY

WRITTEN = re.compile(r'^    "([a-z0-9_]+)": \(', flags=re.MULTILINE)
CODES = pytest.mark.parametrize("code", sorted(SENTENCES))


def test_each_code_has_its_words_once() -> None:
    files = (REPOSITORY / "asset_model").glob("*errors.py")
    written = [code for file in files for code in WRITTEN.findall(file.read_text("utf-8"))]

    assert [code for code, times in Counter(written).items() if times > 1] == []
    assert set(written) == set(SENTENCES)


@CODES
def test_both_languages_tell_the_same_details(code: str) -> None:
    english, french = ({name for _, name, _, _ in Formatter().parse(s)} for s in SENTENCES[code])

    assert english == french


@CODES
def test_french_keeps_its_signs_with_their_words(code: str) -> None:
    _, french = SENTENCES[code]

    assert not re.search(r"(?<!\u00a0)[:;%»]|«(?!\u00a0)|\s[?!]", french)


def test_a_refusal_says_its_code_and_its_sentence() -> None:
    assert str(Refused("pin_wrong", left=3)) == "pin_wrong: Wrong PIN. Attempts left: 3."
    assert Refused("pin_wrong", left=3).sentence("fr") == "NIP incorrect. Essais restants : 3."


def test_a_detail_that_was_not_given_leaves_a_dash() -> None:
    assert sentence("pin_wrong", "en", {}) == "Wrong PIN. Attempts left: –."


def test_a_code_of_a_newer_server_is_shown_as_it_came() -> None:
    assert sentence("moon_too_full", "fr", {}) == "moon_too_full"

"""Every reason of an import of readings is said in English and in French, as each is written."""

import re
from string import Formatter

import pytest

from asset_model.errors import SENTENCES
from sync_server.cli.readings_report import QUEUED, WORDS
from sync_server.cli.readings_review import WORDS as REVIEW_WORDS
from sync_server.readings.reasons import READING_REASONS

LOOSE = re.compile(r"[^\u00a0](?:[;?!»]|:(?!\d))| [:;?!»]|«[^\u00a0]")


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("code", sorted(READING_REASONS))
def test_both_languages_tell_the_same_details(code: str) -> None:
    english, french, mend, mend_fr = READING_REASONS[code]

    assert fields(english) == fields(french)
    assert fields(mend) == fields(mend_fr)


@pytest.mark.parametrize("code", sorted(READING_REASONS))
def test_french_has_its_spaces(code: str) -> None:
    _, french, _, mend = READING_REASONS[code]

    assert not LOOSE.search(french + mend)


def test_the_report_says_the_same_in_both_languages() -> None:
    assert WORDS["en"].keys() == WORDS["fr"].keys()
    for name, english in WORDS["en"].items():
        assert fields(english) == fields(WORDS["fr"][name])
    for english, french in REVIEW_WORDS.values():
        assert fields(english) == fields(french)
        assert not LOOSE.search(french)


def test_every_reason_to_wait_has_its_short_words() -> None:
    assert {code for code in SENTENCES if code in QUEUED} == QUEUED.keys() - {""}

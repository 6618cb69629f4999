"""Why work is due, in words that people use."""

import re
from datetime import date
from string import Formatter

import pytest

from maintenance.reasons import SENTENCES, rhythm
from tests.maintenance.builders import a_plan, ask, the_one


def test_the_reason_says_the_plan_the_day_and_the_rhythm() -> None:
    found = the_one(ask(a_plan("FREQ=MONTHLY;BYMONTHDAY=1"), date(2026, 12, 1)))

    assert found.reason("fr") == (
        "Plan d’entretien EP-01, 1er décembre 2026\u00a0: selon le calendrier (chaque mois)"
    )
    assert found.reason("en") == (
        "Maintenance plan EP-01, December 1, 2026: by the calendar (every month)"
    )


@pytest.mark.parametrize(
    ("rule", "french", "english"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "chaque semaine", "every week"),
        ("FREQ=MONTHLY;INTERVAL=3", "tous les 3 mois", "every 3 months"),
        ("FREQ=WEEKLY;INTERVAL=2", "toutes les 2 semaines", "every 2 weeks"),
        ("FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=25", "2 fois l’an", "2 times a year"),
    ],
)
def test_a_rhythm_is_said_as_people_say_it(rule: str, french: str, english: str) -> None:
    assert rhythm(rule) == (french, english)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_tell_the_same(code: str) -> None:
    english, french = (
        {re.sub("_(en|fr)$", "", name) for _, name, *_ in Formatter().parse(words) if name}
        for words in SENTENCES[code]
    )

    assert english == french

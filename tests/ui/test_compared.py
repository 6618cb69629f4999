"""Two numbers beside one another: what is said of them is true of what one reads."""

import pytest

from field_app.ui.parts.board_compare import compared
from field_app.ui.words import words_of


@pytest.mark.parametrize(
    ("measure", "now", "before", "told"),
    [
        ("$", 1368.6, 209.4, "1\u00a0160\u00a0$ de plus"),
        ("km", 41.84, 1.56, "40,2\u00a0km de plus"),
    ],
)
def test_a_difference_is_of_the_numbers_that_are_shown(
    measure: str, now: float, before: float, told: str
) -> None:
    then = {"value": before, "why": None}

    assert compared(words_of("fr"), measure, now, then)[1] == told

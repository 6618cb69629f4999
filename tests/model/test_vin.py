"""Vehicle identification numbers: which can be, and what they tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model import vin
from asset_model.units import doubts

# Published examples: 49 CFR 565's own (M8G), Wikipedia's, and NHTSA's of all ones.
SOUND = ("1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D13S812715", "1HGCM82633A004352")
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def codes(number: str) -> list[str]:
    return [code for code, _ in vin.faults(number)]


@pytest.mark.parametrize("number", SOUND)
def test_published_numbers_are_sound(number: str) -> None:
    assert codes(number) == []


@pytest.mark.parametrize("written", ["1m8gdm9axkp042788", " 1M8GDM9AX-KP042788 "])
def test_a_number_may_be_written_small_and_with_spaces(written: str) -> None:
    assert codes(written) == []


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("1M8GDM9AXKP04278", ["vin_length"]),
        ("1M8GDM9AXKP0427888", ["vin_length"]),
        ("1M8GDM9AXKPO42788", ["vin_characters"]),
        ("1M8GDM9AXKP04278É", ["vin_characters"]),
        ("IM8GDM9AXKP04278", ["vin_characters", "vin_length"]),
        ("1M8GDM9A1KP042788", ["vin_check_digit"]),
        ("", ["vin_length"]),
    ],
)
def test_what_cannot_be_says_why(number: str, why: list[str]) -> None:
    assert codes(number) == why


def test_elsewhere_the_ninth_character_is_the_maker_s() -> None:
    assert codes("WBA3A5C57CF256651") == codes("WBA3A5C50CF256651") == []


@given(
    st.sampled_from(SOUND), st.integers(0, 16).filter(lambda place: place != vin.CHECK_AT),
    st.sampled_from(LETTERS),
)  # fmt: skip
def test_one_wrong_character_is_found_unless_both_count_alike(
    number: str, place: int, other: str
) -> None:
    """The check digit weighs a letter as a number: K and B, say, weigh the same."""
    wrong = number[:place] + other + number[place + 1 :]
    alike = vin._VALUES[other] == vin._VALUES[number[place]]

    if vin.north_american(wrong):
        assert (codes(wrong) == []) is alike


@given(st.text(max_size=20))
def test_anything_that_people_type_is_answered(text: str) -> None:
    if not codes(text):
        assert len(vin.decoded(text).text) == vin.LENGTH


def test_it_tells_where_and_by_whom_it_was_made_and_the_years_it_may_mean() -> None:
    truck = vin.decoded("1FVAC3BS4LHLN4321")

    assert (truck.region, truck.country, truck.maker) == ("north_america", "US", "Freightliner")
    assert truck.years == (1990, 2020)
    assert (truck.year(today=2026), truck.year(today=2018)) == (2020, 1990)
    assert vin.decoded("WBA3A5C57CF256651").maker is None


def test_an_on_road_unit_of_north_america_must_have_a_sound_number() -> None:
    wrong = "1M8GDM9A1KP042788"

    assert [d.grave for d in doubts({"vin": wrong, "kind": "dump_truck"})] == [True]
    assert [d.grave for d in doubts({"vin": wrong, "kind": "grader"})] == [False]
    assert [d.grave for d in doubts({"vin": "CAT0140M", "kind": "grader"})] == [False]
    assert list(doubts({"kind": "dump_truck"})) == []


def test_a_year_that_the_number_does_not_mean_raises_a_question() -> None:
    (doubt,) = doubts({"vin": "1M8GDM9AXKP042788", "model_year": 2021})

    assert (doubt.code, doubt.grave) == ("vin_year", False)
    assert list(doubts({"vin": "1M8GDM9AXKP042788", "model_year": 2019})) == []

"""Civic numbers along a segment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.linear.addresses import CivicRange, civic_ranges, numbered

RANGES = st.builds(CivicRange, st.integers(1, 900), st.integers(1, 900))


@given(reach=RANGES, data=st.data())
def test_the_number_at_the_share_of_a_number_is_that_number(
    reach: CivicRange, data: st.DataObject
) -> None:
    number = reach.first + reach.step * data.draw(st.integers(0, reach.lots - 1))
    share = reach.share_of(number)

    assert share is not None
    assert reach.number_at(share) == number


@given(reach=RANGES)
def test_the_numbers_between_the_ends_are_all_of_them(reach: CivicRange) -> None:
    numbers = list(reach.between(0, 1))

    assert (numbers[0], numbers[-1], len(numbers)) == (reach.first, reach.last, reach.lots)


def test_a_number_of_the_other_parity_is_not_on_this_hand() -> None:
    assert CivicRange(1, 19).share_of(4) is None


def test_a_number_beyond_the_range_is_not_on_this_segment() -> None:
    assert CivicRange(1, 19).share_of(21) is None
    assert CivicRange(19, 1).share_of(21) is None


def test_numbers_may_go_down_along_the_line() -> None:
    assert CivicRange(19, 1).number_at(0) == 19


def test_a_hand_of_which_an_end_is_unknown_has_no_range() -> None:
    assert civic_ranges({"civic_left_from": 1, "civic_right_from": 2, "civic_right_to": 20}) == {
        "right": CivicRange(2, 20)
    }


@pytest.mark.parametrize(
    ("street", "generic", "written"),
    [
        ("Place du Vallon", "Place", "12, place du Vallon"),
        ("Rue Émile-Nelligan", "rue", "12, rue Émile-Nelligan"),
        ("Place du Vallon", None, "12, Place du Vallon"),
        ("Main Street", "Street", "12, Main Street"),
        ("Coteau Road", "Côte", "12, Coteau Road"),
    ],
)
def test_an_address_has_its_generic_without_a_capital_where_it_is_known(
    street: str, generic: str | None, written: str
) -> None:
    assert numbered(12, street, {"name_generic": generic}) == written

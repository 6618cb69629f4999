"""Numbers as people read them."""

import pytest

from asset_model.errors import sentence
from asset_model.numbers import dollars, fixed, shown, told


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0, "0", "0"),
        (2.5, "2,5", "2.5"),
        (3.0, "3", "3"),
        (5073, "5\u00a0073", "5,073"),
        (-1234.25, "-1\u00a0234,25", "-1,234.25"),
        (0.1 + 0.2, "0,3", "0.3"),
        (123_456_789_012, "123\u00a0456\u00a0789\u00a0012", "123,456,789,012"),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(
    value: float, french: str, english: str
) -> None:
    assert (shown(value, "fr"), shown(value, "en")) == (french, english)


def test_money_has_its_cents_whatever_they_are() -> None:
    assert (dollars(1234.5, "fr"), dollars(1234.5, "en")) == ("1\u00a0234,50\u00a0$", "$1,234.50")
    assert (fixed(1.1034, 3, "fr"), fixed(1.1034, 3, "en")) == ("1,103", "1.103")


def test_what_is_no_number_is_left_as_it_is() -> None:
    assert [told(value, "fr") for value in (True, "2.5", None)] == ["True", "2.5", "None"]


def test_a_refusal_writes_its_numbers_so_too() -> None:
    details = {"field": "h", "value": 24.5, "why": "0 < h ≤ 24"}

    assert "«\u00a024,5\u00a0»" in sentence("bad_value", "fr", details)
    assert "“24.5”" in sentence("bad_value", "en", details)

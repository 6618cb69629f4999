"""Cells become typed values, as people write them."""

from typing import Any

import pytest

from gis.mapping import AttributeRule, Pattern
from gis.values import Unfit, attribute_value, number_of

CHOICES = [{"code": "local", "label_fr": "Rue locale", "label_en": "Local street"}]


def value(cell: str, **attribute: Any) -> Any:
    rule = AttributeRule("x", Pattern("{X}"))
    return attribute_value(rule, cell, attribute={"name": "x", **attribute})


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12", 12), ("-3,5", -3.5), ("1 250,75", 1250.75), ("1\u00a0250", 1250), ("1e3", 1000)],
)
def test_numbers_are_read_with_comma_or_point(cell: str, number: float) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize("cell", ["nan", "inf", "1_000", "12 m", "1.2.3", "0x1f"])
def test_what_is_no_number_is_not_read_as_one(cell: str) -> None:
    with pytest.raises(ValueError, match=cell):
        number_of(cell)


@pytest.mark.parametrize(
    ("cell", "attribute", "expected"),
    [
        ("12.0", {"type": "integer"}, 12),
        ("2,5", {"type": "number"}, 2.5),
        ("OUI", {"type": "boolean"}, True),
        ("false", {"type": "boolean"}, False),
        ("2026/03/31", {"type": "date"}, "2026-03-31"),
        ("2026-03-31T00:00:00", {"type": "date"}, "2026-03-31"),
        ("local", {"type": "choice", "choices": CHOICES}, "local"),
        ("rue locale", {"type": "choice", "choices": CHOICES}, "local"),
        (" Rue ", {"type": "text"}, "Rue"),
        ("", {"type": "integer"}, None),
    ],
)
def test_a_cell_is_read_as_its_attribute_wants(
    cell: str, attribute: dict[str, Any], expected: Any
) -> None:
    assert value(cell, **attribute) == expected


@pytest.mark.parametrize(
    ("cell", "attribute", "code"),
    [
        ("12,5", {"type": "integer"}, "value_type"),
        ("peut-être", {"type": "boolean"}, "value_type"),
        ("31/03/2026", {"type": "date"}, "value_type"),
        ("avenue", {"type": "choice", "choices": CHOICES}, "value_unknown"),
        ("7", {"type": "integer", "maximum": 6}, "value_outside"),
        ("", {"type": "text", "required": True}, "value_needed"),
    ],
)
def test_a_cell_that_does_not_fit_says_why(cell: str, attribute: dict[str, Any], code: str) -> None:
    with pytest.raises(Unfit) as unfit:
        value(cell, **attribute)

    assert unfit.value.code == code

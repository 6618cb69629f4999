"""Cells to typed values, as an asset class describes its attributes."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from gis.mapping import AttributeRule
from gis.problems import Problem, listed

Attribute = Mapping[str, Any]

TRUTHS = {"true": True, "oui": True, "yes": True, "1": True, "vrai": True}
FALSEHOODS = {"false": False, "non": False, "no": False, "0": False, "faux": False}
SPACES = re.compile("[\\s\u00a0\u202f]")

WANTED: dict[str, tuple[str, str]] = {
    "integer": ("a whole number", "un nombre entier"),
    "number": ("a number", "un nombre"),
    "boolean": ("yes or no", "oui ou non"),
    "date": ("a date like 2026-03-31", "une date comme 2026-03-31"),
}


class Unfit(Exception):
    """A cell that does not fit its attribute."""

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        self.details = details
        super().__init__(code)


def attribute_value(rule: AttributeRule, cell: str, *, attribute: Attribute) -> Any:
    """What the cell says of the attribute; None when it says that nothing is known.

    :raises Unfit: when it says something the attribute cannot hold
    """
    text = cell.strip()
    if not text or text in rule.none:
        if attribute.get("required"):
            raise Unfit("value_needed")
        return None
    if rule.values:
        if text not in rule.values:
            raise Unfit("value_unknown", value=text, known=listed(list(rule.values)))
        return rule.values[text]
    return _within(_typed(text, rule, attribute=attribute), text, attribute=attribute)


def value_problem(rule: AttributeRule, unfit: Unfit, *, row: int) -> Problem:
    return Problem(unfit.code, row, {"column": rule.column, **unfit.details})


def number_of(text: str) -> float:
    """The number in a cell: decimal comma or point, spaces between thousands.

    :raises ValueError: there is none
    """
    plain = SPACES.sub("", text).replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", plain):
        raise ValueError(text)
    return float(plain)


def _typed(text: str, rule: AttributeRule, *, attribute: Attribute) -> Any:
    kind = attribute["type"]
    try:
        match kind:
            case "integer":
                return _whole(text)
            case "number":
                return number_of(text) if rule.times == 1 else number_of(text) * rule.times
            case "boolean":
                return (TRUTHS | FALSEHOODS)[text.casefold()]
            case "date":
                return date.fromisoformat(text.replace("/", "-")[:10]).isoformat()
            case "choice":
                return _choice(text, attribute=attribute)
    except (ValueError, KeyError):
        wanted, wanted_fr = WANTED[kind]
        raise Unfit("value_type", value=text, wanted=wanted, wanted_fr=wanted_fr) from None
    return text


def _whole(text: str) -> int:
    number = number_of(text)
    if not number.is_integer():
        raise ValueError(text)
    return int(number)


def _choice(text: str, *, attribute: Attribute) -> str:
    """A choice's code, said by its code or by either of its labels."""
    codes: dict[str, str] = {}
    for choice in attribute["choices"]:
        for word in (choice["label_en"], choice["label_fr"], choice["code"]):
            codes[word.casefold()] = choice["code"]
    if text.casefold() not in codes:
        known = listed([choice["code"] for choice in attribute["choices"]])
        raise Unfit("value_unknown", value=text, known=known)
    return codes[text.casefold()]


def _within(value: Any, text: str, *, attribute: Attribute) -> Any:
    low, high = attribute.get("minimum"), attribute.get("maximum")
    if not isinstance(value, int | float) or isinstance(value, bool):
        return value
    if (low is not None and value < low) or (high is not None and value > high):
        raise Unfit("value_outside", value=text, minimum=_open(low), maximum=_open(high))
    return value


def _open(limit: float | None) -> float | str:
    return "…" if limit is None else limit

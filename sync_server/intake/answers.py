"""Answers to a service's questions, as a form's text says them."""

from collections.abc import Mapping
from typing import Any

_YES = frozenset({"true", "1", "oui", "yes", "on"})
_NO = frozenset({"false", "0", "non", "no"})


def answer_of(question: Mapping[str, Any], text: str) -> Any:
    """The value that the text means; as it came where it means none, to be told wrong then."""
    plain = text.strip()
    match question["type"]:
        case "boolean":
            word = plain.lower()
            return word in _YES if word in _YES | _NO else plain
        case "integer" | "number":
            return _number(plain)
        case "date":
            return plain[:10]
        case _:
            return plain


def _number(text: str) -> float | int | str:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(value) if value.is_integer() else value

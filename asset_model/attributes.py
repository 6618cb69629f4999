"""Typed attributes of an asset class: the schema that validates values and draws the form."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

TYPES = ("text", "integer", "number", "boolean", "date", "choice")


def problems(schema: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> Iterator[str]:
    """Everything wrong with `values` under `schema`, each naming the attribute and the mend.

    `schema` lists ``{name, type, required, choices, minimum, maximum, unit, label_fr, label_en}``;
    all but name and type may be missing.
    """
    known = {attribute["name"]: attribute for attribute in schema}
    for name in values.keys() - known.keys():
        yield f"{name}: not an attribute of this class ({', '.join(sorted(known))})"
    for name, attribute in known.items():
        value = values.get(name)
        if value is None:
            if attribute.get("required"):
                yield f"{name}: a value is needed"
        elif wrong := _wrong(attribute, value):
            yield f"{name}: {value!r} {wrong}"


def plain_number(value: Any) -> bool:
    """A finite number that a double holds exactly, and not a truth value in disguise."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return abs(value) <= 2**53
    return isinstance(value, float) and math.isfinite(value)


def _wrong(attribute: Mapping[str, Any], value: Any) -> str | None:
    kind = attribute["type"]
    if kind == "choice":
        codes = [choice["code"] for choice in attribute["choices"]]
        return None if value in codes else f"is not one of {', '.join(codes)}"
    if not _fits(kind, value):
        return f"is not of type {kind}"
    return _outside(attribute, value) if kind in ("integer", "number") else None


def _fits(kind: str, value: Any) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return plain_number(value) and float(value).is_integer()
        case "number":
            return plain_number(value)
        case "date":
            return isinstance(value, str) and _is_date(value)
    raise ValueError(f"unknown attribute type {kind!r}; known: {', '.join(TYPES)}")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _outside(attribute: Mapping[str, Any], value: float) -> str | None:
    low, high = attribute.get("minimum"), attribute.get("maximum")
    if low is not None and value < low:
        return f"is below {low}"
    if high is not None and value > high:
        return f"is above {high}"
    return None

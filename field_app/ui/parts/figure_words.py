"""Figures of the fleet as they read: the number with its measure."""

from typing import Any

from field_app.ui.words import Words

DECIMALS = {"$": 0, "$/km": 2, "$/h": 2, "%": 0, "h": 0, "km": 0, "": 0}


def value_of(words: Words, figure: dict[str, Any]) -> str:
    """A dash where there is nothing to divide by, or nothing was read."""
    value, measure = figure["value"], figure["measure"]
    if value is None:
        return "–"
    told = words.number(_rounded(value, DECIMALS.get(measure, 1)))
    if words.language == "fr" or measure not in ("$", "%"):
        return f"{told}\u00a0{measure}" if measure else told
    return f"${told}" if measure == "$" else f"{told}%"


def _rounded(value: float, places: int) -> float:
    return round(value, places) if places else round(value)

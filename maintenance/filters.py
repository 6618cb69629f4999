"""Which assets of a class a plan concerns: those whose attributes fit its filter."""

from collections.abc import Mapping
from typing import Any


def fits(asset_filter: Mapping[str, Any], attributes: Mapping[str, Any]) -> bool:
    """Whether every attribute that the filter names has one of its values, or is in its range."""
    return all(_fits(wanted, attributes.get(name)) for name, wanted in asset_filter.items())


def _fits(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, Mapping):
        if not isinstance(value, int | float):
            return False
        low, high = wanted.get("minimum"), wanted.get("maximum")
        return (low is None or value >= low) and (high is None or value <= high)
    return value in wanted if isinstance(wanted, list) else bool(value == wanted)

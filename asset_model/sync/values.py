"""Which values a message may carry, whatever the column: those that can be stored and repeated."""

import math
from typing import Any

DEPTH_MAX = 20
"""Of lists and objects within one another: attributes and geometries take five."""


def can_be_kept(value: Any, depth: int = DEPTH_MAX) -> bool:
    """Whether both databases' journals, and every answer of ours, can hold the value.

    JSON readers let through what JSON itself cannot say: NaN, infinities, halves of characters.
    """
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        return depth > 0 and all(can_be_kept(item, depth - 1) for item in value)
    return True

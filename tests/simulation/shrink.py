"""Delta debugging: the steps that matter out of the many that were played."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

TRIES_MAX = 600


def shrunk(steps: Sequence[T], fails: Callable[[Sequence[T]], bool]) -> list[T]:
    """A part of the steps that still fails, and of which no single one can be left out.

    Unless that takes more than `TRIES_MAX` tries; then as far as they led. (Zeller and
    Hildebrandt, "Simplifying and isolating failure-inducing input", 2002: complements only.)
    """
    kept, size, tries = list(steps), max(1, len(steps) // 2), 0
    while tries < TRIES_MAX:
        before, start = len(kept), 0
        while start < len(kept) and tries < TRIES_MAX:
            rest = [*kept[:start], *kept[start + size :]]
            tries += 1
            if fails(rest):
                kept = rest  # What comes after has moved up: go on at the same place.
            else:
                start += size
        if size == 1 and len(kept) == before:
            break
        size = max(1, size // 2)
    return kept

"""Asking the same for many by one statement, of which few shapes are ever built."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_ONCE_MAX = 32


def asked_together(several: Sequence[T]) -> Iterator[Sequence[T]]:
    """Parts of 32, 16, 8, 4, 2 and 1: a statement of each is built once, which takes longer than
    to run it.
    """
    start = 0
    while rest := len(several) - start:
        size = min(AT_ONCE_MAX, 1 << rest.bit_length() - 1)
        yield several[start : start + size]
        start += size

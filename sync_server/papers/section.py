"""A part of a paper: a heading, and facts or a table under it."""

from collections.abc import Sequence
from typing import Any

Pairs = Sequence[tuple[str, str]]


def facts(title: str, pairs: Pairs, note: str | None = None) -> dict[str, Any]:
    return {"title": title, "note": note, "facts": [list(pair) for pair in pairs]}


def listing(
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
    empty: str,
    note: str | None = None,
) -> dict[str, Any]:
    """`columns`: each head, and its share of the width; 0: as wide as what is in it."""
    return {
        "title": title,
        "note": note,
        "heads": [head for head, _ in columns],
        "widths": [width for _, width in columns],
        "rows": [list(row) for row in rows],
        "empty": empty,
    }

"""A figure of the page, with its parts; and the list that opens from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from sync_server.dashboard.rules import RULES

PAGE = 50
"""Rows of a list at a time."""


@dataclass(frozen=True)
class Part:
    """A share of a figure that has a list of its own: by law, of a trade, of a kind of order."""

    code: str
    value: float | None
    count: int
    before: float | None = None
    """The same, a year ago."""
    name: str | None = None
    """Where it is the town's word, and none of the catalogue's."""
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Figure:
    """`count`: how many rows its list has. `value` is None where there is nothing to divide by."""

    code: str
    value: float | None
    measure: str
    count: int
    parts: Sequence[Part] = ()
    before: float | None = None
    notes: Sequence[str] = ()

    def told(self) -> dict[str, Any]:
        rule = RULES[self.code]
        return {
            "code": self.code,
            "value": _rounded(self.value),
            "measure": self.measure,
            "count": self.count,
            "before": _rounded(self.before),
            "notes": list(self.notes),
            "parts": [_part(part) for part in self.parts],
            "rule": {"version": rule.version, "fr": rule.french, "en": rule.english},
        }


def _part(part: Part) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": part.name,
        "value": _rounded(part.value),
        "count": part.count,
        "before": _rounded(part.before),
        "notes": list(part.notes),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


Row = dict[str, Any]


@dataclass(frozen=True)
class Listing:
    """A page of the rows that make a figure, or a part of it."""

    count: int
    rows: Sequence[Row]
    amount: float | None = None
    """What all its rows come to, where they add up."""


def paged(rows: Sequence[Any], page: int | None) -> Sequence[Any]:
    """The rows of a page; all of them where `page` is None."""
    return rows if page is None else rows[page * PAGE : (page + 1) * PAGE]


def page_of(query: Select[Any], page: int | None) -> Select[Any]:
    """The same, of rows that the database has in order."""
    return query if page is None else query.limit(PAGE).offset(page * PAGE)

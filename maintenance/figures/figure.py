"""A figure: a number of a unit, the rule it was made by, and the records that make it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from maintenance.figures.rules import RULES, Rule


@dataclass(frozen=True)
class Record:
    """One line that a figure is made of: where it is kept, and what it says."""

    table: str
    id: str
    asset_id: str
    at: datetime
    what: str
    """A code, of the lists of words in `sync_server/figures/words.py`."""
    amount: float | None
    """What it adds, in the figure's unit; None: nothing, and `details` says why."""
    order: str | None = None
    """The number of its work order."""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """`value` is None where there is nothing to divide by, or nothing was read."""

    code: str
    asset_id: str | None
    """None: the whole fleet."""
    value: float | None
    unit: str
    records: tuple[Record, ...] = ()
    over: float | None = None
    under: float | None = None
    """A quotient's two halves, so that it can be worked out again."""
    notes: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule:
        return RULES[self.code]


def quotient(over: float, under: float) -> float | None:
    return over / under if under else None

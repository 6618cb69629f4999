"""What a week came to in one figure; and how a figure of weeks is worked out and listed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from sync_server.dashboard.figure import Listing
from sync_server.dashboard.narrowing import Narrowing
from sync_server.dashboard.weeks import Week


@dataclass(frozen=True)
class Came:
    """`count`: how many rows its list has. `undecided`: occurrences that may still be in time."""

    value: float | None = 0.0
    count: int = 0
    parts: Mapping[str, "Came"] = field(default_factory=dict)
    notes: Sequence[str] = ()
    undecided: int = 0


class Question(NamedTuple):
    session: Session
    narrowed: Narrowing
    now: datetime


class Weekly(NamedTuple):
    """`since`: the columns of which the earliest says since when there is anything to count."""

    measure: str
    came: Callable[[Question, Sequence[Week]], list[Came]]
    listed: Callable[[Question, Week, str | None, int | None], Listing]
    since: Sequence[InstrumentedAttribute[Any]]

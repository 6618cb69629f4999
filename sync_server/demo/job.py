"""What a job is in the demo: everything that an order of its kind starts from."""

from dataclasses import dataclass
from enum import StrEnum

from sync_server.demo.checklists import Line


class Trade(StrEnum):
    """Who does it: the roads crew of the district, or a crew of the whole town."""

    ROADS = "roads"
    WATER = "water"
    GARAGE = "garage"


@dataclass(frozen=True)
class Job:
    """One kind of work on assets of one class. What people read is French, as in the town."""

    title: str
    class_code: str
    trade: Trade
    due_hours: float
    due_reason: str
    hours: float
    description: str
    steps: tuple[Line, ...]
    kind: str = "corrective"
    priority: int = 3
    safety_note: str | None = None
    parts: tuple[tuple[str, float], ...] = ()
    done_note: str | None = None
    having: tuple[str, object] | None = None
    """An attribute that the asset must have with this value."""
    by_citizen: bool = False
    """Whether it came by 311."""

"""What is known when plans are worked out: how far each has come, what meters and events say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from maintenance.reasons import Reason
from maintenance.storage import Storage

Target = str | None
"""An asset's id; None for work that concerns none, such as a round of the whole town."""

Week = tuple[int, int]
"""ISO year and week."""


class Track(NamedTuple):
    """How far a plan has come on an asset."""

    last_id: str | None
    """The latest occurrence, whatever became of it."""
    last_due_on: date | None
    base_on: date | None
    """The day that counting begins from: when the last one was done, else when it was due."""
    open_id: str | None = None
    """The occurrence whose work is not finished, its own order or one that absorbed it."""
    open_due_on: date | None = None
    waiting_id: str | None = None
    """One that was absorbed by work which was then cancelled: it asks again."""
    waiting_due_on: date | None = None
    waiting_wanted_on: date | None = None
    """Where somebody has set its day."""
    waiting_reasons: tuple[Reason, ...] = ()


NEVER = Track(None, None, None)


@dataclass(frozen=True)
class History:
    """What plans have asked for so far. All of it by the plan's id, then by target."""

    targets: Mapping[str, Sequence[Target]]
    """What each plan concerns today."""
    tracks: Mapping[str, Mapping[Target, Track]] = field(default_factory=dict)
    seen_until: Mapping[str, date] = field(default_factory=dict)
    """The last day up to which a plan's calendar was worked out."""
    booked: Mapping[tuple[str, Week], float] = field(default_factory=dict)
    """Hours of plans' work that each shop has in a week."""

    def track(self, plan_id: str, target: Target) -> Track:
        return self.tracks.get(plan_id, {}).get(target, NEVER)


class Standing(NamedTuple):
    """Where a meter stands, by the readings that are trusted."""

    total: float
    read_on: date
    per_day: float | None = None
    per_day_error: float | None = None


@dataclass(frozen=True)
class Readings:
    """What meters say, by measure and asset; which events have happened, by code and asset; and
    when units were stored away.
    """

    standings: Mapping[str, Mapping[str, Standing]] = field(default_factory=dict)
    bases: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)
    """By plan, measure and asset: the total at the day that the plan counts from."""
    events: Mapping[str, Mapping[Target, Sequence[date]]] = field(default_factory=dict)
    """The days on which they happened; those of None concern every asset."""
    storage: Storage = field(default_factory=dict)

"""Where the tablet is, and whether it is being driven: what its receiver says, made sense of.

A receiver tells every second; screens are drawn again only when what they show would change.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from asset_model.geometry import bearing_of, distance_m
from field_app.reads.corners import Position

DRIVES_KMH = 8.0
"""Faster than one walks: from here on only the driving screen is shown."""
STANDS_KMH = 3.0
MOVED_M = 15.0
"""So far the tablet must have come for distances to be told anew."""
FRESH_FOR = timedelta(minutes=2)
"""A position that is older is where the tablet was, and no screen calls it near."""


@dataclass(frozen=True)
class Fix:
    """One word of the receiver: degrees, metres, and a speed where it tells any."""

    position: Position
    accuracy_m: float
    speed_kmh: float
    at: datetime

    def is_fresh(self, now: datetime) -> bool:
        return now - self.at < FRESH_FOR


@dataclass(frozen=True)
class Track:
    """What is known after some fixes: the last, the one that screens show, and the movement."""

    last: Fix | None = None
    shown: Fix | None = None
    moving: bool = False
    course: float | None = None
    """In which direction it came here, in degrees from north; as it stood when it stopped."""

    def after(self, fix: Fix) -> Self:
        speed = fix.speed_kmh or self._measured_kmh(fix)
        known = replace(fix, speed_kmh=speed)
        moving = speed >= DRIVES_KMH or (self.moving and speed >= STANDS_KMH)
        shown = self._shown(known)
        return replace(self, last=known, shown=shown, moving=moving, course=self._course(shown))

    def _course(self, shown: Fix) -> float | None:
        if self.shown is None or distance_m(self.shown.position, shown.position) < MOVED_M:
            return self.course
        return bearing_of(self.shown.position, shown.position)

    def _measured_kmh(self, fix: Fix) -> float:
        """Between two fixes, where the receiver names no speed; less than its doubt is none."""
        if self.last is None:
            return 0.0
        seconds = (fix.at - self.last.at).total_seconds()
        metres = distance_m(self.last.position, fix.position)
        if seconds <= 0 or metres <= self.last.accuracy_m + fix.accuracy_m:
            return 0.0
        return metres / seconds * 3.6

    def _shown(self, fix: Fix) -> Fix:
        old = self.shown
        if old is None or fix.at - old.at >= FRESH_FOR / 2:
            return fix
        return fix if distance_m(old.position, fix.position) >= MOVED_M else old

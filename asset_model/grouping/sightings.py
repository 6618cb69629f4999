"""What one report tells of a place and a time, as far as telling twins apart needs it."""

from dataclasses import dataclass
from datetime import datetime
from math import cos, hypot, radians

METRES_PER_DEGREE = 111_195.0
"""Along a meridian, on a sphere of 6,371 km: within 0.5 % anywhere, and pins err by more."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One report. What is not known is None, and then says nothing for or against.

    `family` is the group of its category: a report of a broken sidewalk may come under either of
    two names. `address` is folded by the caller, so that spelling does not part equal ones.
    `accuracy_m` is how far off its pin may be. `by_staff`: made by the town's own people, who
    rarely report twice. `closed_at`: when it was closed, if it was.
    """

    id: str
    at: datetime
    lon: float
    lat: float
    category: str
    family: str | None = None
    concepts: frozenset[str] = frozenset()
    asset_id: str | None = None
    address: str | None = None
    reporter: str | None = None
    accuracy_m: float = 0.0
    by_staff: bool = False
    closed_at: datetime | None = None


def metres_between(one: Sighting, other: Sighting) -> float:
    """On the plane that touches `one`: right within 0.1 % as far as twins are looked for."""
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return hypot(east, one.lat - other.lat) * METRES_PER_DEGREE


def days_between(earlier: Sighting, later: Sighting) -> float:
    return (later.at - earlier.at).total_seconds() / 86_400

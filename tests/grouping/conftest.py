"""Reports of a street, made where a test needs them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from asset_model.grouping.sightings import METRES_PER_DEGREE, Sighting

NOON = datetime(2026, 5, 4, 16, tzinfo=UTC)
HOME = (-75.72, 45.42)

Report = Callable[..., Sighting]


@pytest.fixture
def report() -> Report:
    """`report("2", north_m=12, days=1, category=...)`: so far and so long after the first."""

    def made(name: str, north_m: float = 0.0, days: float = 0.0, **told: Any) -> Sighting:
        return Sighting(
            id=name,
            at=NOON + timedelta(days=days),
            lon=HOME[0],
            lat=HOME[1] + north_m / METRES_PER_DEGREE,
            category=told.pop("category", "pothole"),
            **told,
        )

    return made

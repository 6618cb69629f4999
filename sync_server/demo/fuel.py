"""What units took at the pump, as the statement of the fuel cards tells it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from asset_model.ids import derived_id
from sync_server.demo.fleet import UNITS
from sync_server.demo.ground import chance
from sync_server.demo.placing import demo_id
from sync_server.upkeep_tables import FuelFill

WEEKS = 8
PRICES = {"diesel": 1.739, "gasoline": 1.589}
"""Dollars a litre, taxes included."""


def fuel_rows(*, now: datetime, seed: int) -> Iterator[FuelFill]:
    """A fill each week; the last one of the town's own tank has no price."""
    random = chance(seed, "fuel")
    for unit in (each for each in UNITS if each.fuel in PRICES and each.kind != "trailer"):
        for week in range(WEEKS, 0, -1):
            litres = round(random.uniform(35, 60 if unit.fuel == "gasoline" else 180), 1)
            own_tank = unit.kind == "grader" and week == 1
            number = f"{unit.number}{week:02d}"
            yield FuelFill(
                id=derived_id("fill", "démo", number),
                asset_id=demo_id("asset", str(unit.number)),
                filled_at=now - timedelta(days=7 * week, hours=random.randint(1, 6)),
                litres=litres,
                cost=None if own_tank else round(litres * PRICES[unit.fuel], 2),
                reference=number,
                card=f"70{unit.number}",
                source="démo",
                received_at=now,
            )

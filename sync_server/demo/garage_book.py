"""What the garage has signed and entered: sheets, the brake register, a storage; and its rates."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from asset_model.base import Base
from asset_model.ids import uuid7
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.upkeep import BrakeMeasure, MaintenanceSheet, Rate, StoragePeriod
from maintenance.due import TORONTO
from maintenance.templates import BRAKE_REGISTER_KG, SHEET
from sync_server.demo.catalogue import PARTS
from sync_server.demo.fleet import UNITS
from sync_server.demo.ground import chance
from sync_server.demo.people import BY_KEY
from sync_server.demo.placing import demo_id

SHEETS_OF = {"EP-10": "Garage municipal", "EP-11": "Centre du camion de l’Outaouais"}
"""By plan, who does the work."""
RATES_SINCE = date(2024, 1, 1)
# By role: an hour, and one of overtime, in dollars.
HOURLY = {"mechanic": (41.5, 62.25), "crew_member": (33.8, 50.7), "*": (45.0, 67.5)}
# By kind of machine, an hour with its fuel and wear.
MACHINES = {"plow_truck": 92.0, "grader": 118.5, "loader": 84.0, "backhoe": 76.5, "*": 48.0}
LINING_MINIMUM_MM = 8.0
STORED = 209
"""The sweeper sleeps in winter."""


def garage_book(
    plans: Iterable[MaintenancePlan], past: Iterable[Occurrence], *, now: datetime, seed: int
) -> Iterator[Base]:
    yield from _rates()
    yield from _sheets({plan.id: plan for plan in plans}, past, seed)
    yield _storage(now)


def _rates() -> Iterator[Rate]:
    for role, (amount, overtime) in HOURLY.items():
        yield _rate("labour", role, amount, overtime)
    for machine, amount in MACHINES.items():
        yield _rate("equipment", machine, amount, None)
    for rank, (code, *_) in enumerate(PARTS, start=1):
        yield _rate("part", code, round(3.25 * rank + 4.1, 2), None)


def _rate(kind: str, code: str, amount: float, overtime: float | None) -> Rate:
    return Rate(
        id=demo_id("rate", f"{kind} {code}"),
        kind=kind,
        code=code,
        since=RATES_SINCE,
        amount=amount,
        overtime_amount=overtime,
        source="Démo",
    )


def _sheets(
    plans: dict[str, MaintenancePlan], past: Iterable[Occurrence], seed: int
) -> Iterator[Base]:
    """One for each time that a plan of the law was done, with measures where brakes are heavy."""
    random = chance(seed, "garage book")
    weights = {demo_id("asset", str(unit.number)): unit.gross_weight_kg for unit in UNITS}
    mechanic = BY_KEY["rejean"]
    for each in past:
        plan = plans[each.plan_id]
        if plan.code not in SHEETS_OF or each.done_at is None:
            continue
        assert each.asset_id is not None
        sheet = MaintenanceSheet(
            id=uuid7(each.done_at, random),
            asset_id=each.asset_id,
            person_id=mechanic.id,
            signed_name=mechanic.name,
            signed_with="pin",
            signed_at=each.done_at,
            title=plan.title_fr,
            done_on=each.done_at.astimezone(TORONTO).date(),
            garage=SHEETS_OF[plan.code],
            lines=[
                {"label_fr": line["label_fr"], "label_en": line["label_en"],
                 "result": random.choice(("ok",) * 12 + ("na",)), "note": None}
                for line in SHEET
                if line["required"]
            ],
            certificate=f"V{random.randint(100_000, 999_999)}" if plan.code == "EP-11" else None,
        )  # fmt: skip
        yield sheet
        if plan.code == "EP-10" and weights[each.asset_id] >= BRAKE_REGISTER_KG:
            for axle in (1, 2):
                for side in ("left", "right"):
                    yield BrakeMeasure(
                        id=uuid7(each.done_at, random),
                        asset_id=each.asset_id,
                        person_id=mechanic.id,
                        sheet_id=sheet.id,
                        measured_on=sheet.done_on,
                        axle=axle,
                        side=side,
                        kind="lining",
                        value_mm=round(random.uniform(9.5, 18.0), 1),
                        minimum_mm=LINING_MINIMUM_MM,
                    )


def _storage(now: datetime) -> StoragePeriod:
    """The last winter that is over."""
    day = now.astimezone(TORONTO).date()
    back = date(day.year if day >= date(day.year, 4, 15) else day.year - 1, 4, 15)
    return StoragePeriod(
        id=demo_id("storage", str(STORED)),
        asset_id=demo_id("asset", str(STORED)),
        person_id=BY_KEY["marie_eve"].id,
        begins_on=back - timedelta(days=151),
        ends_on=back,
        place="Garage municipal",
        reason="Remisage d’hiver",
    )

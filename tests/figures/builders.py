"""November 2026 of two trucks, and what happened to them, with what a test does not care about."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from asset_model.prices import Price
from maintenance.due import TORONTO
from maintenance.figures.costs import Spent
from maintenance.figures.figure import Figure
from maintenance.figures.spans import Period
from maintenance.figures.uptime import Job, Service, uptime_figures

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30), TORONTO)
UNITS = ("201", "202")
UNIT_OF = {"201": "201", "202": "202", "201-1": "201"}
"""A plow is mounted on 201."""
PRICES = {
    ("labour", "mechanic"): [
        Price(date(2026, 1, 1), 40.0, overtime=60.0),
        Price(date(2026, 11, 15), 42.0, overtime=63.0),
    ],
    ("part", "OIL"): [Price(date(2026, 1, 1), 5.25)],
}


def at(day: int, hour: int = 12, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


AFTER = at(5, month=12)
"""When the figures are worked out: the month is over."""


def worked(hours: float, on: int = 10, unit: str = "201", **more: Any) -> Spent:
    given = {"kind": "labour", "table": "time_worked", "id": f"w{on}", "order": "BT-1",
             "code": "mechanic", "quantity": hours * 3600}  # fmt: skip
    return Spent(asset_id=unit, at=at(on), **{**given, **more})


def used(quantity: float, on: int = 10, unit: str = "201", part: str = "OIL") -> Spent:
    return Spent("material", "material_used", f"u{on}", "BT-1", unit, at(on), part, quantity)


def billed(amount: float, on: int = 10, unit: str = "201") -> Spent:
    return Spent("outside", "outside_cost", f"b{on}", "BT-1", unit, at(on), "Hydro-Pro", amount)


def filled(litres: float, on: int = 10, fuel: str = "diesel", paid: float | None = None) -> Spent:
    return Spent("fuel", "fuel_fill", f"f{on}", None, "201", at(on), fuel, litres, paid=paid)


def job(
    kind: str,
    created: datetime,
    started: datetime | None = None,
    completed: datetime | None = None,
    **more: Any,
) -> Job:
    given = {"id": f"{kind} {created:%d %H}", "number": "BT-1", "asset_id": "201", "priority": 3}
    return Job(kind=kind, created_at=created, started_at=started, completed_at=completed,
               **{**given, **more})  # fmt: skip


def uptime(
    jobs: Iterable[Job],
    service: Service | None = None,
    *,
    units: Sequence[str] = ("201",),
    now: datetime = AFTER,
) -> dict[tuple[str, str | None], Figure]:
    found = uptime_figures(jobs, service or Service(), units, NOVEMBER, now=now)
    return keyed(found)


def keyed(figures: Iterable[Figure]) -> dict[tuple[str, str | None], Figure]:
    return {(figure.code, figure.asset_id): figure for figure in figures}

"""What the page is narrowed to: a district, a crew, a month."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from asset_model.errors import Refused
from asset_model.work_orders import WorkOrder
from maintenance.due import TORONTO
from maintenance.figures.spans import Period
from sync_server.bulletins.asking import Asking
from sync_server.days import day_of

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Narrowing:
    """`month`: its days, up to today where it is not over."""

    month: Period
    district: str | None = None
    crew: str | None = None

    @property
    def of_orders(self) -> list[ColumnElement[bool]]:
        """The conditions that orders must meet."""
        return self.of(WorkOrder.district_id, WorkOrder.crew_id)

    @property
    def year_before(self) -> Period:
        """The same days of last year; a leap day has none, and ends with the month."""
        return Period(_year_before(self.month.first), _year_before(self.month.last), TORONTO)

    def of(self, district: Column, crew: Column) -> list[ColumnElement[bool]]:
        """The conditions on rows that have their district and crew in these columns."""
        asked = ((district, self.district), (crew, self.crew))
        return [column == id for column, id in asked if id is not None]

    def told(self) -> dict[str, Any]:
        month = self.month.first.isoformat()[:7]
        return {"district": self.district, "crew": self.crew, "month": month}


def narrowing(asking: Asking) -> Narrowing:
    """:raises Refused: ``bad_value`` where the month is none, or is still to come"""
    month = asking.text("month") or asking.today.isoformat()[:7]
    try:
        first = day_of(f"{month}-01")
    except ValueError:
        first = date.max
    if first > asking.today:
        raise Refused("bad_value", field="month", value=month[:10], why="2026-11")
    end = first.replace(day=monthrange(first.year, first.month)[1])
    period = Period(first, min(end, asking.today), TORONTO)
    return Narrowing(period, asking.text("district"), asking.text("crew"))


def _year_before(day: date) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))

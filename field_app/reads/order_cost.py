"""What an order has cost so far, by the rates that this device holds: line by line.

Counted as the office's figures are (`maintenance/figures/costs.py`): the rate of the day, each line
rounded to the cent. A crew's tablet holds no rates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.catalogue import Part
from asset_model.facts import EquipmentUsed, MaterialUsed, TimeWorked
from asset_model.people import Person
from asset_model.prices import Price, PriceList, cents, prices_set, sort_of, summed
from asset_model.upkeep import OutsideCost
from asset_model.work_orders import WorkOrder

LABOUR, EQUIPMENT, MATERIAL, OUTSIDE = "labour", "equipment", "material", "outside"
HOUR_S = 3600


@dataclass(frozen=True)
class CostLine:
    """`name`: who, what machine, the supplier; of a part its French label. `code`: a role, a tag, a
    part's; `rated_as`: the code whose rate it has. `amount` None: there is no rate for that day.
    """

    what: str
    name: str
    code: str
    day: date
    quantity: float
    amount: float | None
    price: Price | None = None
    overtime: bool = False
    unit: str = "h"
    name_en: str | None = None
    rated_as: str = ""


@dataclass(frozen=True)
class OrderCost:
    """`jobs`: how many orders are part of it; `whole`: what it came to with theirs.

    `rated`: whether this device holds any rate at all.
    """

    lines: tuple[CostLine, ...]
    rated: bool
    jobs: int = 0
    whole: float = 0.0

    @property
    def amount(self) -> float:
        return summed(line.amount for line in self.lines)

    @property
    def unpriced(self) -> int:
        return sum(line.amount is None for line in self.lines)

    def of(self, what: str) -> Sequence[CostLine]:
        return [line for line in self.lines if line.what == what]


def order_cost(session: Session, order_id: str, zone: ZoneInfo) -> OrderCost:
    children = select(WorkOrder.id).where(WorkOrder.parent_id == order_id)
    jobs = session.scalars(children.order_by(WorkOrder.id)).all()
    prices = PriceList(prices_set(session))
    lines = tuple(_lines(session, [order_id], prices, zone))
    of_jobs = _lines(session, jobs, prices, zone) if jobs else ()
    whole = summed([*(line.amount for line in lines), *(line.amount for line in of_jobs)])
    return OrderCost(lines, bool(prices.prices), len(jobs), whole)


def _lines(
    session: Session, orders: Sequence[str], prices: PriceList, zone: ZoneInfo
) -> Iterator[CostLine]:
    yield from _hours(session, orders, prices, zone)
    yield from _machines(session, orders, prices, zone)
    yield from _material(session, orders, prices, zone)
    yield from _invoices(session, orders)


def _hours(
    session: Session, orders: Sequence[str], prices: PriceList, zone: ZoneInfo
) -> Iterator[CostLine]:
    fact = TimeWorked
    query = (
        select(fact.started_at, fact.ended_at, fact.overtime, Person.name, Person.role)
        .join(Person, Person.id == fact.person_id, isouter=True)
        .where(fact.work_order_id.in_(orders))
        .order_by(fact.started_at, fact.id)
    )
    for started, ended, overtime, name, role in session.execute(query):
        day, seconds = _day(started, zone), max(0.0, (ended - started).total_seconds())
        rated_as, price = prices.found(LABOUR, role or "–", day)
        amount = cents(seconds, price.rate(overtime=overtime), per=HOUR_S) if price else None
        yield CostLine(
            LABOUR, name or "", role or "–", day, seconds / HOUR_S, amount, price, overtime,
            rated_as=rated_as,
        )  # fmt: skip


def _machines(
    session: Session, orders: Sequence[str], prices: PriceList, zone: ZoneInfo
) -> Iterator[CostLine]:
    """Hours only: kilometres alone have no rate."""
    fact = EquipmentUsed
    query = (
        select(fact.used_at, fact.hours, Asset.name, Asset.tag, Asset.attributes)
        .join(Asset, Asset.id == fact.asset_id, isouter=True)
        .where(fact.work_order_id.in_(orders), fact.hours.is_not(None))
        .order_by(fact.used_at, fact.id)
    )
    for used_at, hours, name, tag, said in session.execute(query):
        day, code = _day(used_at, zone), tag or "–"
        rated_as, price = prices.found(EQUIPMENT, code, day, sort=sort_of(said))
        amount = cents(hours, price.amount) if price else None
        yield CostLine(EQUIPMENT, name or code, code, day, hours, amount, price, rated_as=rated_as)


def _material(
    session: Session, orders: Sequence[str], prices: PriceList, zone: ZoneInfo
) -> Iterator[CostLine]:
    fact = MaterialUsed
    query = (
        select(fact.used_at, fact.quantity, Part.code, Part.label_fr, Part.label_en, Part.unit)
        .join(Part, Part.id == fact.part_id, isouter=True)
        .where(fact.work_order_id.in_(orders))
        .order_by(fact.used_at, fact.id)
    )
    for used_at, quantity, code, french, english, unit in session.execute(query):
        day = _day(used_at, zone)
        rated_as, price = prices.found("part", code or "–", day)
        amount = cents(quantity, price.amount) if price else None
        yield CostLine(
            MATERIAL, french or "–", code or "–", day, quantity, amount, price,
            unit=unit or "", name_en=english, rated_as=rated_as,
        )  # fmt: skip


def _invoices(session: Session, orders: Sequence[str]) -> Iterator[CostLine]:
    fact = OutsideCost
    query = (
        select(fact.invoiced_on, fact.amount, fact.supplier, fact.invoice)
        .where(fact.work_order_id.in_(orders))
        .order_by(fact.invoiced_on, fact.id)
    )
    for day, amount, supplier, invoice in session.execute(query):
        yield CostLine(OUTSIDE, supplier, invoice or "", day, 1.0, cents(amount, 1))


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()

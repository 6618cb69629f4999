"""What units cost: hours, machines and parts at the rates of their day, fuel, and invoices.

Each line is rounded to the cent by itself, so that lines always add up to their total.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from asset_model.prices import PriceList, Prices, cents, summed
from maintenance.figures.figure import Figure, Record
from maintenance.figures.spans import Period

PARTS = ("labour", "material", "equipment", "fuel", "outside")


class Spent(NamedTuple):
    """Something that was worked, used or billed on an order of a unit, or fuel that it took."""

    kind: str
    table: str
    id: str
    order: str | None
    asset_id: str
    at: datetime
    code: str
    """The role, the part's code, the tag of the machine, the supplier, or the fuel."""
    quantity: float
    """Seconds of labour, hours of a machine, the part's own units, litres, or dollars of an
    invoice.
    """
    overtime: bool = False
    paid: float | None = None
    """What was paid for fuel, where the statement says it."""
    reference: str | None = None
    sort: str = ""
    """The machine's kind, whose rate it has where it has none of its own."""


def cost_records(
    spent: Iterable[Spent], prices: Prices, period: Period, units: Mapping[str, str]
) -> Iterator[Record]:
    """What was spent in the period on each unit; `units` leads from an asset to its unit."""
    listed = PriceList(prices)
    for each in spent:
        day = period.day_of(each.at)
        if period.holds(day) and each.asset_id in units:
            yield _record(each, listed, day, units[each.asset_id])


def _record(each: Spent, listed: PriceList, day: date, unit: str) -> Record:
    if each.kind == "outside":
        return _line(each, unit, cents(each.quantity, 1), {"supplier": each.code})
    if each.kind == "fuel":
        return _fill(each, listed, day, unit)
    kind = each.kind if each.kind in ("labour", "equipment") else "part"
    quantity = each.quantity / 3600 if kind == "labour" else each.quantity
    details: dict[str, object] = {kind: each.code, "quantity": round(quantity, 4)}
    if each.overtime:
        details["overtime"] = True
    price = listed.of(kind, each.code, day, sort=each.sort)
    if price is None:
        return _line(each, unit, None, details)
    rate = price.rate(overtime=each.overtime)
    details |= {"rate": rate, "since": price.since.isoformat()}
    seconds = 3600 if kind == "labour" else 1
    return _line(each, unit, cents(each.quantity, rate, per=seconds), details)


def _fill(each: Spent, listed: PriceList, day: date, unit: str) -> Record:
    """As it was paid; else its litres at the price of that day."""
    details: dict[str, object] = {"fuel": each.code, "quantity": each.quantity}
    if each.reference:
        details["reference"] = each.reference
    if each.paid is not None:
        return _line(each, unit, cents(each.paid, 1), details)
    price = listed.of("fuel", each.code, day)
    if price is None:
        return _line(each, unit, None, details)
    details |= {"rate": price.amount, "since": price.since.isoformat()}
    return _line(each, unit, cents(each.quantity, price.amount), details)


def _line(each: Spent, unit: str, amount: float | None, details: dict[str, object]) -> Record:
    if unit != each.asset_id:
        details["mounted"] = each.asset_id
    return Record(each.table, each.id, unit, each.at, each.kind, amount, each.order, details)


def total(records: Iterable[Record]) -> float:
    return summed(record.amount for record in records)


def cost_figures(records: Iterable[Record], units: Iterable[str]) -> Iterator[Figure]:
    """What each unit cost, and the fleet: whole, and by what it went for."""
    by_unit: dict[str, list[Record]] = defaultdict(list)
    every = list(records)
    for record in every:
        by_unit[record.asset_id].append(record)
    for unit in units:
        yield from _of(unit, by_unit[unit])
    yield from _of(None, every)


def _of(unit: str | None, records: list[Record]) -> Iterator[Figure]:
    yield _figure("cost", unit, records)
    for part in PARTS:
        yield _figure(part, unit, [record for record in records if record.what == part])


def _figure(code: str, unit: str | None, records: list[Record]) -> Figure:
    unpriced = any(record.amount is None for record in records)
    notes = ("unpriced",) if unpriced else ()
    return Figure(code, unit, total(records), "$", tuple(records), notes=notes)

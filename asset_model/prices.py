"""What an hour, a part or a litre costs on a day, by the rates of the office."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.upkeep import Rate

CENT = Decimal("0.01")
ANY_CODE = "*"
"""A rate for every role that has none of its own."""


class Price(NamedTuple):
    """What an hour or a part costs from a day on, until the next price of the same."""

    since: date
    amount: float
    overtime: float | None = None
    """None: an hour of overtime costs what others do."""

    def rate(self, *, overtime: bool) -> float:
        return self.overtime if overtime and self.overtime is not None else self.amount


Prices = Mapping[tuple[str, str], Iterable[Price]]
"""By kind (labour, part, fuel, equipment) and code (a role, a part's code, a fuel, the tag or the
kind of a machine).
"""


@dataclass(frozen=True)
class PriceList:
    prices: Prices

    @cached_property
    def _in_order(self) -> dict[tuple[str, str], list[Price]]:
        return {key: sorted(known) for key, known in self.prices.items()}

    def of(self, kind: str, code: str, day: date, *, sort: str = "") -> Price | None:
        """The price of that day: its own, else of its `sort`; None where nobody has set one."""
        return self.found(kind, code, day, sort=sort)[1]

    def found(self, kind: str, code: str, day: date, *, sort: str = "") -> tuple[str, Price | None]:
        """The same, after the code that it is the rate of."""
        for name in (code, sort, ANY_CODE):
            known = self._in_order.get((kind, name), [])
            place = bisect_right([price.since for price in known], day)
            if place:
                return name, known[place - 1]
        return code, None


def prices_set(session: Session) -> Prices:
    """Every rate that this device holds."""
    found: dict[tuple[str, str], list[Price]] = {}
    columns = (Rate.kind, Rate.code, Rate.since, Rate.amount, Rate.overtime_amount)
    for kind, code, since, amount, overtime in session.execute(select(*columns)):
        found.setdefault((kind, code), []).append(Price(since, amount, overtime))
    return found


def cents(quantity: float, rate: float, *, per: int = 1) -> float:
    """An amount in dollars, rounded to the cent as a cashier does."""
    exact = Decimal(str(quantity)) * Decimal(str(rate)) / per
    return float(exact.quantize(CENT, rounding=ROUND_HALF_UP))


def summed(amounts: Iterable[float | None]) -> float:
    """The sum in whole cents: no fraction gets lost on the way."""
    known = (Decimal(str(amount)) for amount in amounts if amount is not None)
    return float(sum(known, Decimal()))


def sort_of(attributes: Any) -> str:
    """A machine's kind, by which it has a rate where it has none of its own."""
    return str((attributes or {}).get("kind") or "")

"""What a unit cost: each line by the rate of its day, and lines that add up to the cent."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.prices import Price
from maintenance.figures.costs import Spent, cost_figures, cost_records
from maintenance.figures.figure import Figure, Record
from tests.figures.builders import (
    NOVEMBER,
    PRICES,
    UNIT_OF,
    UNITS,
    at,
    billed,
    filled,
    keyed,
    used,
    worked,
)


def records(*spent: Spent) -> list[Record]:
    return list(cost_records(spent, PRICES, NOVEMBER, UNIT_OF))


def figures(*spent: Spent) -> dict[tuple[str, str | None], Figure]:
    return keyed(cost_figures(records(*spent), UNITS))


def amounts(*spent: Spent) -> list[float | None]:
    return [record.amount for record in records(*spent)]


def test_an_order_costs_its_hours_its_parts_and_its_invoices() -> None:
    made = figures(worked(2.5), used(12), billed(318.4))

    # 2.5 h at 40 $ + 12 L at 5.25 $ + the invoice.
    assert [made[code, "201"].value for code in ("labour", "material", "outside", "cost")] == [
        100.0, 63.0, 318.4, 481.4,
    ]  # fmt: skip


MACHINES = {
    ("equipment", "214"): [Price(date(2026, 1, 1), 90.0), Price(date(2026, 11, 1), 100.0)],
    ("equipment", "loader"): [Price(date(2026, 1, 1), 80.0)],
    ("equipment", "*"): [Price(date(2026, 1, 1), 48.0)],
}


@pytest.mark.parametrize(
    ("tag", "sort", "amount"), [("214", "loader", 250.0), ("215", "loader", 200.0), ("9", "", 120)]
)
def test_an_hour_of_a_machine_costs_its_own_rate_else_that_of_its_kind(
    tag: str, sort: str, amount: float
) -> None:
    dug = Spent("equipment", "equipment_used", "e", "BT-1", "201", at(10), tag, 2.5, sort=sort)

    (record,) = cost_records([dug], MACHINES, NOVEMBER, UNIT_OF)

    assert (record.what, record.amount) == ("equipment", amount)
    assert keyed(cost_figures([record], UNITS))["cost", "201"].value == amount


def test_an_hour_costs_the_rate_of_its_day() -> None:
    assert amounts(worked(1, on=14), worked(1, on=15)) == [40.0, 42.0]


def test_overtime_has_its_own_rate() -> None:
    assert amounts(worked(2, overtime=True)) == [120.0]


def test_overtime_without_a_rate_of_its_own_costs_what_other_hours_do() -> None:
    prices = {("labour", "*"): [Price(date(2026, 1, 1), 30.0)]}

    (record,) = cost_records([worked(2, overtime=True)], prices, NOVEMBER, UNIT_OF)

    assert record.amount == 60.0


def test_a_role_without_a_rate_has_that_of_every_role() -> None:
    prices = {("labour", "*"): [Price(date(2026, 1, 1), 30.0)]}

    (record,) = cost_records([worked(1, code="foreman")], prices, NOVEMBER, UNIT_OF)

    assert (record.amount, record.details["rate"]) == (30.0, 30.0)


def test_what_has_no_rate_is_told_and_is_not_free() -> None:
    made = figures(worked(1), worked(1, on=11, code="welder"))["cost", "201"]

    assert (made.value, made.notes) == (40.0, ("unpriced",))
    assert [record.amount for record in made.records] == [40.0, None]


def test_work_before_the_first_rate_has_none() -> None:
    (record,) = cost_records(
        [worked(1)],
        {("labour", "mechanic"): [Price(date(2026, 11, 11), 40.0)]},
        NOVEMBER,
        UNIT_OF,
    )

    assert record.amount is None


def test_a_cent_is_rounded_as_a_cashier_does() -> None:
    # 1 h 40 s at 40 $ is 40.4444… $; 0.5 h at 40.05 $ is 20.025 $.
    prices = {("labour", "mechanic"): [Price(date(2026, 1, 1), 40.05)]}
    (half,) = cost_records([worked(0.5)], prices, NOVEMBER, UNIT_OF)

    assert amounts(worked(0, quantity=3640)) == [40.44]
    assert half.amount == 20.03


def test_a_credit_is_taken_off() -> None:
    assert figures(billed(500.0), billed(-120.5, on=12))["outside", "201"].value == 379.5


def test_what_is_mounted_on_a_unit_counts_on_the_unit() -> None:
    made = figures(worked(1, unit="201-1"))["cost", "201"]

    assert made.value == 40.0
    assert made.records[0].details["mounted"] == "201-1"


def test_what_is_no_unit_of_the_fleet_is_left_out() -> None:
    assert records(worked(1, unit="the town hall")) == []


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        (at(1, 3), False),  # 23:00 on 31 October in the town
        (at(1, 4), True),  # its midnight, in summer time
        (at(1, 4, month=12), True),  # 23:00 on 30 November, in winter time
        (at(1, 5, month=12), False),
    ],
)
def test_a_day_is_the_town_s_from_midnight_to_midnight(moment: datetime, counts: bool) -> None:
    assert bool(records(worked(1)._replace(at=moment))) is counts


SPENT = st.builds(
    lambda kind, unit, hours, quantity, day: {
        "labour": worked(hours, day, unit),
        "material": used(quantity, day, unit),
        "outside": billed(quantity, day, unit),
    }[kind],
    st.sampled_from(["labour", "material", "outside"]),
    st.sampled_from(sorted(UNIT_OF)),
    st.floats(0, 24),
    st.decimals(-5_000, 5_000, places=2).map(float),
    st.integers(1, 30),
)


@given(st.lists(SPENT, max_size=30))
def test_the_parts_add_up_to_the_whole(spent: list[Spent]) -> None:
    made = figures(*spent)

    def exact(code: str, unit: str | None) -> Decimal:
        return Decimal(str(made[code, unit].value))

    parts = ("labour", "material", "outside")
    for unit in (*UNITS, None):
        assert sum((exact(part, unit) for part in parts), Decimal()) == exact("cost", unit)
    for code in ("cost", *parts):
        assert sum((exact(code, unit) for unit in UNITS), Decimal()) == exact(code, None)
    for figure in made.values():
        lines = (Decimal(str(record.amount)) for record in figure.records)
        assert sum(lines, Decimal()) == Decimal(str(figure.value))


@given(st.lists(SPENT, max_size=20), st.integers(1, 29))
def test_two_periods_side_by_side_cost_what_both_together_do(
    spent: list[Spent], split: int
) -> None:
    first, last = NOVEMBER.first, NOVEMBER.last
    cut = first + timedelta(days=split)
    periods = [
        NOVEMBER,
        type(NOVEMBER)(first, cut - timedelta(days=1), NOVEMBER.zone),
        type(NOVEMBER)(cut, last, NOVEMBER.zone),
    ]

    whole, before, after = (
        len(list(cost_records(spent, PRICES, each, UNIT_OF))) for each in periods
    )

    assert whole == before + after == len(spent)


def test_fuel_costs_what_was_paid_else_its_litres_at_the_price_of_the_day() -> None:
    prices = {("fuel", "diesel"): [Price(date(2026, 11, 5), 1.659)]}
    fills = [
        filled(60, paid=99.9),
        filled(60, on=10),
        filled(60, on=2),
        filled(60, on=10, fuel="gasoline"),
    ]

    told = list(cost_records(fills, prices, NOVEMBER, UNIT_OF))

    assert [record.amount for record in told] == [99.9, 99.54, None, None]
    made = keyed(cost_figures(told, UNITS))
    assert (made["fuel", "201"].value, made["cost", "201"].value) == (199.44, 199.44)
    assert made["fuel", "201"].notes == made["cost", "201"].notes == ("unpriced",)
    assert [len(made["fuel", unit].records) for unit in ("201", "202")] == [4, 0]

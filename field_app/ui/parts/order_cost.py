"""What an order has cost so far, for those who may see it: each line with its rate."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import flet as ft

from asset_model.prices import ANY_CODE, summed
from asset_model.roles import SEES_COSTS
from field_app.reads.order_cost import (
    EQUIPMENT,
    LABOUR,
    MATERIAL,
    OUTSIDE,
    CostLine,
    OrderCost,
    order_cost,
)
from field_app.reads.order_page import OrderPage
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.reasons import ROLES
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import INK, WARN
from field_app.ui.words import noted

WHAT = {
    LABOUR: noted("People"),
    EQUIPMENT: noted("Equipment"),
    MATERIAL: noted("Material"),
    OUTSIDE: noted("Outside invoices"),
}
LINES_MAX = 60
"""Drawn of an order; what they come to is of all."""


def cost_of(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    """Nothing for those who see no costs."""
    if sitting.signed.role not in SEES_COSTS:
        return []
    return [OrderCostCard(page.order.id, key=f"cost-{page.order.id}")]


@component
def OrderCostCard(order_id: str) -> Any:
    sitting = use_sitting()
    opened, set_opened = ft.use_state(False)
    cost = sitting.read(order_cost, order_id, sitting.workplace.zone)
    rows = [*_rates(sitting, cost), *_sums(sitting, cost)]
    if cost.lines:
        rows.append(_more(sitting, cost, opened, partial(set_opened, not opened)))
    if opened:
        rows += [_line(sitting, line) for line in cost.lines[:LINES_MAX]]
    if not rows:
        rows = [text.small(sitting.say("Nothing that costs was noted yet."))]
    return cards.section(sitting.say("Cost so far"), rows)


def _rates(sitting: Sitting, cost: OrderCost) -> list[ft.Control]:
    """What is not in the sum: nothing is said to be free."""
    if cost.unpriced and not cost.rated:
        said = sitting.say("This device holds no rates: the office’s screens tell the cost.")
    elif cost.unpriced:
        said = sitting.words.several(
            "{count} line has no rate: it is not in the sum.",
            "{count} lines have no rate: they are not in the sum.",
            cost.unpriced,
        )
    else:
        return []
    return [text.small(said, colour=WARN)]


def _sums(sitting: Sitting, cost: OrderCost) -> list[ft.Control]:
    rows = [
        _sum(sitting, sitting.say(word), lines)
        for what, word in WHAT.items()
        if (lines := cost.of(what))
    ]
    known = cost.unpriced < len(cost.lines)
    if known:
        rows.append(_pair(sitting.say("In all"), sitting.words.dollars(cost.amount), large=True))
    if cost.jobs:
        name = sitting.words.several(
            "With its {count} job", "With its {count} jobs", cost.jobs
        )  # fmt: skip
        rows.append(_pair(name, sitting.words.dollars(cost.whole), large=True))
    return rows


def _sum(sitting: Sitting, name: str, lines: Sequence[CostLine]) -> ft.Control:
    known = [line.amount for line in lines if line.amount is not None]
    return _pair(name, sitting.words.dollars(summed(known)) if known else sitting.say("no rate"))


def _pair(name: str, value: str, *, large: bool = False) -> ft.Control:
    size_px = tokens.LEAD_PX if large else tokens.BODY_PX
    called = text.strong(name) if large else text.body(name)
    return ft.Row(
        [ft.Container(called, expand=True), text.strong(value, size_px=size_px, lines=1)],
        spacing=12,
    )


def _more(sitting: Sitting, cost: OrderCost, opened: bool, press: Any) -> ft.Control:
    word = (
        sitting.say("Hide the lines")
        if opened
        else sitting.words.several(
            "Show the {count} line and its rate",
            "Show the {count} lines and their rates",
            len(cost.lines),
        )
    )
    icon = ft.Icons.EXPAND_LESS if opened else ft.Icons.EXPAND_MORE
    return ft.Row([buttons.plain_button(word, icon=icon, press=press, key="cost-lines")])


def _line(sitting: Sitting, line: CostLine) -> ft.Control:
    words = sitting.words
    name = words.either(line.name, line.name_en or line.name)
    amount = sitting.say("no rate") if line.amount is None else words.dollars(line.amount)
    told = ft.Column([text.body(name, lines=2), text.small(how(sitting, line), lines=3)], spacing=0)
    colour = WARN if line.amount is None else INK
    value = text.strong(amount, lines=1, colour=colour)
    return ft.Row([ft.Container(told, expand=True), value], spacing=12)


def how(sitting: Sitting, line: CostLine) -> str:
    """`2.25 h × $33.80, rate of crew member since 2024-01-01`; of an invoice, its number."""
    say, words = sitting.say, sitting.words
    if line.what == OUTSIDE:
        day = line.day.isoformat()
        return say("invoice {number}, {day}", number=line.code, day=day) if line.code else day
    quantity = f"{words.number(round(line.quantity, 2))}\u00a0{line.unit}".strip()
    if line.price is None:
        return say(
            "{quantity}, no rate for {code} on {day}",
            quantity=quantity,
            code=_code(sitting, line.code),
            day=line.day.isoformat(),
        )
    rate = words.dollars(line.price.rate(overtime=line.overtime))
    told = say(
        "{quantity} × {rate}, {whose} since {day}",
        quantity=quantity,
        rate=rate,
        whose=_whose(sitting, line),
        day=line.price.since.isoformat(),
    )
    return say("{told}, overtime", told=told) if line.overtime else told


def _whose(sitting: Sitting, line: CostLine) -> str:
    """A machine may have the rate of its kind, and everything that of all others."""
    if line.rated_as == ANY_CODE:
        return sitting.say("general rate")
    if line.rated_as != line.code:
        return sitting.say("rate of its kind")
    return sitting.say("rate of {code}", code=_code(sitting, line.code))


def _code(sitting: Sitting, code: str) -> str:
    return sitting.say(ROLES[code]) if code in ROLES else code

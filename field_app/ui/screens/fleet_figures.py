"""The fleet's figures: each unit's and the fleet's, with their rules; each opens its records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.parts import (
    bulletins,
    buttons,
    cards,
    choosing,
    office_page,
    pages,
    papers,
    text,
    tiles,
)
from field_app.ui.parts.figure_list import FigureList
from field_app.ui.parts.figure_words import value_of
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import GROUND, LINE, SOFT, SURFACE, WARN, edge_px
from field_app.ui.words import noted

PERIODS = (
    ("", noted("12 months")),
    ("month", noted("This month")),
    ("before", noted("Last month")),
    ("year", noted("This year")),
)
TILES = (
    ("cost", ft.Icons.PAYMENTS),
    ("cost_per_km", ft.Icons.SPEED),
    ("availability", ft.Icons.EVENT_AVAILABLE),
    ("compliance", ft.Icons.FACT_CHECK),
)
COLUMNS = (
    ("cost", noted("Cost"), 104), ("cost_per_km", noted("Per km"), 104),
    ("cost_per_hour", noted("Per hour"), 104), ("availability", noted("Available"), 104),
    ("breakdowns", noted("Breakdowns"), 104), ("mtbf", noted("MTBF"), 112),
    ("mttr", noted("MTTR"), 112), ("compliance", noted("Plans kept"), 92),
)  # fmt: skip
"""A short head for each, and how wide it stands; the whole name is with its rule.

All of them and the unit are as wide as the page is at a desk of 1280.
"""
UNIT_PX = 216
PAGE = 30


@ft.observable
@dataclass
class Shown:
    """Over which days; an empty word is the twelve months until yesterday."""

    period: str = ""
    page: int = 0

    def choose(self, period: str) -> None:
        self.period, self.page = period, 0

    def turn(self, page: int) -> None:
        self.page = page

    def question(self, today: date) -> dict[str, str]:
        first = today.replace(day=1)
        match self.period:
            case "month":
                return {"first": f"{first}", "last": f"{today}"}
            case "before":
                last = first - timedelta(days=1)
                return {"first": f"{last.replace(day=1)}", "last": f"{last}"}
            case "year":
                return {"first": f"{today.replace(month=1, day=1)}", "last": f"{today}"}
        return {}


@component
def FleetFigures(rest: str) -> Any:
    """`rest`: nothing, or a figure and perhaps the unit that it is of."""
    sitting = use_sitting()
    if not bulletins.allowed(sitting, "figures"):
        return bulletins.not_allowed(sitting)
    shown = use_view(sitting, Shown, name="figures")
    place = sitting.workplace
    question = shown.question(place.clock().astimezone(place.zone).date())
    figure, _, unit = rest.partition("/")
    if figure:
        return FigureList(figure, unit, question, key=f"figure-{rest}")
    return FigureTable(question, key="figures")


@component
def FigureTable(question: dict[str, str]) -> Any:
    sitting = use_sitting()
    shown = use_view(sitting, Shown, name="figures")
    told = bulletins.use_bulletin("figures", question)
    periods = [(code, sitting.say(word)) for code, word in PERIODS]
    tools = [
        choosing.chooser(sitting.say("Over"), shown.period, periods, shown.choose, key="period")
    ]
    if told.body:
        days = sitting.say("{first} to {last}", first=told.body["first"], last=told.body["last"])
        tools.append(text.small(days, lines=1))
    top = office_page.head(sitting, sitting.say("Fleet figures"), told, tools)
    return office_page.page(
        sitting, told, top, lambda body: _body(sitting, shown, body, question), key="figures-page"
    )


def _body(
    sitting: Sitting, shown: Shown, body: dict[str, Any], question: dict[str, str]
) -> Sequence[ft.Control]:
    units = body["units"]
    if not units:
        sentence = sitting.say("No unit is in the fleet: import vehicles first.")
        return [cards.empty(sentence, icon=ft.Icons.LOCAL_SHIPPING)]
    rows = [_unit(sitting, unit) for unit in units[shown.page * PAGE : (shown.page + 1) * PAGE]]
    turned = pages.turning(sitting, shown.page, max(1, -(-len(units) // PAGE)), shown.turn)
    table = ft.Column([_heads(sitting), *rows], spacing=4)
    return [
        tiles.grid([_tile(sitting, body, code, icon) for code, icon in TILES]),
        ft.Row([table], scroll=ft.ScrollMode.AUTO),
        *turned,
        _rules(sitting, body),
        papers.to_take_away(sitting, "figures", question),
    ]


def _title(sitting: Sitting, body: dict[str, Any], code: str) -> str:
    told = body["rules"][code]["title"]
    return sitting.words.either(told["fr"], told["en"])


def _tile(sitting: Sitting, body: dict[str, Any], code: str, icon: ft.IconData) -> ft.Control:
    figure = body["fleet"][code]
    notes = [sitting.words.either(note["fr"], note["en"]) for note in figure["notes"]]
    count = sitting.words.several("{count} record", "{count} records", figure["records"])
    under = text.small(" · ".join([count, *notes[:1]]), colour=WARN if notes else SOFT, lines=2)
    return tiles.tile(
        _title(sitting, body, code),
        value_of(sitting.words, figure),
        [under],
        icon=icon,
        press=partial(sitting.go, f"/figures/{code}"),
        key=f"fleet-{code}",
    )


def _heads(sitting: Sitting) -> ft.Control:
    cells: list[ft.Control] = [
        ft.Container(text.small(sitting.say("Unit"), lines=2), width=UNIT_PX, padding=8)
    ]
    for _, head, width in COLUMNS:
        said = text.small(sitting.say(head), lines=2)
        said.text_align = ft.TextAlign.RIGHT
        cells.append(ft.Container(said, width=width, padding=4))
    return ft.Container(
        ft.Row(cells, spacing=4, vertical_alignment=ft.CrossAxisAlignment.END),
        bgcolor=GROUND,
        border=ft.Border.only(bottom=ft.BorderSide(2, LINE)),
    )


def _unit(sitting: Sitting, unit: dict[str, Any]) -> ft.Control:
    name = buttons.tap(
        ft.Container(
            text.strong(unit["name"], size_px=tokens.SMALL_PX, lines=1),
            alignment=ft.Alignment.CENTER_LEFT,
        ),
        press=partial(sitting.go, f"/units/{unit['id']}"),
        key=f"unit-{unit['tag']}",
        padding=8,
        height=tokens.TARGET_PX,
    )
    cells: list[ft.Control] = [ft.Container(name, width=UNIT_PX)]
    cells += [_cell(sitting, unit, code, width) for code, _, width in COLUMNS]
    return ft.Container(
        ft.Row(cells, spacing=4),
        bgcolor=SURFACE,
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
    )


def _cell(sitting: Sitting, unit: dict[str, Any], code: str, width: int) -> ft.Control:
    figure = unit["figures"][code]
    said = value_of(sitting.words, figure)
    shown = text.small(said, lines=1, colour=WARN) if figure["notes"] else text.body(said, lines=1)
    return ft.Container(
        buttons.tap(
            ft.Container(shown, alignment=ft.Alignment.CENTER_RIGHT, padding=6),
            press=partial(sitting.go, f"/figures/{code}/{unit['tag']}"),
            key=f"{code}-{unit['tag']}",
            height=tokens.TARGET_PX,
        ),
        width=width,
    )


def _rules(sitting: Sitting, body: dict[str, Any]) -> ft.Control:
    """What each number means, under the table."""
    words = sitting.words
    lines: list[ft.Control] = []
    for code, _, _ in COLUMNS:
        rule = body["rules"][code]
        sentence = words.either(rule["fr"], rule["en"])
        lines.append(
            text.small(
                words.say(
                    "{title}, rule {version}: {rule}",
                    title=_title(sitting, body, code),
                    version=rule["version"],
                    rule=sentence,
                )
            )
        )
    return cards.section(sitting.say("What the numbers mean"), lines)

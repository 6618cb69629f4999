"""The units: the list with who may go and why not, and beside it or after it, one unit."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.bulletins import may_read
from field_app.reads.fleet import UnitLine, unit_lines
from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.parts import buttons, cards, fields, panes
from field_app.ui.parts.unit_exceptions import exceptions_to_see
from field_app.ui.parts.unit_row import unit_row
from field_app.ui.screens.circle_check import CircleCheck
from field_app.ui.screens.inspector import Inspector
from field_app.ui.screens.unit import UnitScreen
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

FILTERS = (
    ("all", noted("All units")),
    ("ready", noted("Ready")),
    ("stopped", noted("Not ready")),
)


@ft.observable
@dataclass
class Shown:
    """Which units are shown, and what is searched: both stay while one looks at a unit."""

    wanted: str = "all"
    search: str = ""


@component
def Units(rest: str) -> Any:
    """`rest` is what follows in the address: nothing, a unit, or what one does with it."""
    sitting = use_sitting()
    unit_id, _, doing = rest.partition("/")
    if doing == "check":
        return CircleCheck(unit_id, key=f"check-{unit_id}")
    if doing == "inspector":
        return Inspector(unit_id, key=f"inspector-{unit_id}")
    if not sitting.wide:
        return UnitScreen(unit_id, key=unit_id) if unit_id else UnitListPane("", key="list")
    detail = UnitScreen(unit_id, key=unit_id) if unit_id else _nothing_chosen(sitting)
    return panes.side_by_side(UnitListPane(unit_id, key="list"), detail)


@component
def UnitListPane(chosen_id: str) -> Any:
    sitting = use_sitting()
    shown_of = use_view(sitting, Shown, name="units")
    wanted, search = shown_of.wanted, shown_of.search
    now = sitting.workplace.clock()
    every = sitting.read(unit_lines, now=now, driver_id=sitting.driver_id)
    shown = [line for line in every if _fits(line, wanted) and _says(line, search)]
    rows = [unit_row(sitting, line, chosen=line.unit.id == chosen_id) for line in shown]
    if not rows:
        sentence = sitting.say("No unit here. Choose “All units”, or search another number.")
        rows = [cards.empty(sentence, icon=ft.Icons.LOCAL_SHIPPING)]
    return ft.Column(
        [
            _filters(sitting, every, shown_of),
            ft.ListView(
                [*exceptions_to_see(sitting), *rows],
                expand=True,
                spacing=10,
                padding=ft.Padding.all(12),
            ),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _fits(line: UnitLine, wanted: str) -> bool:
    return wanted == "all" or _is_ready(line) == (wanted == "ready")


def _is_ready(line: UnitLine) -> bool:
    """As everyone counts it, the director's page too: what only the one who looks has still to
    countersign is said on its row, to who drives.
    """
    left = {reason.code for reason in line.readiness.blocking}
    return line.readiness.may_start or left == {"unit_to_countersign"}


def _says(line: UnitLine, search: str) -> bool:
    told = f"{line.asset.name} {line.asset.tag} {(line.asset.attributes or {}).get('plate', '')}"
    return all(word in told.lower() for word in search.lower().split())


def _filters(sitting: Sitting, every: list[UnitLine], shown: Shown) -> ft.Control:
    row = [
        buttons.choice_button(
            f"{sitting.say(word)} · {sum(_fits(line, code) for line in every)}",
            chosen=shown.wanted == code,
            press=partial(setattr, shown, "wanted", code),
            key=f"units-{code}",
            compact=True,
        )
        for code, word in FILTERS
    ]
    field = fields.text_field(
        sitting.say("Search a unit, a plate"),
        shown.search,
        partial(setattr, shown, "search"),
        key="search",
        icon=ft.Icons.SEARCH,
        sought="/",
    )
    return panes.list_head(_with_figures(sitting, field), row)


def _with_figures(sitting: Sitting, field: ft.Control) -> ft.Control:
    """Beside the search, the way to what units cost, for whoever may read it."""
    if not may_read(sitting.signed.role, "figures"):
        return field
    button = buttons.icon_button(
        ft.Icons.QUERY_STATS,
        name=sitting.say("Fleet figures"),
        press=lambda: sitting.go("/figures"),
        key="to-figures",
    )
    return ft.Row([ft.Container(field, expand=True), button], spacing=4)


def _nothing_chosen(sitting: Sitting) -> ft.Control:
    sentence = sitting.say("Choose a unit in the list.")
    return panes.nothing_chosen(sentence, icon=ft.Icons.LOCAL_SHIPPING)

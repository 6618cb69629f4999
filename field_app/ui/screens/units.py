"""The units: the list with who may go and why not, and beside it or after it, one unit."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.fleet_vocabulary import Standing
from asset_model.roles import may_edit
from field_app.actions.fleet_signatures import see_exception
from field_app.reads.fleet import UnitLine, unit_lines
from field_app.reads.unit_page import ExceptionLine, unseen_exceptions
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, fields, panes, standing
from field_app.ui.parts.unit_row import unit_row
from field_app.ui.screens.circle_check import CircleCheck
from field_app.ui.screens.inspector import Inspector
from field_app.ui.screens.unit import UnitScreen
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import WARN
from field_app.ui.words import noted

FILTERS = (
    ("all", noted("All units")),
    ("ready", noted("Ready")),
    ("stopped", noted("Not ready")),
)


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
    wanted, set_wanted = ft.use_state("all")
    search, set_search = ft.use_state("")
    now = sitting.workplace.clock()
    every = sitting.read(unit_lines, now=now, driver_id=sitting.driver_id)
    shown = [line for line in every if _fits(line, wanted) and _says(line, search)]
    rows = [unit_row(sitting, line, chosen=line.unit.id == chosen_id) for line in shown]
    if not rows:
        sentence = sitting.say("No unit here. Choose “All units”, or search another number.")
        rows = [cards.empty(sentence, icon=ft.Icons.LOCAL_SHIPPING)]
    return ft.Column(
        [
            _filters(sitting, every, (wanted, set_wanted), (search, set_search)),
            ft.ListView(
                [*_exceptions(sitting), *rows],
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
    ready = line.readiness.standing in (Standing.READY, Standing.EXCEPTED)
    return wanted == "all" or ready == (wanted == "ready")


def _says(line: UnitLine, search: str) -> bool:
    told = f"{line.asset.name} {line.asset.tag} {(line.asset.attributes or {}).get('plate', '')}"
    return all(word in told.lower() for word in search.lower().split())


def _filters(sitting: Sitting, every: list[UnitLine], choice: Any, typed: Any) -> ft.Control:
    wanted, set_wanted = choice
    search, set_search = typed
    row = [
        buttons.choice_button(
            f"{sitting.say(word)} · {sum(_fits(line, code) for line in every)}",
            chosen=wanted == code,
            press=partial(set_wanted, code),
            key=f"units-{code}",
            compact=True,
        )
        for code, word in FILTERS
    ]
    field = fields.text_field(
        sitting.say("Search a unit, a plate"),
        search,
        set_search,
        key="search",
        icon=ft.Icons.SEARCH,
    )
    return panes.list_head(field, row)


def _exceptions(sitting: Sitting) -> list[ft.Control]:
    """What the fleet manager has not seen yet: on top, and of nobody else's list."""
    if not may_edit(sitting.signed.role, "service_exception", "seen_at"):
        return []
    return [_exception(sitting, line) for line in sitting.read(unseen_exceptions)]


def _exception(sitting: Sitting, line: ExceptionLine) -> ft.Control:
    signed = line.exception
    sentence = sitting.say(
        "Unit {unit} goes under exception until {until}. {person}: “{word}”",
        unit=line.unit,
        until=standing.at(sitting, signed.until),
        person=signed.signed_name,
        word=signed.word,
    )
    seen = buttons.plain_button(
        sitting.say("Seen"),
        icon=ft.Icons.VISIBILITY,
        press=lambda: sitting.act(see_exception, signed.id),
        key=f"seen-{line.unit}",
    )
    return cards.card(
        [
            cards.banner(sentence, icon=ft.Icons.GAVEL, colour=WARN, name=f"exception-{line.unit}"),
            ft.Row([seen], alignment=ft.MainAxisAlignment.END),
        ]
    )


def _nothing_chosen(sitting: Sitting) -> ft.Control:
    sentence = sitting.say("Choose a unit in the list.")
    return panes.nothing_chosen(sentence, icon=ft.Icons.LOCAL_SHIPPING)

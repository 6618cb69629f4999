"""The units of an order: where each stands, and those that can be taken."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.fleet import UnitAssignment
from asset_model.roles import may_insert
from field_app.actions.units import assign_unit, on_order, release_unit
from field_app.reads.fleet import UnitLine, unit_lines
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, cards, standing, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import LINE, SURFACE


@ft.observable
@dataclass
class Choosing:
    open: bool = False


@component
def OrderUnits(order_id: str, open_to_changes: bool) -> Any:
    sitting = use_sitting()
    choosing = use_passing(Choosing)
    assigned = sitting.read(on_order, order_id)
    now = sitting.workplace.clock()
    every = sitting.read(unit_lines, now=now, driver_id=sitting.driver_id)
    lines = {line.unit.id: line for line in every}
    rows = [
        _assigned(sitting, lines[each.asset_id], each, open_to_changes)
        for each in assigned
        if each.asset_id in lines
    ]
    if choosing.open:
        taken = {each.asset_id for each in assigned}
        rows += _choices(sitting, order_id, [x for x in every if x.unit.id not in taken], choosing)
    elif open_to_changes and may_insert(sitting.signed.role, "unit_assignment"):
        rows.append(_add(sitting, choosing))
    if not rows:
        return ft.Container(height=0)
    return cards.section(sitting.say("Units"), rows)


def _add(sitting: Sitting, choosing: Choosing) -> ft.Control:
    button = buttons.plain_button(
        sitting.say("Choose a unit"),
        icon=ft.Icons.LOCAL_SHIPPING,
        press=partial(setattr, choosing, "open", True),
        key="add-unit",
    )
    return ft.Row([button])


def _assigned(
    sitting: Sitting, line: UnitLine, assignment: UnitAssignment, open_to_changes: bool
) -> ft.Control:
    open_unit = buttons.plain_button(
        sitting.say("Open"),
        press=partial(sitting.go, f"/units/{line.unit.id}"),
        key=f"open-unit-{line.unit.tag}",
    )
    release = buttons.plain_button(
        sitting.say("Release"),
        press=lambda: sitting.act(release_unit, assignment.id),
        key=f"release-{line.unit.tag}",
    )
    return ft.Column(
        [
            ft.Row(
                [
                    ft.Column([text.strong(line.asset.name), _chip(sitting, line)], expand=True),
                    open_unit,
                    *([release] if open_to_changes else []),
                ],
                spacing=12,
            ),
            text.small(standing.in_short(sitting, line.readiness), lines=3),
        ],
        spacing=4,
    )


def _chip(sitting: Sitting, line: UnitLine) -> ft.Control:
    return standing.chip(standing.sign_of(line.readiness), sitting)


def _choices(
    sitting: Sitting, order_id: str, lines: list[UnitLine], choosing: Choosing
) -> list[ft.Control]:
    """What can be taken, the free ones first; how many cannot is told, and not offered."""
    offered = [line for line in lines if line.readiness.may_be_planned]
    offered.sort(key=lambda line: (line.busy_on is not None, not line.free, line.unit.tag))
    rows = [_choice(sitting, order_id, line, choosing) for line in offered]
    out = len(lines) - len(offered)
    if out:
        told = sitting.words.several(
            "{count} unit is out of service and is not offered.",
            "{count} units are out of service and are not offered.",
            out,
        )
        rows.append(text.small(told))
    rows.append(
        ft.Row(
            [
                buttons.plain_button(
                    sitting.say("Back"),
                    press=partial(setattr, choosing, "open", False),
                    key="units-back",
                )
            ]
        )
    )
    return rows


def _choice(sitting: Sitting, order_id: str, line: UnitLine, choosing: Choosing) -> ft.Control:
    def choose() -> None:
        if sitting.act(assign_unit, order_id, line.unit.id):
            choosing.open = False

    busy = [text.small(sitting.say("At work: {order}", order=line.busy_on))] if line.busy_on else []
    inside = ft.Row(
        [text.strong(line.asset.name, expand=True), *busy, _chip(sitting, line)], spacing=16
    )
    return buttons.tap(
        inside,
        press=choose,
        key=f"take-{line.unit.tag}",
        padding=ft.Padding.symmetric(horizontal=16),
        height=tokens.MAIN_PX,
        fill=SURFACE,
        edge=LINE,
    )

"""What is coupled: the trailers behind a unit, or what a trailer is behind."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.combinations import TRAILER
from asset_model.roles import may_edit
from field_app.actions.coupling import couple
from field_app.reads.fleet import UnitLine, free_trailers
from field_app.reads.unit_page import UnitPage
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, standing, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import LINE, SURFACE


def coupling(sitting: Sitting, page: UnitPage) -> list[ft.Control]:
    """Nothing where there is no trailer to speak of."""
    now, driver_id = sitting.workplace.clock(), sitting.driver_id
    free = tuple(sitting.read(free_trailers, now=now, driver_id=driver_id))
    if not (free or page.trailers or page.line.unit.kind == TRAILER):
        return []
    return [Coupling(page, free, key=f"coupling-{page.line.unit.id}")]


@component
def Coupling(page: UnitPage, free: tuple[UnitLine, ...]) -> Any:
    sitting = use_sitting()
    choosing, set_choosing = ft.use_state(False)
    line = page.line
    may = may_edit(sitting.signed.role, "asset", "parent_id")
    if line.unit.kind == TRAILER:
        rows = _behind(sitting, page, may)
    else:
        rows = [_trailer(sitting, each, may) for each in page.trailers]
        if choosing:
            rows += [_choice(sitting, page, each, set_choosing) for each in free]
        elif free and may:
            rows.append(_opening(sitting, set_choosing))
    title = sitting.say("Trailer")
    return cards.section(title, rows)


def _behind(sitting: Sitting, page: UnitPage, may: bool) -> list[ft.Control]:
    puller = page.line.behind
    if puller is None:
        return [text.body(sitting.say("Behind no unit."))]
    told = text.strong(sitting.say("Behind unit {unit}", unit=puller.tag), expand=True)
    to_unit = _open(sitting, puller.id, puller.tag)
    return [ft.Row([told, to_unit, *_off(sitting, page.line, may)], spacing=12)]


def _trailer(sitting: Sitting, line: UnitLine, may: bool) -> ft.Control:
    sign = standing.chip(standing.sign_of(line.readiness), sitting)
    named = ft.Column([text.strong(line.asset.name), sign], expand=True)
    to_unit = _open(sitting, line.unit.id, line.unit.tag)
    return ft.Row([named, to_unit, *_off(sitting, line, may)], spacing=12)


def _open(sitting: Sitting, unit_id: str, tag: str) -> ft.Control:
    return buttons.plain_button(
        sitting.say("Open"),
        press=partial(sitting.go, f"/units/{unit_id}"),
        key=f"open-coupled-{tag}",
    )


def _off(sitting: Sitting, trailer: UnitLine, may: bool) -> list[ft.Control]:
    if not may:
        return []
    button = buttons.plain_button(
        sitting.say("Uncouple"),
        icon=ft.Icons.LINK_OFF,
        press=lambda: sitting.act(couple, trailer.unit.id, None),
        key=f"uncouple-{trailer.unit.tag}",
    )
    return [button]


def _opening(sitting: Sitting, set_choosing: Any) -> ft.Control:
    button = buttons.plain_button(
        sitting.say("Couple a trailer"),
        icon=ft.Icons.LINK,
        press=partial(set_choosing, True),
        key="couple",
    )
    return ft.Row([button])


def _choice(sitting: Sitting, page: UnitPage, line: UnitLine, set_choosing: Any) -> ft.Control:
    def choose() -> None:
        if sitting.act(couple, line.unit.id, page.line.unit.id):
            set_choosing(False)

    sign = standing.chip(standing.sign_of(line.readiness), sitting)
    return buttons.tap(
        ft.Row([text.strong(line.asset.name, expand=True), sign], spacing=16),
        press=choose,
        key=f"couple-{line.unit.tag}",
        padding=ft.Padding.symmetric(horizontal=16),
        height=tokens.MAIN_PX,
        fill=SURFACE,
        edge=LINE,
    )

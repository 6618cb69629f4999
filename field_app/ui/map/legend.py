"""Layers and legend in one: each with its mark, its word and how many are in view; a press turns
it on or off.
"""

from dataclasses import replace
from functools import partial
from typing import Any

import flet as ft

from asset_model.assets import AssetClass
from asset_model.spatial import Box
from field_app.reads.map_assets import assets_by_class, placed_classes
from field_app.reads.map_orders import orders_by_status
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.map.filters import GROUPS, URGENT, Filters, Group
from field_app.ui.map.marks import mark_of
from field_app.ui.map.pass_legend import pass_legend
from field_app.ui.map.state import MapState, View
from field_app.ui.parts import buttons, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, LINE, SOFT, SURFACE, edge_px
from field_app.ui.words import noted

WHOSE = (("mine", noted("Mine")), ("crew", noted("My crew")), ("all", noted("All")))


@component
def Legend(state: MapState, view: View) -> Any:
    sitting = use_sitting()
    say, filters = sitting.say, state.filters
    asks = partial(state.asks, sitting)
    parts: list[ft.Control] = [
        text.title(say("Orders"), size_px=tokens.LEAD_PX),
        _whose(sitting, filters, asks),
        *_groups(sitting, state, view.camera.box, asks),
        _row(
            URGENT.icon,
            BAD,
            say(URGENT.word),
            None,
            filters.urgent,
            partial(asks, replace(filters, urgent=not filters.urgent)),
            "layer-urgent",
        ),
        text.small(say("A thick red edge: late, or priority 1. A number: as many orders.")),
        *pass_legend(sitting, filters, asks),
        text.title(say("Assets"), size_px=tokens.LEAD_PX),
        *_classes(sitting, state, view.camera.box, asks),
    ]
    panel = ft.Container(
        ft.Column(
            [ft.Container(part, margin=ft.Margin.only(right=14)) for part in parts],
            spacing=6,
            scroll=ft.ScrollMode.AUTO,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        bgcolor=SURFACE,
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
        padding=ft.Padding.only(left=12, right=4, top=12, bottom=12),
        shadow=ft.BoxShadow(blur_radius=16, color=ft.Colors.with_opacity(0.28, ft.Colors.BLACK)),
    )
    return ft.Semantics(content=panel, identifier="map-legend", container=True)


def _whose(sitting: Sitting, filters: Filters, asks: Any) -> ft.Control:
    kinds = WHOSE if sitting.signed.crew_id else WHOSE[::2]
    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=filters.whose == code,
            press=partial(asks, replace(filters, whose=code)),
            key=f"map-whose-{code}",
            compact=True,
        )
        for code, word in kinds
    ]
    return ft.Row(row, spacing=8, wrap=True, run_spacing=8)


def _groups(sitting: Sitting, state: MapState, box: Box, asks: Any) -> list[ft.Control]:
    counts = sitting.read(orders_by_status, state.filters.wanted(sitting, box))

    def row(group: Group) -> ft.Control:
        return _row(
            group.sign.icon,
            group.sign.colour,
            sitting.say(group.sign.word),
            sum(counts.get(status, 0) for status in group.statuses),
            group.code in state.filters.groups,
            lambda: asks(state.filters.turned("groups", group.code)),
            f"layer-{group.code}",
        )

    return [row(group) for group in GROUPS]


def _classes(sitting: Sitting, state: MapState, box: Box, asks: Any) -> list[ft.Control]:
    """Those that are in view, and those switched on; most first."""
    classes = sitting.read(placed_classes)
    counts = sitting.read(assets_by_class, box, [each.code for each in classes])
    on = state.filters.classes
    shown = [each for each in classes if counts.get(each.code) or each.code in on]
    dark = tokens.LOOKS[sitting.look].dark

    def row(kind: AssetClass) -> ft.Control:
        mark = mark_of(kind.code, kind.icon)
        return _row(
            mark.icon,
            mark.hue.on(dark=dark),
            sitting.words.either(kind.label_fr, kind.label_en),
            counts.get(kind.code, 0),
            kind.code in on,
            lambda: asks(state.filters.turned("classes", kind.code)),
            f"layer-{kind.code}",
        )

    if not shown:
        return [text.small(sitting.say("No asset in view."))]
    return [row(each) for each in sorted(shown, key=lambda each: each.code)]


def _row(
    icon: ft.IconData,
    colour: str,
    word: str,
    count: int | None,
    on: bool,
    press: buttons.Press,
    key: str,
) -> ft.Control:
    box = ft.Icons.CHECK_BOX if on else ft.Icons.CHECK_BOX_OUTLINE_BLANK
    inside: list[ft.Control] = [
        ft.Icon(box, color=ACTION if on else SOFT, size=26),
        ft.Icon(icon, color=colour, size=24),
        text.body(word, expand=True, lines=1),
    ]
    if count is not None:
        inside.append(text.small(f"{count}"))
    return buttons.tap(
        ft.Row(inside, spacing=10),
        press=press,
        key=key,
        chosen=on,
        padding=ft.Padding.symmetric(horizontal=10, vertical=4),
        height=tokens.TARGET_PX,
    )

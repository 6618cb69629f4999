"""A unit in a list: its number and name, where it stands, and why in one line."""

import flet as ft

from field_app.reads.fleet import UnitLine
from field_app.ui import tokens
from field_app.ui.parts import buttons, standing, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION_FILL, LINE, SURFACE


def unit_row(sitting: Sitting, line: UnitLine, *, chosen: bool = False) -> ft.Control:
    """A function, not a component, as a row of orders is."""
    sign = standing.sign_of(line.readiness)
    inside = ft.Column(
        [
            text.strong(line.asset.name, size_px=tokens.LEAD_PX, lines=1),
            ft.Row(
                [standing.chip(sign, sitting), *_busy(sitting, line)],
                spacing=16,
                wrap=True,
                run_spacing=4,
            ),
            text.small(standing.in_short(sitting, line.readiness, by_law=line.by_law), lines=2),
        ],
        spacing=6,
    )
    body = ft.Container(
        inside,
        bgcolor=ACTION_FILL if chosen else SURFACE,
        padding=ft.Padding.only(left=14, right=14, top=12, bottom=12),
        border_radius=ft.BorderRadius.only(top_right=11, bottom_right=11),
        margin=ft.Margin.only(left=8),
    )
    strip = ft.Container(
        body, bgcolor=sign.colour, border_radius=tokens.RADIUS_PX, border=ft.Border.all(1, LINE)
    )
    return buttons.tap(
        strip, press=lambda: sitting.go(f"/units/{line.unit.id}"), key=f"unit-{line.unit.tag}"
    )


def _busy(sitting: Sitting, line: UnitLine) -> list[ft.Control]:
    if line.busy_on is None:
        return []
    return [text.small(sitting.say("At work: {order}", order=line.busy_on), lines=1)]

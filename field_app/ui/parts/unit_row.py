"""A unit in a list: its number and name, where it stands, and why in one line."""

import flet as ft

from field_app.reads.fleet import UnitLine
from field_app.ui import tokens
from field_app.ui.parts import buttons, cards, standing, text
from field_app.ui.sitting import Sitting


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
    strip = cards.with_strip(inside, colour=sign.colour, chosen=chosen)
    return buttons.tap(
        strip, press=lambda: sitting.go(f"/units/{line.unit.id}"), key=f"unit-{line.unit.tag}"
    )


def _busy(sitting: Sitting, line: UnitLine) -> list[ft.Control]:
    if line.busy_on is None:
        return []
    return [text.small(sitting.say("At work: {order}", order=line.busy_on), lines=1)]

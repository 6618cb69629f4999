"""A break drawn out: what is shut off, what is dry beyond it, and the valves by their number."""

import flet as ft
import flet_map as fm

from field_app.reads.map_breaks import LOST, SHUT, ChosenBreak, ValveMark
from field_app.ui import tokens
from field_app.ui.map import drawing
from field_app.ui.parts import text
from field_app.ui.parts.status import Sign
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD, INK, SURFACE, WARN
from field_app.ui.words import noted

VALVE_PX, TAP_PX, BREAK_PX = 40, 14, 56

SIGNS = {
    "to_close": Sign(ft.Icons.LOOKS_ONE, BAD, noted("valve to close")),
    SHUT: Sign(ft.Icons.CHECK, GOOD, noted("valve closed")),
    LOST: Sign(ft.Icons.CLOSE, WARN, noted("valve that does not hold")),
    "isolated": Sign(ft.Icons.HORIZONTAL_RULE, BAD, noted("pipe shut off")),
    "dry": Sign(ft.Icons.MORE_HORIZ, WARN, noted("without water beyond")),
    "tap": Sign(ft.Icons.CIRCLE, INK, noted("customer or hydrant without water")),
}


def break_layers(broken: ChosenBreak) -> list[fm.MapLayer]:
    isolated = [drawing.line(run, BAD, 8.0) for one in broken.isolated for run in drawing.runs(one)]
    dry = [
        drawing.line(run, WARN, 6.0, dashes=(3, 9))
        for one in broken.dry
        for run in drawing.runs(one)
    ]
    taps = [
        fm.CircleMarker(
            TAP_PX / 2,
            drawing.place(tap),
            color=INK,
            border_color=SURFACE,
            border_stroke_width=2,
        )
        for tap in broken.taps
    ]
    mark = fm.Marker(_break_mark(), drawing.place(broken.position), width=BREAK_PX, height=BREAK_PX)
    valves = [_valve(valve) for valve in broken.valves]
    return [
        fm.PolylineLayer([*dry, *isolated]),
        fm.CircleLayer(taps),
        fm.MarkerLayer([mark, *valves]),
    ]


def break_legend(sitting: Sitting, broken: ChosenBreak) -> ft.Control:
    """Only of what is drawn: each with its sign and its word."""
    states = {valve.state for valve in broken.valves}
    there = {
        **{state: state in states for state in ("to_close", SHUT, LOST)},
        "isolated": bool(broken.isolated),
        "dry": bool(broken.dry),
        "tap": bool(broken.taps),
    }
    rows = [_word(sitting, SIGNS[name]) for name, drawn in there.items() if drawn]
    return ft.Row(rows, spacing=16, run_spacing=4, wrap=True)


def _word(sitting: Sitting, sign: Sign) -> ft.Control:
    icon = ft.Icon(sign.icon, color=sign.colour, size=20)
    return ft.Row([icon, text.small(sitting.say(sign.word))], spacing=6, tight=True)


def _break_mark() -> ft.Control:
    return ft.Container(
        ft.Icon(ft.Icons.WATER_DROP, color=SURFACE, size=30),
        bgcolor=ACTION,
        border=ft.Border.all(4, BAD),
        border_radius=BREAK_PX / 2,
        alignment=ft.Alignment.CENTER,
    )


def _valve(valve: ValveMark) -> fm.Marker:
    colour = SIGNS[valve.state].colour
    inside: ft.Control = ft.Icon(SIGNS[valve.state].icon, color=SURFACE, size=24)
    if valve.state == "to_close" and valve.order is not None:
        inside = ft.Text(
            str(valve.order), size=tokens.LEAD_PX, color=SURFACE, font_family=tokens.FONT_BOLD
        )
    box = ft.Container(
        inside,
        bgcolor=colour,
        border=ft.Border.all(3, SURFACE),
        border_radius=10,
        alignment=ft.Alignment.CENTER,
    )
    return fm.Marker(box, drawing.place(valve.position), width=VALVE_PX, height=VALVE_PX)

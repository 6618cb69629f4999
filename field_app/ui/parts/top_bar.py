"""The bar at the top: where I am, who I am, and the synchronization pill.

What has just happened is told in the bar itself, for ten seconds, so that nothing below moves
under a finger.
"""

from typing import Any

import flet as ft

from field_app.reads.waiting import tally
from field_app.ui import tokens
from field_app.ui.destinations import ME, destinations_of
from field_app.ui.guard import component
from field_app.ui.parts import buttons, text
from field_app.ui.parts.pill import pill
from field_app.ui.sitting import Notice, Sitting, use_sitting
from field_app.ui.themes import BAD, BAD_FILL, FILLS, GOOD, GOOD_FILL, LINE, SURFACE, edge_px

LOOK_S = 20.0
"""What the pill says grows old by itself, also where nothing arrives any more."""


@component
def TopBar() -> Any:
    sitting = use_sitting()
    ticks, set_ticks = ft.use_state(0)
    ft.use_effect(lambda: sitting.later(LOOK_S, lambda: set_ticks(ticks + 1)), [ticks])
    notice = sitting.notice
    left = _notice(sitting, notice) if notice else _place(sitting)
    right = [*_drive(sitting), _pill(sitting)]
    inside: ft.Control = ft.Row([ft.Container(left, expand=True), *right], spacing=12)
    if sitting.cramped:
        inside = ft.Column([left, ft.Row(right, spacing=12)], spacing=4)
    return ft.Container(
        inside,
        height=_height(sitting),
        padding=ft.Padding.symmetric(horizontal=16),
        bgcolor=SURFACE,
        border=ft.Border.only(bottom=ft.BorderSide(1, LINE)),
    )


def _height(sitting: Sitting) -> float:
    """Always the same, whether anything is told in it or not: nothing moves under a finger."""
    usual_px = tokens.MAIN_PX + 8
    if sitting.cramped:
        return usual_px * 2.4
    return usual_px * (1 if sitting.text_percent == 100 else 1.6)


def _place(sitting: Sitting) -> ft.Control:
    name = sitting.person.name if sitting.person else ""
    row = ft.Row(
        [
            ft.Icon(ft.Icons.SIGNPOST, color=ft.Colors.PRIMARY, size=28),
            text.strong("Voirie", size_px=tokens.LEAD_PX),
            ft.Container(text.small(name, lines=1), expand=True),
        ],
        spacing=12,
    )
    if sitting.driving or ME in destinations_of(sitting):
        return row
    mine = ft.Row(
        [ft.Icon(ME.icon, color=ft.Colors.PRIMARY, size=26), text.small(name, lines=1)],
        spacing=8,
        tight=True,
    )
    row.controls[-1] = buttons.tap(
        mine,
        press=lambda: sitting.go(ME.route),
        key=ME.name,
        name=sitting.say("Me: {name}", name=name),
        padding=ft.Padding.symmetric(horizontal=12),
        height=tokens.TARGET_PX,
    )
    return row


def _notice(sitting: Sitting, notice: Notice) -> ft.Control:
    colour, fill = (BAD, BAD_FILL) if notice.bad else (GOOD, GOOD_FILL)
    icon = ft.Icons.ERROR if notice.bad else ft.Icons.CHECK_CIRCLE
    sentence = text.strong(notice.sentence, size_px=tokens.SMALL_PX, lines=2, expand=True)
    row: list[ft.Control] = [ft.Icon(icon, color=colour, size=26), sentence]
    if notice.undo is not None:
        row.append(_undo(sitting))
    return ft.Semantics(
        content=ft.Container(
            ft.Row(row, spacing=10),
            bgcolor=fill,
            height=tokens.ROW_PX * (1 if sitting.text_percent == 100 else 1.7),
            padding=ft.Padding.only(left=14, right=2),
            border=ft.Border.all(edge_px(), colour),
            border_radius=tokens.RADIUS_PX,
        ),
        identifier="notice",
        live_region=True,
        container=True,
    )


def _undo(sitting: Sitting) -> ft.Control:
    return buttons.tap(
        ft.Row([ft.Icon(ft.Icons.UNDO, size=24), text.strong(sitting.say("Undo"))], spacing=8),
        press=sitting.undo,
        key="undo",
        height=tokens.TARGET_PX,
        padding=ft.Padding.symmetric(horizontal=16),
        fill=SURFACE,
        edge=LINE,
    )


def _drive(sitting: Sitting) -> list[ft.Control]:
    """To the driving screen by hand: where the tablet does not know that it moves."""
    at_a_desk = sitting.signed.in_office or not sitting.workplace.shared_screen
    if sitting.driving or at_a_desk:
        return []
    return [
        buttons.icon_button(
            ft.Icons.DRIVE_ETA,
            name=sitting.say("I am driving"),
            press=lambda: setattr(sitting, "driving", True),
            key="to-driving",
        )
    ]


def _pill(sitting: Sitting) -> ft.Control:
    shown = pill(sitting, sitting.read(tally))
    content = ft.Row(
        [
            ft.Icon(shown.icon, color=shown.colour, size=24),
            text.strong(shown.sentence, size_px=tokens.SMALL_PX, lines=1),
        ],
        spacing=8,
        tight=True,
    )
    return buttons.tap(
        content,
        press=lambda: sitting.go("/sync"),
        key="pill",
        padding=ft.Padding.symmetric(horizontal=16),
        height=tokens.TARGET_PX,
        fill=FILLS.get(shown.colour),
        edge=shown.colour,
    )

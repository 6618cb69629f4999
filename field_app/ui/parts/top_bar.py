"""The bar at the top: where I am, who I am, and the synchronization pill."""

from typing import Any

import flet as ft

from field_app.reads.waiting import tally
from field_app.ui.guard import component
from field_app.ui.parts import buttons, text
from field_app.ui.parts.pill import pill
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import FILLS, LINE, SURFACE
from field_app.ui import tokens


@component
def TopBar() -> Any:
    sitting = use_sitting()
    return ft.Container(
        ft.Row(
            [
                ft.Icon(ft.Icons.SIGNPOST, color=ft.Colors.PRIMARY, size=28),
                text.strong("Voirie", size_px=tokens.LEAD_PX),
                ft.Container(text.small(_who(sitting), lines=1), expand=True),
                _pill(sitting),
            ],
            spacing=12,
        ),
        height=tokens.MAIN_PX + 8,
        padding=ft.Padding.symmetric(horizontal=16),
        bgcolor=SURFACE,
        border=ft.Border.only(bottom=ft.BorderSide(1, LINE)),
    )


def _who(sitting: Sitting) -> str:
    return sitting.person.name if sitting.person else ""


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
    )

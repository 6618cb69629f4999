"""Surfaces: the card, the banner of one sentence, and what an empty list says."""

from collections.abc import Sequence

import flet as ft

from field_app.ui import tokens
from field_app.ui.parts import text
from field_app.ui.themes import ACTION, ACTION_FILL, FILLS, LINE, SOFT, SURFACE, edge_px


def card(content: Sequence[ft.Control], *, gap_px: int = 12) -> ft.Control:
    return ft.Container(
        ft.Column(
            list(content), spacing=gap_px, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
        ),
        bgcolor=SURFACE,
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
        padding=2 * tokens.GRID_PX,
    )


def with_strip(inside: ft.Control, *, colour: str, chosen: bool) -> ft.Control:
    """A row of a list: what it is about stands as a strip of colour at its side, and in words."""
    body = ft.Container(
        inside,
        bgcolor=ACTION_FILL if chosen else SURFACE,
        padding=ft.Padding.only(left=14, right=14, top=12, bottom=12),
        border_radius=ft.BorderRadius.only(top_right=11, bottom_right=11),
        margin=ft.Margin.only(left=8),
    )
    return ft.Container(
        body, bgcolor=colour, border_radius=tokens.RADIUS_PX, border=ft.Border.all(edge_px(), LINE)
    )


def banner(
    sentence: str,
    *,
    icon: ft.IconData,
    colour: str = ACTION,
    name: str = "banner",
    action: ft.Control | None = None,
) -> ft.Control:
    """One sentence that must be seen: a safety note, an error, an undo."""
    row: list[ft.Control] = [ft.Icon(icon, color=colour, size=28), text.body(sentence, expand=True)]
    return ft.Semantics(
        content=ft.Container(
            ft.Row(row + ([action] if action else []), spacing=12),
            bgcolor=FILLS.get(colour),
            border=ft.Border.all(edge_px(), colour),
            border_radius=tokens.RADIUS_PX,
            padding=ft.Padding.symmetric(horizontal=16, vertical=12),
        ),
        identifier=name,
        live_region=True,
        container=True,
    )


def empty(sentence: str, *, icon: ft.IconData, action: ft.Control | None = None) -> ft.Control:
    """What a list without rows says: why, and the next thing to do."""
    parts: list[ft.Control] = [
        ft.Icon(icon, color=SOFT, size=48),
        ft.Text(sentence, size=tokens.BODY_PX, color=SOFT, text_align=ft.TextAlign.CENTER),
    ]
    return ft.Container(
        ft.Column(
            parts + ([action] if action else []),
            spacing=16,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        padding=32,
        alignment=ft.Alignment.TOP_CENTER,
    )


def section(heading: str, content: Sequence[ft.Control]) -> ft.Control:
    """A card under its heading."""
    return card([text.title(heading, size_px=tokens.LEAD_PX), *content])

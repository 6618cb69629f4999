"""Choosing one of many: a button that says what is chosen and opens the list."""

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.parts import text
from field_app.ui.scale import enlarged
from field_app.ui.themes import ACTION, ACTION_FILL, LINE, SURFACE, edge_px

Option = tuple[str, str]
"""A code, and how it is called."""

_EDGED = ft.RoundedRectangleBorder(side=ft.BorderSide(1, LINE), radius=tokens.RADIUS_PX)
"""High contrast has one ground for all: a list without an edge would run into what it covers."""


def chooser(
    label: str,
    chosen: str,
    options: Sequence[Option],
    choose: Callable[[str], Any],
    *,
    key: str,
    narrows: bool = True,
) -> ft.Control:
    """Its name is the tooltip's: told of the words in it too, it would be told twice.

    Where it narrows, what is chosen other than the first is filled: nobody overlooks it.
    """
    names = dict(options)
    first = options[0][0] if options else ""
    narrowed = narrows and chosen != first
    face = ft.Container(
        ft.Row(
            [
                ft.Semantics(content=text.small(label, lines=1), exclude_semantics=True),
                text.strong(names.get(chosen, chosen), size_px=tokens.SMALL_PX, lines=1),
                ft.Icon(ft.Icons.ARROW_DROP_DOWN, size=24),
            ],
            spacing=6,
            tight=True,
        ),
        height=None if enlarged() else tokens.TARGET_PX,
        padding=ft.Padding.symmetric(horizontal=12, vertical=8 if enlarged() else 0),
        border=ft.Border.all(edge_px(), ACTION if narrowed else LINE),
        border_radius=tokens.RADIUS_PX,
        bgcolor=ACTION_FILL if narrowed else SURFACE,
    )
    items = [
        ft.PopupMenuItem(
            name,
            checked=code == chosen,
            height=tokens.TARGET_PX * (2 if enlarged() else 1),
            on_click=lambda _event, code=code: choose(code),
            key=f"{key}-{code or 'all'}",
        )
        for code, name in options
    ]
    button = ft.PopupMenuButton(face, items=items, padding=0, tooltip=label, shape=_EDGED, key=key)
    return ft.Semantics(content=button, identifier=key, container=True)

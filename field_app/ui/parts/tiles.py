"""A figure on a tile: what it is, its number, and what it is made of; a press opens its list."""

from collections.abc import Sequence
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.parts import buttons, text
from field_app.ui.parts.buttons import Press
from field_app.ui.scale import enlarged
from field_app.ui.themes import INK, LINE, SOFT, SURFACE

NUMBER_PX = 44


def tile(
    label: str,
    number: str,
    under: Sequence[ft.Control],
    *,
    icon: ft.IconData,
    press: Press,
    key: str,
    colour: str = INK,
) -> ft.Control:
    """`colour` says how it stands; `under` says it in words."""
    head = ft.Row(
        [
            ft.Icon(icon, color=colour if colour != INK else SOFT, size=24),
            ft.Container(text.small(label, lines=2), expand=True),
            ft.Icon(ft.Icons.CHEVRON_RIGHT, color=SOFT, size=22),
        ],
        spacing=8,
    )
    inside = ft.Column(
        [head, text.strong(number, size_px=NUMBER_PX, colour=colour, lines=1), *under],
        spacing=2,
    )
    return buttons.tap(
        inside,
        press=press,
        key=key,
        fill=SURFACE,
        edge=LINE,
        padding=ft.Padding.only(left=16, right=10, top=12, bottom=14),
        height=tokens.MAIN_PX * 2.6,
    )


def grid(tiles: Sequence[ft.Control], *, wide: int = 3) -> ft.Control:
    """Four in a row on a wide screen, two on a narrow one. `wide`: of twelve columns."""
    columns: Any = 6 if enlarged() else {"xs": 6, "lg": wide}
    return ft.ResponsiveRow(
        [ft.Container(each, col=columns) for each in tiles],
        spacing=12,
        run_spacing=12,
    )


def beside(cards: Sequence[ft.Control], *, twelfths: Sequence[int] = (6, 6)) -> ft.Control:
    """Two cards in a row on a wide screen, one under the other on a narrow one.

    `twelfths`: of the row, for each.
    """
    return ft.ResponsiveRow(
        [
            ft.Container(each, col=12 if enlarged() else {"xs": 12, "lg": width})
            for each, width in zip(cards, twelfths, strict=True)
        ],
        spacing=12,
        run_spacing=12,
    )

"""Turning the pages of a long list: fifty rows at a time."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft

from field_app.ui.parts import buttons, text
from field_app.ui.sitting import Sitting


def turning(
    sitting: Sitting, page: int, pages: int, turn: Callable[[int], Any]
) -> list[ft.Control]:
    """Nothing where all of it is on one page."""
    if pages < 2:
        return []
    row: list[ft.Control] = []
    if page:
        row.append(_turn(sitting.say("Previous"), ft.Icons.CHEVRON_LEFT, turn, page - 1))
    said = sitting.say("Page {page} of {pages}", page=page + 1, pages=pages)
    row.append(text.small(said, lines=1))
    if page + 1 < pages:
        row.append(_turn(sitting.say("Next"), ft.Icons.CHEVRON_RIGHT, turn, page + 1))
    return [ft.Row(row, alignment=ft.MainAxisAlignment.CENTER, spacing=16)]


def _turn(word: str, icon: ft.IconData, turn: Callable[[int], Any], page: int) -> ft.Control:
    return buttons.plain_button(word, icon=icon, press=partial(turn, page), key=f"page-{page}")

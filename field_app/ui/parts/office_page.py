"""The frame of a page that the server works out: its head, its age, and what there is to show."""

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from field_app.ui.parts import bulletins, text
from field_app.ui.parts.bulletins import Told
from field_app.ui.parts.form import scrolled
from field_app.ui.sitting import Sitting


def head(sitting: Sitting, title: str, told: Told, tools: Sequence[ft.Control] = ()) -> ft.Control:
    """The title with the moment that the page tells of; under it, what it can be narrowed to."""
    first = ft.Row(
        [ft.Container(text.title(title), expand=True), bulletins.stamp(sitting, told)], spacing=16
    )
    row = ft.Row(
        list(tools),
        spacing=10,
        run_spacing=10,
        wrap=True,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return ft.Column(
        [first, *([row] if tools else [])],
        spacing=10,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def page(
    sitting: Sitting,
    told: Told,
    top: ft.Control,
    body: Callable[[dict[str, Any]], Sequence[ft.Control]],
    *,
    key: str,
) -> ft.Control:
    """What was last told, under its head; nothing yet, or why not."""
    if told.body is None:
        return ft.Column(
            [ft.Container(top, padding=16), bulletins.nothing_yet(sitting, told)],
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    parts = [top, *bulletins.trouble(sitting, told), *body(told.body)]
    return scrolled(parts, key=key)

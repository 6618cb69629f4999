"""A page that is filled in: its parts in a readable width, its main action at the lower right."""

from collections.abc import Sequence

import flet as ft

from field_app.ui import tokens
from field_app.ui.parts import text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import LINE, SURFACE


def form(
    sitting: Sitting,
    heading: str,
    parts: Sequence[ft.Control],
    main: ft.Control | None = None,
    *,
    beside: ft.Control | None = None,
) -> ft.Control:
    """`beside` the heading: what is too urgent to be looked for further down."""
    inside: list[ft.Control] = [_head(heading, beside), *parts]
    if sitting.wide:
        inside = [ft.Row([ft.Container(part, width=tokens.READING_PX)]) for part in inside]
    body = scrolled(inside, key=f"form-{heading}")
    foot = [] if main is None else [bar(main)]
    return ft.Column(
        [body, *foot],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _head(heading: str, beside: ft.Control | None) -> ft.Control:
    if beside is None:
        return text.title(heading)
    return ft.Row(
        [text.title(heading), beside],
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
        wrap=True,
    )


def scrolled(parts: Sequence[ft.Control], *, key: str) -> ft.Control:
    """Parts under each other. Not a ListView: it drops what is out of sight, text typed and all."""
    inside = ft.Column(list(parts), spacing=14, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return ft.Column(
        [ft.Container(inside, padding=16)],
        scroll=ft.ScrollMode.AUTO,
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        key=key,
    )


def bar(main: ft.Control) -> ft.Control:
    return ft.Container(
        ft.Row([main], alignment=ft.MainAxisAlignment.END),
        bgcolor=SURFACE,
        border=ft.Border.only(top=ft.BorderSide(1, LINE)),
        padding=ft.Padding.symmetric(horizontal=16, vertical=10),
    )

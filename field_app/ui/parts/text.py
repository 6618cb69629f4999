"""Text in the sizes of the house; its colour is the theme's unless a role is named."""

import flet as ft

from field_app.ui import tokens
from field_app.ui.scale import lines_of
from field_app.ui.themes import INK, SOFT


def title(text: str, *, size_px: int = tokens.TITLE_PX) -> ft.Control:
    """A heading, for the eye and for a screen reader."""
    heading = strong(text, size_px=size_px)
    return ft.Semantics(content=heading, header=True, container=True)


def strong(
    text: str,
    *,
    size_px: int = tokens.BODY_PX,
    colour: str = INK,
    lines: int | None = None,
    expand: bool = False,
) -> ft.Text:
    return ft.Text(
        text,
        size=size_px,
        color=colour,
        font_family=tokens.FONT_BOLD,
        max_lines=lines_of(lines),
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
        expand=expand or None,  # Flet breaks a row that wraps around a False.
    )


def body(
    text: str, *, colour: str = INK, lines: int | None = None, expand: bool = False
) -> ft.Text:
    return ft.Text(
        text,
        size=tokens.BODY_PX,
        color=colour,
        max_lines=lines_of(lines),
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
        expand=expand or None,  # Flet breaks a row that wraps around a False.
    )


def small(
    text: str,
    *,
    colour: str = SOFT,
    lines: int | None = None,
    align: ft.TextAlign = ft.TextAlign.START,
) -> ft.Text:
    return ft.Text(
        text,
        size=tokens.SMALL_PX,
        color=colour,
        max_lines=lines_of(lines),
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
        text_align=align,
    )

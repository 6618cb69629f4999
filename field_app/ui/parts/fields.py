"""Text fields. Each is given its value and its `change`: Flet forgets an uncontrolled one."""

from collections.abc import Callable
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.themes import ACTION, INK, SOFT, SURFACE


def text_field(
    label: str,
    value: str,
    change: Callable[[str], Any],
    *,
    key: str,
    lines: int = 1,
    numeric: bool = False,
    suffix: str | None = None,
    helper: str | None = None,
    error: str | None = None,
    icon: ft.IconData | None = None,
    submit: Callable[[], Any] | None = None,
    expand: bool = False,
    leave: Callable[[], Any] | None = None,
    autofocus: bool = False,
) -> ft.Control:
    return ft.TextField(
        label=label,
        value=value,
        on_change=lambda e: change(e.control.value),
        on_submit=(lambda: submit()) if submit else None,
        on_blur=(lambda: leave()) if leave else None,
        multiline=lines > 1,
        min_lines=lines if lines > 1 else None,
        max_lines=lines + 4 if lines > 1 else 1,
        keyboard_type=ft.KeyboardType.NUMBER if numeric else ft.KeyboardType.TEXT,
        suffix=ft.Text(suffix, color=SOFT, size=tokens.BODY_PX) if suffix else None,
        helper=helper,
        error=error,
        prefix_icon=icon,
        autofocus=autofocus,
        autocorrect=not numeric,
        text_size=tokens.BODY_PX,
        color=INK,
        label_style=ft.TextStyle(size=tokens.BODY_PX, color=SOFT),
        helper_style=ft.TextStyle(size=tokens.SMALL_PX, color=SOFT),
        helper_max_lines=2,
        error_max_lines=3,
        border_color=SOFT,
        focused_border_color=ACTION,
        border_radius=tokens.RADIUS_PX,
        bgcolor=SURFACE,
        content_padding=ft.Padding.symmetric(horizontal=16, vertical=18),
        expand=expand,
        key=key,
    )

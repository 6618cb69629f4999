"""What can be pressed: never smaller than a gloved finger, always with its name."""

from collections.abc import Callable
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.scale import enlarged
from field_app.ui.themes import (
    ACTION,
    ACTION_FILL,
    INK,
    LINE,
    OFF_FILL,
    ON_ACTION,
    SOFT,
    SURFACE,
    edge_px,
)

Press = Callable[[], Any]
FOCUS_PX = 3


def main_button(
    text: str,
    *,
    icon: ft.IconData,
    press: Press,
    disabled: bool = False,
    key: str = "main",
    autofocus: bool = False,
) -> ft.Control:
    """The one main action of a screen, 64 px high."""
    button = ft.FilledButton(
        text,
        icon=icon,
        height=_height(tokens.MAIN_PX),
        disabled=disabled,
        autofocus=autofocus,
        on_click=lambda: press(),
        style=_style(tokens.LEAD_PX, padding_px=28),
        key=key,
    )
    return ft.Semantics(content=button, identifier=key)


def plain_button(
    text: str,
    *,
    press: Press,
    icon: ft.IconData | None = None,
    action: ft.ClientAction | None = None,
    key: str,
) -> ft.Control:
    """Everything that is not the main action. `action` is what the browser does by itself."""
    button = ft.OutlinedButton(
        text,
        icon=icon,
        height=_height(tokens.ROW_PX),
        action=action,
        on_click=lambda: press(),
        style=_style(tokens.BODY_PX, padding_px=16, colour=ACTION),
        key=key,
    )
    return ft.Semantics(content=button, identifier=key)


def choice_button(
    text: str,
    *,
    chosen: bool,
    press: Press,
    key: str,
    colour: str = ACTION,
    compact: bool = False,
) -> ft.Control:
    """One of a few answers side by side; the chosen one is filled, ticked and said to be chosen.

    Compact ones stand four in the width of a list, and are not ticked.
    """
    size_px, padding_px = (tokens.SMALL_PX, 11) if compact else (tokens.BODY_PX, 16)
    style = _style(size_px, padding_px=padding_px, colour=SURFACE if chosen else INK)
    style.bgcolor = colour if chosen else SURFACE
    style.side = _edges(
        ft.BorderSide(edge_px(2), colour) if chosen else ft.BorderSide(edge_px(), LINE)
    )
    button = ft.OutlinedButton(
        text,
        icon=ft.Icons.CHECK if chosen and not compact else None,
        height=_height(tokens.ROW_PX),
        style=style,
        on_click=lambda: press(),
        key=key,
    )
    return ft.Semantics(content=button, identifier=key, selected=chosen)


def icon_button(icon: ft.IconData, *, name: str, press: Press, key: str) -> ft.Control:
    """Its name is the icon's: a label around the button names a group, and leaves it nameless."""
    button = ft.IconButton(
        ft.Icon(icon, size=28, color=INK, semantics_label=name),
        width=tokens.ROW_PX,
        height=tokens.ROW_PX,
        tooltip=ft.Tooltip(name, exclude_from_semantics=True),
        on_click=lambda: press(),
        style=ft.ButtonStyle(side=_edges(None)),
        key=key,
    )
    return ft.Semantics(content=button, identifier=key)


def tap(
    content: ft.Control,
    *,
    press: Press,
    key: str,
    chosen: bool = False,
    name: str | None = None,
    padding: Any = 0,
    height: float | None = None,
    expand: bool = False,
    fill: str | None = None,
    edge: str | None = None,
) -> ft.Control:
    """Anything large that is pressed as a whole: a row, a destination, a person.

    A `name` is told instead of the words in it; without one, they are its name. All of it is one
    node to a screen reader, pictures with words of their own too.
    """
    if name is not None:
        content = ft.Semantics(content=content, exclude_semantics=True)
    if height is not None and enlarged():
        content, height = _at_least(height, content), None
    pressed = ft.Container(
        content,
        on_click=lambda: press(),
        ink=True,
        bgcolor=ACTION_FILL if chosen else fill,
        padding=padding,
        height=height,
        border=ft.Border.all(edge_px(), edge) if edge else None,
        border_radius=tokens.RADIUS_PX,
        key=key,
    )
    told = ft.Semantics(content=pressed, identifier=key, button=True, label=name, selected=chosen)
    return ft.MergeSemantics(told, expand=expand)


def _at_least(height_px: float, content: ft.Control) -> ft.Control:
    """As high as its words need, and no lower than at the usual size."""
    strut = ft.Container(width=0, height=height_px)
    return ft.Stack([strut, content], fit=ft.StackFit.PASS_THROUGH, alignment=ft.Alignment.CENTER)


def _height(usual_px: int) -> int | None:
    return None if enlarged() else usual_px


def _style(size_px: int, *, padding_px: int, colour: str | None = None) -> ft.ButtonStyle:
    """Filled in the action's colour, or outlined where a colour is named."""
    off = ft.ControlState.DISABLED
    filled: Any = {off: OFF_FILL, ft.ControlState.DEFAULT: ACTION}
    inked: Any = {off: SOFT, ft.ControlState.DEFAULT: colour or ON_ACTION}
    return ft.ButtonStyle(
        bgcolor=None if colour else filled,
        color=inked,
        icon_color=inked,
        icon_size=24,
        padding=ft.Padding.symmetric(horizontal=padding_px, vertical=12 if enlarged() else 0),
        text_style=ft.TextStyle(size=size_px, font_family=tokens.FONT_BOLD),
        shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS_PX),
        side=_edges(ft.BorderSide(edge_px(), LINE) if colour else None),
    )


def _edges(usual: ft.BorderSide | None) -> Any:
    """Thick around what the Tab key has come to, in the ink of the words."""
    edges: dict[ft.ControlState, ft.BorderSide] = {
        ft.ControlState.FOCUSED: ft.BorderSide(edge_px(FOCUS_PX), INK),
        ft.ControlState.DISABLED: ft.BorderSide(edge_px(), LINE),
    }
    return edges | ({ft.ControlState.DEFAULT: usual} if usual else {})

"""Text fields that lose no letter, however fast one types.

Flet forgets the text of a field that is not given its `value` at every render. But the value of
a state is late: by the time it is drawn, the person has typed on, and the field would be set back.
So a field is given what it holds, unless its owner has put something else there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keyboard import Key, Keyboard, give_focus, use_keys
from field_app.ui.themes import ACTION, INK, SOFT, SURFACE, edge_px
from field_app.ui.words import noted

Take = Callable[[str], Any]
_SOUGHT = {"/": noted("Search"), "C": noted("Write a comment"), "T": noted("Telephone")}


@dataclass
class Held:
    """What is known of one field between two renders."""

    told: str
    """The last text that the owner was told, or gave."""
    box: ft.TextField | None = None
    strayed: bool = False
    """Something came into it that was a key: it is set back to what it was told."""

    def text(self, given: str) -> str:
        strayed, self.strayed = self.strayed, False
        if self.box is None or given != self.told:
            self.told = given
            return given
        return self.told if strayed else self.box.value

    def takes_focus(self, keyboard: Keyboard) -> None:
        """Letters are letters from now on, also those that come before the field is ready."""
        if self.box is not None:
            keyboard.writes(self)
            give_focus(ft.context.page, self.box)


def text_field(label: str, value: str, change: Take, *, key: str, **options: Any) -> ft.Control:
    """A field; see `TextBox` for the options."""
    field: ft.Control = TextBox(label, value, change, name=key, key=f"box-{key}", **options)
    return field


@component
def TextBox(
    label: str,
    value: str,
    change: Take,
    *,
    name: str,
    lines: int = 1,
    numeric: bool = False,
    suffix: str | None = None,
    helper: str | None = None,
    error: str | None = None,
    icon: ft.IconData | None = None,
    submit: Take | None = None,
    leave: Take | None = None,
    autofocus: bool = False,
    secret: bool = False,
    sought: str = "",
) -> Any:
    """`submit` and `leave` are given the text as it is then, which may be ahead of the state.

    `autofocus`: by our own asking, for Flutter leaves the focus where it rests. `sought`: the key
    of a keyboard that leads to it; ``/`` is that of the list's search.
    """
    held, keyboard = _held(value, sought, autofocus=autofocus)
    box = ft.TextField(
        label=label,
        value=held.text(value),
        on_change=_changed(held, keyboard, change),
        on_submit=_with_text(submit),
        on_focus=lambda _: keyboard.writes(held),
        on_blur=_left(held, keyboard, leave),
        keyboard_type=ft.KeyboardType.NUMBER if numeric else ft.KeyboardType.TEXT,
        suffix=ft.Text(suffix, color=SOFT, size=tokens.BODY_PX) if suffix else None,
        helper=helper,
        error=error,
        prefix_icon=icon,
        autocorrect=not numeric,
        password=secret,
        key=name,
        **_as_high_as(lines),
        **_looks(),
    )
    held.box = box
    # Its own node: else the words around it become its name to a screen reader.
    return ft.Semantics(content=box, identifier=f"field-{name}", container=True)


def _held(value: str, sought: str, *, autofocus: bool) -> tuple[Held, Keyboard]:
    """What is known of the field, and the keyboard that knows when somebody writes in it."""
    kept: Any = ft.use_ref(lambda: Held(value))
    held: Held = kept.current
    keyboard: Keyboard = ft.context.page.data.keyboard
    leads = [Key((sought,), _SOUGHT.get(sought, sought), lambda _: held.takes_focus(keyboard))]
    use_keys(leads if sought else [])
    ft.use_effect(
        lambda: held.takes_focus(keyboard) if autofocus else None,
        [],
        lambda: keyboard.has_written(held),
    )
    return held, keyboard


def _changed(held: Held, keyboard: Keyboard, change: Take) -> Any:
    _, set_strays = ft.use_state(0)

    def changed(event: Any) -> None:
        if keyboard.is_leaving(held):
            held.strayed = True
            set_strays(lambda strays: strays + 1)
        else:
            held.told = event.control.value
            change(held.told)

    return changed


def _left(held: Held, keyboard: Keyboard, leave: Take | None) -> Any:
    def left(event: Any) -> None:
        keyboard.has_written(held)
        if leave is not None:
            leave(event.control.value)

    return left


def _as_high_as(lines: int) -> dict[str, Any]:
    if lines == 1:
        return {"max_lines": 1}
    return {"multiline": True, "min_lines": lines, "max_lines": lines + 4}


def _with_text(take: Take | None) -> Any:
    return (lambda event: take(event.control.value)) if take else None


def _looks() -> dict[str, Any]:
    return {
        "text_size": tokens.BODY_PX,
        "color": INK,
        "label_style": ft.TextStyle(size=tokens.BODY_PX, color=SOFT),
        "helper_style": ft.TextStyle(size=tokens.SMALL_PX, color=SOFT),
        "helper_max_lines": 2,
        "error_max_lines": 3,
        "border": {
            ft.ControlState.FOCUSED: _outline(edge_px(2), ACTION),
            ft.ControlState.DEFAULT: _outline(edge_px(), SOFT),
        },
        "bgcolor": SURFACE,
        "content_padding": ft.Padding.symmetric(horizontal=16, vertical=18),
    }


def _outline(width_px: int, colour: str) -> ft.OutlineInputBorder:
    side = ft.BorderSide(width_px, colour)
    return ft.OutlineInputBorder(side=side, border_radius=tokens.RADIUS_PX)

"""The sheet that tells which keys do what on the screen shown, and where the focus rests."""

from functools import partial
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.destinations import CALL, ME, destinations_of
from field_app.ui.guard import component
from field_app.ui.keyboard import DIGITS, Key, Keyboard, give_focus, use_keys
from field_app.ui.parts import buttons, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import GROUND, INK, LINE, SURFACE
from field_app.ui.words import noted

SHEET_PX, CAPS_PX = 380, 126
ARROWS = {
    "left": (ft.Icons.ARROW_BACK, noted("Left")),
    "right": (ft.Icons.ARROW_FORWARD, noted("Right")),
    "up": (ft.Icons.ARROW_UPWARD, noted("Up")),
    "down": (ft.Icons.ARROW_DOWNWARD, noted("Down")),
}
"""Drawn: the letters of the house have none."""
NAMES = {
    "tab": noted("Tab"),
    "enter": noted("Enter"),
    "escape": noted("Esc"),
    "backspace": noted("Backspace"),
    "space": noted("Space"),
    "ctrl+enter": noted("Ctrl + Enter"),
    "ctrl+z": noted("Ctrl + Z"),
}


@component
def KeySheet(keyboard: Keyboard) -> Any:
    """Beside the screen, not over it: one reads a key and tries it."""
    sitting = use_sitting()
    use_keys(_of_everywhere(sitting, keyboard), last=True)
    if not keyboard.helping:
        return ft.Container(width=0)
    told = list({key.names: key for key in keyboard.bound()}.values())
    close = buttons.plain_button(
        sitting.say("Close"), press=partial(keyboard.help, False), key="keys-close"
    )
    head = ft.Row([ft.Container(text.title(sitting.say("Keys")), expand=True), close])
    rows = [_row(sitting, key) for key in told]
    tab = Key(("tab",), noted("To the next button or field, Enter presses it"), lambda _: None)
    return ft.Container(
        ft.Column(
            [head, *rows, _row(sitting, tab)],
            spacing=12,
            scroll=ft.ScrollMode.AUTO,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        width=SHEET_PX,
        padding=16,
        bgcolor=SURFACE,
        border=ft.Border.only(left=ft.BorderSide(1, LINE)),
        key="key-sheet",
    )


def _row(sitting: Sitting, key: Key) -> ft.Control:
    shown = [key.shown] if key.shown else list(key.names)
    caps = ft.Row([_cap(sitting, name) for name in shown], spacing=4, wrap=True, run_spacing=4)
    said = text.body(sitting.say(key.word), expand=True)
    return ft.Row([ft.Container(caps, width=CAPS_PX), said])


def _cap(sitting: Sitting, name: str) -> ft.Control:
    inside: ft.Control = text.strong(
        sitting.say(NAMES[name]) if name in NAMES else name, size_px=tokens.SMALL_PX
    )
    if name in ARROWS:
        icon, word = ARROWS[name]
        inside = ft.Icon(icon, color=INK, size=20, semantics_label=sitting.say(word))
    return ft.Container(
        inside,
        bgcolor=GROUND,
        border=ft.Border.all(1, INK),
        border_radius=6,
        padding=ft.Padding.symmetric(horizontal=8, vertical=2),
    )


def _of_everywhere(sitting: Sitting, keyboard: Keyboard) -> list[Key]:
    return [
        *(_of_the_frame(sitting, keyboard) if sitting.person else []),
        Key(("ctrl+z",), noted("Undo what has just been done"), lambda _: sitting.undo()),
        Key(("?",), noted("These keys"), lambda _: keyboard.help(not keyboard.helping)),
        Key(("escape",), noted("Leave the field, the page"), partial(_leave, sitting, keyboard)),
    ]


def _of_the_frame(sitting: Sitting, keyboard: Keyboard) -> list[Key]:
    places = destinations_of(sitting)

    def go(digit: str) -> None:
        if digit == "0":
            sitting.go(ME.route)
        elif digit in DIGITS[: len(places)]:
            keyboard.rest()
            sitting.go(places[DIGITS.index(digit)].route)

    calls = [
        Key(("N",), CALL.word, lambda _: sitting.go(CALL.route)) for each in places if each is CALL
    ]
    word = noted("To a page of the rail by its number; 0 is one’s own")
    return [*calls, Key(("G",), word, lambda _: keyboard.then(go), "G  0 – 5")]


def _leave(sitting: Sitting, keyboard: Keyboard, _key: str) -> None:
    if keyboard.helping:
        keyboard.help(False)
    elif sitting.person and sitting.route != "/":
        sitting.go("/")


@component
def RestingPlace(keyboard: Keyboard) -> Any:
    """Takes the focus from a button that was pressed by hand, so that Enter does not press it
    again. Told to nobody: there is nothing to be seen or done there.

    It has no height: Tab goes by rows, and beside a place as high as the screen all is one row.
    """
    place: Any = ft.use_ref(None)
    page = ft.context.page
    ft.use_effect(lambda: keyboard.rests_at(lambda: give_focus(page, place.current)), [])
    nothing = ft.Container(width=0, height=0)
    place.current = ft.KeyboardListener(nothing, include_semantics=False)
    return ft.Column([place.current], tight=True)

"""The two small forms of a matter: a word that goes back to its author, and a corrected value."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from field_app.reads.matter_page import MatterPage
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.parts import buttons, fields, matter_words
from field_app.ui.parts.matter_values import Field, options, read
from field_app.ui.sitting import Sitting, use_sitting

Send = Callable[[Any], bool]
"""Whether it was done."""
Close = Callable[[], Any]


@ft.observable
@dataclass
class Typed:
    text: str = ""


@component
def WordForm(matter_id: str, send: Send, close: Close) -> Any:
    """Sending back takes a word: why, and what to do instead."""
    sitting = use_sitting()
    typed = use_draft(sitting, Typed, name=f"word-{matter_id}")

    def press() -> None:
        if send(typed.text):
            typed.text = ""

    field = fields.text_field(
        sitting.say("A word to its author"),
        typed.text,
        partial(setattr, typed, "text"),
        key="word",
        lines=2,
    )
    button = buttons.main_button(
        sitting.say("Send back"),
        icon=ft.Icons.REPLY,
        press=press,
        disabled=not typed.text.strip(),
        key="word-send",
    )
    return _form(sitting, field, button, close)


@component
def CorrectionForm(page: MatterPage, field: Field, send: Send, close: Close) -> Any:
    """What should stand instead: a press on a choice does it, words are saved."""
    sitting = use_sitting()
    told = "" if field.value is None else str(field.value)
    typed = use_draft(sitting, lambda: Typed(told), name=f"correction-{page.matter.id}")
    label = matter_words.label(sitting, field.column, field.step)
    choices = options(sitting, field)
    if choices:
        row = [
            buttons.choice_button(
                word, chosen=code == field.value, press=partial(send, code), key=f"value-{code}"
            )
            for code, word in choices
        ]
        return _form(sitting, ft.Row(row, wrap=True, spacing=10, run_spacing=10), None, close)

    def press() -> None:
        if send(read(field, typed.text)):
            typed.text = told

    written = fields.text_field(
        label,
        typed.text,
        partial(setattr, typed, "text"),
        key="value",
        numeric=field.numeric,
        lines=1 if field.numeric else 2,
    )
    button = buttons.main_button(
        sitting.say("Save"),
        icon=ft.Icons.SAVE,
        press=press,
        disabled=read(field, typed.text) is None,
        key="value-save",
    )
    return _form(sitting, written, button, close)


def _form(
    sitting: Sitting, field: ft.Control, button: ft.Control | None, close: Close
) -> ft.Control:
    back = buttons.plain_button(sitting.say("Back"), press=close, key="matter-back")
    row = [back, *([button] if button else [])]
    return ft.Column(
        [field, ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12)],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )

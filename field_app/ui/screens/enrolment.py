"""The first screen of a new tablet: the code that the office gave."""

from typing import Any

import flet as ft

from asset_model.errors import Refused
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD


@component
def Enrolment() -> Any:
    sitting = use_sitting()
    code, set_code = ft.use_state("")
    error, set_error = ft.use_state("")
    asking, set_asking = ft.use_state(False)

    def enrol() -> None:
        set_asking(True)
        set_error(_enrolled(sitting, code.strip()))
        set_asking(False)

    say = sitting.say
    inside = [
        text.title(say("Enrol this tablet")),
        text.body(say("Enter the code that the office gave you. This takes a signal, once.")),
        fields.text_field(
            say("Enrolment code"),
            code,
            set_code,
            key="code",
            submit=lambda _text: ft.context.page.run_thread(enrol),
        ),
        buttons.main_button(
            say("Asking the server") if asking else say("Enrol"),
            icon=ft.Icons.HOW_TO_REG,
            press=lambda: ft.context.page.run_thread(enrol),
            disabled=asking or not code.strip(),
        ),
    ]
    if error:
        inside.insert(3, cards.banner(error, icon=ft.Icons.ERROR, colour=BAD, name="error"))
    return ft.Container(
        ft.Container(cards.card(inside, gap_px=20), width=tokens.READING_PX - 160),
        alignment=ft.Alignment.CENTER,
        expand=True,
        padding=16,
    )


def _enrolled(sitting: Sitting, code: str) -> str:
    """Asks the server; what went wrong, in words, or nothing."""
    try:
        sitting.workplace.link.enrol(code)
    except Refused as refused:
        return refused.sentence(sitting.language)
    sitting.workplace.changed()
    return ""

"""The first screen of a new tablet, and of one that was shut out: the code of the office."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.errors import Refused
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD


@ft.observable
@dataclass
class Draft:
    code: str = ""
    error: str = ""
    asking: bool = False


@component
def Enrolment() -> Any:
    return ft.Container(
        ft.Container(EnrolmentForm(), width=tokens.READING_PX - 160),
        alignment=ft.Alignment.CENTER,
        expand=True,
        padding=16,
    )


@component
def EnrolmentForm() -> Any:
    """Where the code is typed; also by a tablet that the server has shut out."""
    sitting = use_sitting()
    draft = use_passing(Draft)

    async def enrol() -> None:
        if draft.asking:
            return
        draft.asking = True
        draft.error = await asyncio.to_thread(_enrolled, sitting, draft.code.strip())
        draft.asking = False

    def press() -> None:
        ft.context.page.run_task(enrol)

    say = sitting.say
    inside = [
        text.title(say("Enrol this tablet")),
        text.body(say("Enter the code that the office gave you. This takes a signal, once.")),
        fields.text_field(
            say("Enrolment code"),
            draft.code,
            partial(setattr, draft, "code"),
            key="code",
            submit=lambda _text: press(),
        ),
        buttons.main_button(
            say("Asking the server") if draft.asking else say("Enrol"),
            icon=ft.Icons.HOW_TO_REG,
            press=press,
            disabled=draft.asking or not draft.code.strip(),
        ),
    ]
    if draft.error:
        inside.insert(3, cards.banner(draft.error, icon=ft.Icons.ERROR, colour=BAD, name="error"))
    return cards.card(inside, gap_px=20)


def _enrolled(sitting: Sitting, code: str) -> str:
    """Asks the server; what went wrong, in words, or nothing."""
    try:
        sitting.workplace.link.enrol(code)
    except Refused as refused:
        return refused.sentence(sitting.language)
    sitting.workplace.changed()
    return ""

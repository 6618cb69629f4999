"""Signing: a PIN under a statement, on this tablet, with or without a signal."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft
from sqlalchemy.exc import OperationalError

from field_app.actions.sign_in import check_pin
from field_app.store.unwritten import not_saved
from field_app.ui.parts import buttons, fields, text
from field_app.ui.sitting import Sitting


def proven(sitting: Sitting, pin: str) -> bool:
    """Whether the PIN is that of whoever is signed in; if not, they are told."""
    now = sitting.workplace.clock()
    try:
        with sitting.workplace.database.writing() as session:
            problem = check_pin(session, sitting.signed.id, pin, now=now)
    except OperationalError as error:
        problem = not_saved(error)
    if problem is not None:
        sitting.tell(problem.sentence(sitting.language), bad=True)
    return problem is None


def pin_field(sitting: Sitting, pin: str, take: Callable[[str], Any], *, key: str) -> ft.Control:
    return fields.text_field(
        sitting.say("Your PIN, to sign"), pin, take, key=key, numeric=True, secret=True
    )


def signing(
    sitting: Sitting,
    statement: str,
    draft: Any,
    *,
    word: str,
    icon: ft.IconData,
    sign: Callable[[], Any],
    key: str,
    ready: bool = True,
    beside: tuple[ft.Control, ...] = (),
) -> ft.Control:
    """A statement, the PIN under it (`draft.pin`), and the button that signs."""

    def press() -> None:
        pin, draft.pin = draft.pin, ""
        if proven(sitting, pin):
            sign()

    button = buttons.main_button(
        word, icon=icon, press=press, disabled=not (ready and draft.pin), key=key
    )
    return ft.Column(
        [
            text.body(statement),
            pin_field(sitting, draft.pin, partial(setattr, draft, "pin"), key=f"{key}-pin"),
            ft.Row([*beside, button], alignment=ft.MainAxisAlignment.END, spacing=12, wrap=True),
        ],
        spacing=12,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )

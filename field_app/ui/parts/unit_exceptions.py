"""Units that go under an exception which the fleet manager has not seen yet."""

import flet as ft

from asset_model.roles import may_edit
from field_app.actions.fleet_signatures import see_exception
from field_app.reads.unit_page import ExceptionLine, unseen_exceptions
from field_app.ui.parts import buttons, cards
from field_app.ui.sitting import Sitting
from field_app.ui.themes import WARN


def exceptions_to_see(sitting: Sitting) -> list[ft.Control]:
    """What the fleet manager has not seen yet: on top, and of nobody else's list."""
    if not may_edit(sitting.signed.role, "service_exception", "seen_at"):
        return []
    return [_exception(sitting, line) for line in sitting.read(unseen_exceptions)]


def _exception(sitting: Sitting, line: ExceptionLine) -> ft.Control:
    signed = line.exception
    sentence = sitting.say(
        "Unit {unit} goes under exception until {until}. {person}: “{word}”",
        unit=line.unit,
        until=sitting.when(signed.until),
        person=signed.signed_name,
        word=signed.word,
    )
    seen = buttons.plain_button(
        sitting.say("Seen"),
        icon=ft.Icons.VISIBILITY,
        press=lambda: sitting.act(see_exception, signed.id),
        key=f"seen-{line.unit}",
    )
    return cards.card(
        [
            cards.banner(sentence, icon=ft.Icons.GAVEL, colour=WARN, name=f"exception-{line.unit}"),
            ft.Row([seen], alignment=ft.MainAxisAlignment.END),
        ]
    )

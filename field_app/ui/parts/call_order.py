"""Under a call that is registered: the order of its incident, or one touch that makes it."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.incident_vocabulary import OPEN_INCIDENTS
from field_app.reads.incident_page import IncidentPage, incident_page
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.incident_acts import make_plain, may_order
from field_app.ui.parts.incident_template import likely_buttons
from field_app.ui.sitting import Sitting

LIKELY_MAX = 3


def call_order(sitting: Sitting, told: dict[str, Any]) -> list[ft.Control]:
    """Nothing for whoever makes no orders; the incident comes with the next synchronization."""
    if not may_order(sitting):
        return []
    page = sitting.read(incident_page, told["incident"], now=sitting.workplace.clock())
    return [cards.section(sitting.say("Its order"), _parts(sitting, page))]


def _parts(sitting: Sitting, page: IncidentPage | None) -> list[ft.Control]:
    say = sitting.say
    if page is None:
        return [text.small(say("The incident is on its way from the server."))]
    if page.order is not None and page.has_open_order:
        number, id = page.order.number or page.order.alias or "", page.order.id
        there = buttons.plain_button(
            say("The order {number}", number=number),
            icon=ft.Icons.ASSIGNMENT,
            press=lambda: sitting.go(f"/orders/{id}"),
            key="call-order",
        )
        return [text.body(page.order.title), ft.Row([there])]
    if page.incident.status not in OPEN_INCIDENTS:
        return [text.small(say("None: the incident is closed."))]
    plain = buttons.plain_button(
        say("Make the order"),
        icon=ft.Icons.ADD_TASK,
        press=partial(make_plain, sitting, page),
        key="call-make-order",
    )
    row = [*likely_buttons(sitting, page, most=LIKELY_MAX), plain]
    return [
        text.small(say("None yet. One touch makes it.")),
        ft.Row(row, wrap=True, spacing=10, run_spacing=10),
    ]

"""What was promised of an incident, by which rule, and how long is left; standing still or not."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.incident_vocabulary import OPEN_INCIDENTS
from asset_model.roles import may_edit
from field_app.actions import incidents
from field_app.reads.incident_page import IncidentPage
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.incident_words import promise_chip
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import WARN
from field_app.ui.words import noted

REASONS = (
    noted("Waiting for locates"),
    noted("Waiting for another owner (Hydro, Bell, the Ministry)"),
    noted("Waiting for the citizen"),
    noted("Frozen ground: in spring"),
)


@ft.observable
@dataclass
class Draft:
    asking: bool = False
    reason: str = ""

    def close(self) -> None:
        self.asking = False


@component
def IncidentPromise(page: IncidentPage) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name=f"promise-{page.incident.id}")
    parts = [*_dates(sitting, page), *_standing_still(sitting, page)]
    if page.incident.status in OPEN_INCIDENTS and _may(sitting):
        parts += _asking(sitting, page, draft) if draft.asking else _buttons(sitting, page, draft)
    return cards.section(sitting.say("What was promised"), parts)


def _may(sitting: Sitting) -> bool:
    return may_edit(sitting.signed.role, "incident", "suspended_at")


def _dates(sitting: Sitting, page: IncidentPage) -> list[ft.Control]:
    incident, say = page.incident, sitting.say
    if incident.acknowledge_by is None and incident.fix_by is None:
        return [text.body(say("No rule promises anything for this."))]
    told: list[ft.Control] = [promise_chip(sitting, page.promise)]
    if incident.acknowledged_at is not None:
        when = sitting.when(incident.acknowledged_at)
        told.append(text.body(say("First looked at {at}.", at=when)))
    elif incident.acknowledge_by is not None:
        when = sitting.when(incident.acknowledge_by)
        told.append(text.body(say("To be looked at before {at}.", at=when)))
    if incident.fix_by is not None:
        told.append(text.body(say("To be fixed before {at}.", at=sitting.when(incident.fix_by))))
    if incident.promise_reason:
        told.append(text.small(say("Why then: {reason}", reason=incident.promise_reason)))
    return told


def _standing_still(sitting: Sitting, page: IncidentPage) -> list[ft.Control]:
    incident = page.incident
    if incident.suspended_at is None:
        return []
    sentence = sitting.say(
        "Suspended since {at} by {person}: {reason}",
        at=sitting.when(incident.suspended_at),
        person=page.suspended_by or "–",
        reason=incident.suspend_reason or "",
    )
    return [cards.banner(sentence, icon=ft.Icons.PAUSE_CIRCLE, colour=WARN, name="suspended")]


def _buttons(sitting: Sitting, page: IncidentPage, draft: Draft) -> list[ft.Control]:
    incident, say = page.incident, sitting.say
    if incident.suspended_at is None:
        if incident.fix_by is None:
            return []
        button = buttons.plain_button(
            say("Suspend the promise…"),
            icon=ft.Icons.PAUSE,
            press=partial(setattr, draft, "asking", True),
            key="suspend",
        )
        return [ft.Row([button])]
    button = buttons.plain_button(
        say("The promise goes on"),
        icon=ft.Icons.PLAY_ARROW,
        press=partial(_resume, sitting, page),
        key="resume",
    )
    return [ft.Row([button])]


def _resume(sitting: Sitting, page: IncidentPage) -> None:
    id, reason = page.incident.id, page.incident.suspend_reason or ""
    if sitting.act(incidents.resume, id):
        sitting.tell(
            sitting.say("The promise goes on, put off by as long."),
            undo=lambda: sitting.act(incidents.suspend, id, reason),
        )


def _asking(sitting: Sitting, page: IncidentPage, draft: Draft) -> list[ft.Control]:
    say, id = sitting.say, page.incident.id

    def save(reason: str) -> None:
        if sitting.act(incidents.suspend, id, reason):
            emptied(draft)
            sitting.tell(say("Promise suspended."), undo=lambda: sitting.act(incidents.resume, id))

    common: list[ft.Control] = [
        buttons.plain_button(say(reason), press=partial(save, say(reason)), key=f"why-{place}")
        for place, reason in enumerate(REASONS)
    ]
    field = fields.text_field(
        say("Why"), draft.reason, partial(setattr, draft, "reason"), key="suspend-why", submit=save
    )
    row: list[ft.Control] = [
        buttons.plain_button(say("Back"), press=draft.close, key="suspend-back"),
        buttons.main_button(
            say("Suspend"),
            icon=ft.Icons.PAUSE,
            press=lambda: save(draft.reason),
            disabled=not draft.reason.strip(),
            key="suspend-save",
        ),
    ]
    return [
        text.strong(say("Whom or what is waited for? Overdue stands still until then.")),
        ft.Row(common, wrap=True, spacing=10, run_spacing=10),
        field,
        ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12),
    ]

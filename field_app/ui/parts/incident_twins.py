"""Other incidents that may be the same one, with what speaks for it: joined, or told apart."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.incident_vocabulary import IncidentStatus, Verdict
from asset_model.roles import may_insert
from field_app.actions import incidents
from field_app.actions.incidents import Joined
from field_app.reads.incident_page import IncidentPage
from field_app.reads.incident_twins import Twin, twins_of
from field_app.ui import times
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.incident_words import percent, sign_of
from field_app.ui.sitting import Sitting, use_sitting

MOVABLE = (IncidentStatus.RECEIVED, IncidentStatus.UNDER_REVIEW, IncidentStatus.REOPENED)


@component
def IncidentTwins(page: IncidentPage) -> Any:
    """Nothing where there is none, or where the reports are not: a tablet is sent none."""
    sitting = use_sitting()
    if page.incident.status not in MOVABLE or not page.reports:
        return ft.Container(height=0)
    found = sitting.read(twins_of, page.incident.id)
    if not found or not may_insert(sitting.signed.role, "grouping_decision"):
        return ft.Container(height=0)
    rows = [_row(sitting, page, twin) for twin in found]
    heading = sitting.say("Is it one of these?")
    return cards.section(heading, rows)


def _row(sitting: Sitting, page: IncidentPage, twin: Twin) -> ft.Control:
    say, other = sitting.say, twin.incident
    acts: list[ft.Control] = [
        buttons.plain_button(
            say("The same: join"),
            icon=ft.Icons.MERGE,
            press=partial(_join, sitting, page, twin),
            key=f"join-{other.id}",
        ),
        buttons.plain_button(
            say("Another thing"),
            icon=ft.Icons.CLOSE,
            press=partial(_dismiss, sitting, page, twin),
            key=f"dismiss-{other.id}",
        ),
        buttons.plain_button(
            say("See it"), press=lambda: sitting.go(f"/incidents/{other.id}"), key=f"see-{other.id}"
        ),
    ]
    return ft.Column(
        [*twin_lines(sitting, twin), ft.Row(acts, wrap=True, spacing=10, run_spacing=10)],
        spacing=4,
    )


def twin_lines(sitting: Sitting, twin: Twin) -> list[ft.Control]:
    """What it is, how far and how old, and why it is thought to be the same."""
    say, words, other = sitting.say, sitting.words, twin.incident
    age = max(0, round(twin.days))
    told = [
        other.number or "",
        percent(sitting, twin.probability),
        times.apart(twin.distance_m, words),
        words.several("{count} day before", "{count} days before", age) if age else say("today"),
        say(sign_of(other.status).word),
        words.several("{count} report", "{count} reports", other.reports_count),
    ]
    reasons = twin.reasons_fr if words.language == "fr" else twin.reasons_en
    lines: list[ft.Control] = [
        text.strong(other.place or say("No place given")),
        text.small(" · ".join(part for part in told if part)),
    ]
    if other.description:
        lines.append(text.body(other.description, lines=2))
    lines.append(text.small(say("Why: {reasons}", reasons=" · ".join(reasons))))
    return lines


def _join(sitting: Sitting, page: IncidentPage, twin: Twin) -> None:
    """Into the older one, unless only this one has an order."""
    score = round(twin.probability, 4)
    joined = sitting.make(incidents.merge, page.incident.id, twin.incident.id, score=score)
    if joined is None:
        return

    def undo(done: Joined = joined) -> None:
        sitting.act(incidents.part, done)

    sitting.tell(sitting.say("Joined: one incident, one order."), undo=undo)
    sitting.go(f"/incidents/{joined.into_id}")


def _dismiss(sitting: Sitting, page: IncidentPage, twin: Twin) -> None:
    pairs = [(line.report.id, twin.incident.id) for line in page.reports]
    score = round(twin.probability, 4)
    if sitting.act(incidents.decide, pairs, Verdict.OTHER, score=score):
        sitting.tell(
            sitting.say("Told apart: nobody is asked again."),
            undo=lambda: sitting.act(incidents.decide, pairs, Verdict.UNDECIDED),
        )

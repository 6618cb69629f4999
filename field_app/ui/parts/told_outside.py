"""What was told outside the town of an incident: to which report, when, and what did not leave."""

from datetime import datetime
from typing import Any

import flet as ft

from field_app.ui.guard import component
from field_app.ui.parts import bulletins, cards, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, GOOD, WARN
from field_app.ui.words import noted

BULLETIN = "told"
SHOWN_MAX = 12
KINDS = {
    "received": noted("Report received"),
    "under_review": noted("Being looked into"),
    "planned": noted("Work planned"),
    "in_progress": noted("Work begun"),
    "on_hold": noted("Work paused"),
    "resolved": noted("Work done"),
    "answered": noted("A word more"),
    "reopened": noted("Looked at again"),
    "not_retained": noted("Not retained"),
    "merged": noted("Joined to another"),
    "moved": noted("Followed apart"),
    "confirm": noted("Is this your address?"),
    "opened": noted("Incident opened"),
}
STATES: dict[str, tuple[str, ft.IconData, str]] = {
    "sent": (noted("sent {at}"), ft.Icons.MARK_EMAIL_READ, GOOD),
    "waiting": (noted("leaves {at}"), ft.Icons.SCHEDULE_SEND, WARN),
    "failed": (noted("failed {at}"), ft.Icons.ERROR, BAD),
    "unsent": (noted("not sent"), ft.Icons.UNSUBSCRIBE, WARN),
    "dropped": (noted("not sent"), ft.Icons.UNSUBSCRIBE, WARN),
}


def told_outside(sitting: Sitting, incident_id: str | None) -> list[ft.Control]:
    """The section, for those at the office who may read it; crews see place and problem."""
    if not incident_id or not bulletins.allowed(sitting, BULLETIN):
        return []
    if not sitting.signed.in_office:
        return []
    return [ToldOutside(incident_id, key=f"told-{incident_id}")]


@component
def ToldOutside(incident_id: str) -> Any:
    sitting = use_sitting()
    told = bulletins.use_bulletin(BULLETIN, {"incident": incident_id})
    heading = sitting.say("Told outside the town")
    if told.body is None:
        return cards.section(heading, [bulletins.nothing_yet(sitting, told)])
    lines = told.body["lines"]
    parts: list[ft.Control] = [*bulletins.trouble(sitting, told)]
    parts += [_line(sitting, line) for line in lines[:SHOWN_MAX]]
    if not lines:
        parts.append(text.small(sitting.say("Nobody: no reporter left an address of mail.")))
    if len(lines) > SHOWN_MAX:
        parts.append(text.small(sitting.say("… and {count} more", count=len(lines) - SHOWN_MAX)))
    return cards.section(heading, parts)


def _line(sitting: Sitting, line: dict[str, Any]) -> ft.Control:
    state, icon, colour = STATES[line["state"]]
    words = sitting.words
    at = sitting.when(datetime.fromisoformat(line["at"]))
    what = KINDS.get(line["kind"], line["kind"])
    foot = [line["to"], sitting.say(state, at=at)]
    inside: list[ft.Control] = [text.body(sitting.say(what)), text.small(" · ".join(foot))]
    if line["why"]:
        inside.append(text.small(line["why"][words.language], colour=colour))
    column = ft.Column(inside, spacing=2, tight=True, expand=True)
    return ft.Row([ft.Icon(icon, color=colour, size=22), column], spacing=12)

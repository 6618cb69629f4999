"""How an incident's status, its promise and what the rules gave it are said and look."""

import flet as ft

from asset_model.incident_vocabulary import IncidentStatus as I
from asset_model.incident_vocabulary import ReportSource
from field_app.reads.incidents import Promise
from field_app.ui import times
from field_app.ui.parts import text
from field_app.ui.parts.status import Sign
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD, INK, SOFT, WARN
from field_app.ui.words import noted

STATUSES: dict[str, Sign] = {
    I.RECEIVED: Sign(ft.Icons.INBOX, ACTION, noted("received, nobody has looked yet")),
    I.UNDER_REVIEW: Sign(ft.Icons.MANAGE_SEARCH, ACTION, noted("under review")),
    I.PLANNED: Sign(ft.Icons.EVENT, ACTION, noted("order planned")),
    I.IN_PROGRESS: Sign(ft.Icons.PLAY_CIRCLE, WARN, noted("a crew is at it")),
    I.RESOLVED: Sign(ft.Icons.CHECK_CIRCLE, GOOD, noted("resolved")),
    I.REOPENED: Sign(ft.Icons.REPLAY, BAD, noted("not fixed, reopened")),
    I.NOT_RETAINED: Sign(ft.Icons.BLOCK, SOFT, noted("not retained")),
    I.MERGED: Sign(ft.Icons.MERGE, SOFT, noted("joined to another one")),
}
SOURCES: dict[str, str] = {
    ReportSource.WEB: noted("web page"),
    ReportSource.PHONE: noted("telephone"),
    ReportSource.OPEN311: noted("another app"),
    ReportSource.IMPORT: noted("another system"),
}
OUTPUTS: dict[str, str] = {
    "crew": noted("Crew"),
    "priority": noted("Priority"),
    "acknowledge_within": noted("Answer within"),
    "fix_within": noted("Fix within"),
    "calendar": noted("Working hours of"),
}
"""What a rule may give, in the order in which it is read."""
COLUMN_OF = {
    "crew": "crew_id",
    "priority": "priority",
    "acknowledge_within": "acknowledge_by",
    "fix_within": "fix_by",
}


def sign_of(status: str) -> Sign:
    return STATUSES.get(status, Sign(ft.Icons.HELP, SOFT, status))


def promise_words(sitting: Sitting, promise: Promise) -> tuple[str, ft.IconData, str]:
    """How long is left, or by how much it is late; its icon and its colour."""
    say, workplace = sitting.say, sitting.workplace
    if promise.standing == "suspended":
        return say("promise suspended"), ft.Icons.PAUSE_CIRCLE, WARN
    if promise.due_at is None:
        return "", ft.Icons.SCHEDULE, SOFT
    due = times.due(promise.due_at, now=workplace.clock(), zone=workplace.zone, words=sitting.words)
    said = say("answer {due}", due=due) if promise.to_answer else say("fix {due}", due=due)
    if promise.standing == "late":
        return said, ft.Icons.ALARM, BAD
    if promise.standing == "soon":
        return say("{said}, soon late", said=said), ft.Icons.TIMELAPSE, WARN
    return said, ft.Icons.SCHEDULE, INK


def promise_chip(sitting: Sitting, promise: Promise) -> ft.Control:
    said, icon, colour = promise_words(sitting, promise)
    if not said:
        return text.small("")
    return ft.Row(
        [ft.Icon(icon, size=20, color=colour), text.small(said, colour=colour)],
        spacing=6,
        tight=True,
    )


def percent(sitting: Sitting, probability: float) -> str:
    return sitting.say("{count}% alike", count=round(100 * probability))

"""The reports in an incident: what each says and why it is here, taken out or put elsewhere."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import flet as ft

from asset_model.bulletins import may_decide
from asset_model.incident_vocabulary import OPEN_INCIDENTS, Verdict
from asset_model.roles import may_edit
from field_app.actions import incidents
from field_app.actions.incidents import Joined
from field_app.reads.incident_page import IncidentPage, ReportLine
from field_app.reads.incidents import incident_numbered
from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.bulletins import decided
from field_app.ui.parts.incident_words import SOURCES, percent
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

CONTACT = "report-contact"
OPINIONS: dict[int, str] = {
    1: noted("Satisfaction with the work: none"),
    2: noted("Satisfaction with the work: low"),
    3: noted("Satisfaction with the work: fair"),
    4: noted("Satisfaction with the work: good"),
    5: noted("Satisfaction with the work: very good"),
}


@ft.observable
@dataclass
class Draft:
    """`moving`: the report that is to be put into the incident of `number`."""

    moving: str = ""
    number: str = ""
    contacts: dict[str, str] = field(default_factory=dict, metadata=FLEETING)
    """Whom one asked to see, while one is at the page: no disk keeps who reported."""

    def move(self, report_id: str) -> None:
        self.moving, self.number = report_id, ""


@component
def IncidentReports(page: IncidentPage) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name=f"reports-{page.incident.id}")
    say = sitting.say
    rows = [_row(sitting, page, line, draft) for line in page.reports]
    if not rows:
        rows = [text.body(_none(sitting, page))]
    return cards.section(say("Reports · {count}", count=page.incident.reports_count), rows)


def _none(sitting: Sitting, page: IncidentPage) -> str:
    if page.incident.reports_count:
        return sitting.say("What citizens wrote is read at the office.")
    return sitting.say("No report is in it.")


def _row(sitting: Sitting, page: IncidentPage, line: ReportLine, draft: Draft) -> ft.Control:
    report, say = line.report, sitting.say
    told = [
        report.number or say("number to come"),
        say(SOURCES.get(report.source, report.source)),
        sitting.when(report.reported_at),
        say("taken by {person}", person=line.agent) if line.agent else "",
        say("follows only") if report.follows else "",
        say("in English") if report.language == "en" else "",
    ]
    lines: list[ft.Control] = [text.small(" · ".join(part for part in told if part))]
    if report.description:
        lines.append(text.body(report.description))
    if report.rating is not None:
        lines.append(text.strong(say(OPINIONS[report.rating])))
    lines += _why_here(sitting, line)
    if report.id in draft.contacts:
        lines.append(text.strong(draft.contacts[report.id]))
    if draft.moving == report.id:
        lines += _moving(sitting, page, line, draft)
    else:
        lines += _acts(sitting, page, line, draft)
    return ft.Column(lines, spacing=4, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _why_here(sitting: Sitting, line: ReportLine) -> list[ft.Control]:
    """Who put it here, or what the machine went by."""
    report, say = line.report, sitting.say
    if line.attached_by:
        return [
            text.small(say("Put here by {person}: no machine moves it.", person=line.attached_by))
        ]
    if report.attach_score is None:
        return []
    language = sitting.language
    reasons = " · ".join(each.get(language, "") for each in report.attach_reasons)
    sure = percent(sitting, report.attach_score)
    return [text.small(say("Joined by itself, {sure}: {reasons}", sure=sure, reasons=reasons))]


def _acts(sitting: Sitting, page: IncidentPage, line: ReportLine, draft: Draft) -> list[ft.Control]:
    say, report = sitting.say, line.report
    row: list[ft.Control] = []
    if may_decide(sitting.signed.role, CONTACT) and report.id not in draft.contacts:
        row.append(
            buttons.plain_button(
                say("Who reported"),
                icon=ft.Icons.CONTACT_PHONE,
                press=partial(_ask_contact, sitting, draft, report.id, report.number or ""),
                key=f"contact-{report.id}",
            )
        )
    if page.incident.status in OPEN_INCIDENTS and may_edit(
        sitting.signed.role, "report", "incident_id"
    ):
        if len(page.reports) > 1:
            row.append(
                buttons.plain_button(
                    say("Take it out"),
                    icon=ft.Icons.CALL_SPLIT,
                    press=partial(_split, sitting, page, report.id),
                    key=f"split-{report.id}",
                )
            )
        row.append(
            buttons.plain_button(
                say("Put it into…"),
                icon=ft.Icons.MOVE_DOWN,
                press=partial(draft.move, report.id),
                key=f"move-{report.id}",
            )
        )
    return [ft.Row(row, wrap=True, spacing=10, run_spacing=10)] if row else []


def _ask_contact(sitting: Sitting, draft: Draft, report_id: str, number: str) -> None:
    """Only the server knows, and it writes down that somebody looked."""

    async def ask() -> None:
        told, why = await decided(sitting, CONTACT, {"report": number})
        if told is None:
            sitting.tell(why, bad=True)
            return
        said = " · ".join(value for value in told["contact"].values() if value)
        said = said or sitting.say("Nobody is known.")
        draft.contacts = {**draft.contacts, report_id: said}

    ft.context.page.run_task(ask)


def _split(sitting: Sitting, page: IncidentPage, report_id: str) -> None:
    origin = page.incident.id
    made = sitting.make(incidents.split, report_id)
    if made is None:
        return

    def undo(id: str = made.id) -> None:
        sitting.act(incidents.merge, id, origin, verdict=Verdict.UNDECIDED)

    sitting.tell(sitting.say("Taken out: it is an incident of its own."), undo=undo)


def _moving(
    sitting: Sitting, page: IncidentPage, line: ReportLine, draft: Draft
) -> list[ft.Control]:
    say = sitting.say
    field = fields.text_field(
        say("Number of the incident: INC-2026-000012"),
        draft.number,
        partial(setattr, draft, "number"),
        key="move-number",
        submit=lambda said: _move(sitting, page, line, draft, said),
        autofocus=True,
    )
    row: list[ft.Control] = [
        buttons.plain_button(say("Back"), press=partial(draft.move, ""), key="move-back"),
        buttons.main_button(
            say("Put it there"),
            icon=ft.Icons.MOVE_DOWN,
            press=lambda: _move(sitting, page, line, draft, draft.number),
            disabled=not draft.number.strip(),
            key="move-save",
        ),
    ]
    return [field, ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12)]


def _move(
    sitting: Sitting, page: IncidentPage, line: ReportLine, draft: Draft, number: str
) -> None:
    """Where it is the only one, the whole incident is joined to the other one."""
    origin, report_id = page.incident.id, line.report.id
    target = sitting.read(incident_numbered, number)
    if target is None or target.id == origin:
        sitting.tell(sitting.say("No incident that is open has this number."), bad=True)
        return
    undo: Any
    if len(page.reports) > 1:
        if not sitting.act(incidents.attach, report_id, target.id):
            return
        undo = partial(sitting.act, incidents.attach, report_id, origin)
    else:
        joined = sitting.make(incidents.merge, origin, target.id)
        if joined is None:
            return
        undo = partial(_part, sitting, joined)
    draft.move("")
    sitting.tell(sitting.say("It is in {number} now.", number=target.number or ""), undo=undo)


def _part(sitting: Sitting, joined: Joined) -> None:
    sitting.act(incidents.part, joined)

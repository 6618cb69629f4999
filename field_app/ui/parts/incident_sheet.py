"""One incident: what and where, what was promised, its order, the reports in it, its history."""

from typing import Any

import flet as ft

from field_app.reads.incident_page import IncidentPage, incident_page
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.map.strip import MapStrip
from field_app.ui.parts import buttons, cards, panes, status, text
from field_app.ui.parts.form import scrolled
from field_app.ui.parts.incident_acts import IncidentActs
from field_app.ui.parts.incident_history import incident_history
from field_app.ui.parts.incident_measure import IncidentMeasure, may_be_measured
from field_app.ui.parts.incident_promise import IncidentPromise
from field_app.ui.parts.incident_reports import IncidentReports
from field_app.ui.parts.incident_route import IncidentRoute
from field_app.ui.parts.incident_twins import IncidentTwins
from field_app.ui.parts.incident_words import sign_of
from field_app.ui.parts.report_photos import ReportPhotos
from field_app.ui.parts.told_outside import told_outside
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, WARN


@component
def IncidentSheet(incident_id: str) -> Any:
    sitting = use_sitting()
    page = sitting.read(incident_page, incident_id, now=sitting.workplace.clock())
    if page is None:
        sentence = sitting.say("This incident is not on this tablet.")
        return cards.empty(sentence, icon=ft.Icons.FOLDER_OFF)
    parts = [
        *_back(sitting),
        _head(sitting, page),
        *_beside(sitting, page),
        *_map(page),
        IncidentPromise(page, key=f"promise-{incident_id}"),
        *_measure(sitting, page),
        IncidentTwins(page, key=f"twins-{incident_id}"),
        IncidentReports(page, key=f"reports-{incident_id}"),
        *_photos(sitting, page),
        IncidentRoute(page, key=f"route-{incident_id}"),
        *told_outside(sitting, incident_id),
        incident_history(sitting, page),
    ]
    return ft.Column(
        [
            scrolled(parts, key=f"incident-page-{incident_id}"),
            IncidentActs(page, key=f"acts-{incident_id}"),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _measure(sitting: Sitting, page: IncidentPage) -> list[ft.Control]:
    if not may_be_measured(sitting, page):
        return []
    return [IncidentMeasure(page, key=f"measure-{page.incident.id}")]


def _back(sitting: Sitting) -> list[ft.Control]:
    if sitting.wide:
        return []
    button = panes.back_to_list(sitting, "/incidents")
    return [ft.Row([button])]


def _head(sitting: Sitting, page: IncidentPage) -> ft.Control:
    incident, say = page.incident, sitting.say
    what = sitting.words.either(page.service.name_fr, page.service.name_en)
    foot = [
        incident.number or say("number to come"),
        say(status.PRIORITIES.get(incident.priority, "")),
        page.district or "",
        say("since {at}", at=sitting.when(incident.opened_at)),
    ]
    parts: list[ft.Control] = [
        text.title(incident.place or say("No place given")),
        text.strong(what, size_px=tokens.LEAD_PX),
        status.chip(sign_of(incident.status), sitting.words),
        text.small(" · ".join(part for part in foot if part)),
    ]
    if incident.description:
        parts.append(text.body(incident.description))
    answer = sitting.words.either(incident.answer_fr or "", incident.answer_en or "")
    if answer:
        parts.append(text.body(say("What citizens are told: “{words}”", words=answer)))
    return cards.card(parts, gap_px=8)


def _beside(sitting: Sitting, page: IncidentPage) -> list[ft.Control]:
    """That it came back, was joined to another one, or is said not to be fixed."""
    say = sitting.say
    told: list[ft.Control] = []
    if page.into is not None:
        told.append(
            _link(sitting, say("Joined to {number}", number=page.into.number or ""), page.into.id,
                  ft.Icons.MERGE, WARN, "into")
        )  # fmt: skip
    if page.return_of is not None:
        number = page.return_of.number or ""
        told.append(
            _link(sitting, say("This has come back: it was {number} before.", number=number),
                  page.return_of.id, ft.Icons.HISTORY, BAD, "return-of")
        )  # fmt: skip
    told += [
        _link(sitting, say("It came back since, as {number}.", number=each.number or ""),
              each.id, ft.Icons.UPDATE, BAD, f"return-{place}")
        for place, each in enumerate(page.returns)
    ]  # fmt: skip
    if page.incident.reopened_at is not None and page.incident.status == "reopened":
        when = sitting.when(page.incident.reopened_at)
        sentence = say("Somebody says that it is not fixed, {at}.", at=when)
        told.append(cards.banner(sentence, icon=ft.Icons.REPLAY, colour=BAD, name="not-fixed"))
    return told


def _link(
    sitting: Sitting, sentence: str, incident_id: str, icon: ft.IconData, colour: str, key: str
) -> ft.Control:
    button = buttons.plain_button(
        sitting.say("See it"),
        press=lambda: sitting.go(f"/incidents/{incident_id}"),
        key=f"see-{key}",
    )
    return cards.banner(sentence, icon=icon, colour=colour, name=key, action=button)


def _map(page: IncidentPage) -> list[ft.Control]:
    incident = page.incident
    if incident.longitude is None or incident.latitude is None:
        return []
    reported = [
        (line.report.longitude, line.report.latitude)
        for line in page.reports
        if line.report.longitude is not None and line.report.latitude is not None
    ]
    here = (incident.longitude, incident.latitude)
    return [MapStrip(here, reported, key=f"strip-{here}")]


def _photos(sitting: Sitting, page: IncidentPage) -> list[ft.Control]:
    folder = sitting.workplace.photos
    if folder is None or not page.photos:
        return []
    return [ReportPhotos(page.photos, folder, key=f"report-photos-{page.incident.id}")]

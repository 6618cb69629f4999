"""One unit: whether it may go and why, what is wrong with it, who signed what."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.bulletins import may_read
from asset_model.roles import may_insert
from field_app.reads.unit_page import CheckLine, UnitPage, unit_page
from field_app.ui.guard import component
from field_app.ui.keeping import has_draft
from field_app.ui.parts import buttons, cards, panes, standing, text
from field_app.ui.parts.check_draft import name_of
from field_app.ui.parts.form import scrolled
from field_app.ui.parts.papers import paper_button
from field_app.ui.parts.unit_cognizance import Cognizance, to_countersign
from field_app.ui.parts.unit_coupling import coupling
from field_app.ui.parts.unit_defects import Defects
from field_app.ui.parts.unit_exception import Excepting
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import LINE, SURFACE
from field_app.ui.words import noted


@component
def UnitScreen(unit_id: str) -> Any:
    sitting = use_sitting()
    now = sitting.workplace.clock()
    page = sitting.read(unit_page, unit_id, sitting.driver_id, now)
    if page is None:
        sentence = sitting.say("This unit is not among those of this tablet.")
        return cards.empty(sentence, icon=ft.Icons.FOLDER_OFF, action=_to_list(sitting))
    parts = [
        *([] if sitting.wide else [ft.Row([_to_list(sitting)])]),
        _head(sitting, page),
        *_cognizance(sitting, page),
        *coupling(sitting, page),
        Defects(page, key=f"defects-{unit_id}"),
        *_excepting(sitting, page),
        _checks(sitting, page),
    ]
    return ft.Column(
        [scrolled(parts, key=f"unit-page-{unit_id}"), _bar(sitting, page)],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _to_list(sitting: Sitting) -> ft.Control:
    return panes.back_to_list(sitting, "/units")


def _head(sitting: Sitting, page: UnitPage) -> ft.Control:
    line, found = page.line, page.line.readiness
    said = line.asset.attributes or {}
    plate = sitting.say("Plate {plate}", plate=said["plate"]) if said.get("plate") else ""
    short = standing.in_short(sitting, found, by_law=page.line.by_law) if not found.reasons else ""
    parts: list[ft.Control] = [
        text.title(line.asset.name),
        ft.Row(
            [standing.chip(standing.sign_of(found), sitting, large=True), text.small(plate)],
            spacing=20,
            wrap=True,
            run_spacing=6,
        ),
        *([text.body(short)] if short else []),
        *_exception(sitting, page),
        *standing.banners(sitting, found),
    ]
    return cards.card(parts, gap_px=10)


def _exception(sitting: Sitting, page: UnitPage) -> list[ft.Control]:
    return [
        text.body(
            sitting.say(
                "Exception until {until}, signed by {person}: “{word}”",
                until=sitting.when(each.until),
                person=each.signed_name,
                word=each.word,
            )
        )
        for each in page.exceptions
    ]


def _cognizance(sitting: Sitting, page: UnitPage) -> list[ft.Control]:
    if not to_countersign(page) or page.last is None:
        return []
    return [Cognizance(page.last, key=f"cognizance-{page.last.inspection.id}")]


def _excepting(sitting: Sitting, page: UnitPage) -> list[ft.Control]:
    allowed = may_insert(sitting.signed.role, "service_exception")
    if not (allowed and page.line.readiness.blocking):
        return []
    return [Excepting(page, key=f"excepting-{page.line.unit.id}")]


def _checks(sitting: Sitting, page: UnitPage) -> ft.Control:
    rows: list[ft.Control] = [_check(sitting, each) for each in page.checks]
    if not rows:
        rows = [text.small(sitting.say("No circle check here yet."))]
    return cards.section(sitting.say("Last circle checks"), rows)


def _check(sitting: Sitting, line: CheckLine) -> ft.Control:
    report, count = line.inspection, len(line.defects)
    found = (
        sitting.words.several("{count} defect", "{count} defects", count)
        if count
        else sitting.say("no defect")
    )
    sentence = sitting.say(
        "{at} · {person} · {found}",
        at=sitting.when(report.ended_at),
        person=report.signed_name,
        found=found,
    )
    kept = sitting.say("Kept for ever")
    if line.kept_until is not None:
        kept = sitting.say("Kept until {day}", day=line.kept_until.isoformat())
    return ft.Column([text.body(sentence), text.small(kept)], spacing=2)


def _bar(sitting: Sitting, page: UnitPage) -> ft.Control:
    """The check is the main action; the inspector's view stands beside it."""
    unit_id = page.line.unit.id
    row: list[ft.Control] = [
        buttons.plain_button(
            sitting.say("For the road inspector"),
            icon=ft.Icons.LOCAL_POLICE,
            press=partial(sitting.go, f"/units/{unit_id}/inspector"),
            key="to-inspector",
        )
    ]
    if may_read(sitting.signed.role, "figures"):
        row.append(
            paper_button(
                sitting,
                sitting.say("File as PDF"),
                f"/papers/units/{page.line.unit.tag}.pdf",
                {"language": sitting.language},
                key="to-file",
            )
        )
    if may_insert(sitting.signed.role, "inspection"):
        begun = has_draft(sitting, name_of(unit_id))
        word = noted("Resume the circle check") if begun else noted("Circle check")
        row.append(
            buttons.main_button(
                sitting.say(word),
                icon=ft.Icons.FACT_CHECK,
                press=partial(sitting.go, f"/units/{unit_id}/check"),
                key=f"to-check-{page.line.unit.tag}",
            )
        )
    return ft.Container(
        ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12, wrap=True),
        bgcolor=SURFACE,
        border=ft.Border.only(top=ft.BorderSide(1, LINE)),
        padding=ft.Padding.symmetric(horizontal=16, vertical=10),
    )

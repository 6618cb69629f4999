"""What is wrong with a unit; telling of one more on the way; certifying that one is repaired."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import flet as ft

from asset_model.fleet_rules import repair_order_id
from asset_model.fleet_vocabulary import Certified, Severity
from asset_model.roles import may_insert
from field_app.actions.circle_checks import Found, report_defect
from field_app.actions.fleet_signatures import certify
from field_app.reads.unit_page import DefectLine, UnitPage
from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, use_draft
from field_app.ui.parts import buttons, cards, fields, standing, text
from field_app.ui.parts.photos import Photos
from field_app.ui.parts.signing import signing
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import edge_px
from field_app.ui.words import noted

RESULTS = (
    (Certified.REPAIRED, noted("Repaired")),
    (Certified.NO_REPAIR_NEEDED, noted("No repair needed")),
)


@ft.observable
@dataclass
class Draft:
    """The one panel that is open: a defect to certify, or a new one to tell of."""

    certifying: str = ""
    result: str = Certified.REPAIRED
    word: str = ""
    pin: str = field(default="", metadata=FLEETING)
    pictured: str = ""
    telling: bool = False
    severity: str = ""
    what: str = ""

    def close(self) -> None:
        self.certifying = self.pictured = self.word = self.pin = self.severity = self.what = ""
        self.telling = False


@component
def Defects(page: UnitPage) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name=f"defects-{page.line.unit.id}")
    rows = [_defect(sitting, line, draft) for line in page.defects]
    if not rows:
        rows = [text.body(sitting.say("No open defect."))]
    if draft.telling:
        rows.append(_telling(sitting, page, draft))
    elif may_insert(sitting.signed.role, "defect"):
        rows.append(
            ft.Row(
                [
                    buttons.plain_button(
                        sitting.say("Report a defect met on the way"),
                        icon=ft.Icons.ADD_ALERT,
                        press=partial(setattr, draft, "telling", True),
                        key="tell-defect",
                    )
                ]
            )
        )
    return cards.section(sitting.say("Open defects"), rows)


def _defect(sitting: Sitting, line: DefectLine, draft: Draft) -> ft.Control:
    defect, words = line.defect, sitting.words
    sign = standing.SEVERITIES[defect.severity]
    parts: list[ft.Control] = [
        standing.chip(sign, sitting),
        text.strong(words.either(defect.label_fr, defect.label_en)),
        *([text.body(defect.note)] if defect.note else []),
        text.small(_foot(sitting, line)),
    ]
    if draft.certifying == defect.id:
        parts.append(_certifying(sitting, line, draft))
    else:
        parts += _doing(sitting, line, draft)
    inside = ft.Column(parts, spacing=6, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    named = f"defect-{defect.defect_code or defect.item_code or defect.severity}"
    return ft.Semantics(
        content=ft.Container(
            inside,
            padding=12,
            border=ft.Border.all(edge_px(), sign.colour),
            border_radius=tokens.RADIUS_PX,
        ),
        identifier=named,
        container=True,
    )


def _foot(sitting: Sitting, line: DefectLine) -> str:
    defect, say = line.defect, sitting.say
    found = say("Found by {person}, {at}", person=line.found_by, at=sitting.when(defect.found_at))
    due = ""
    if defect.due_at is not None:
        now, zone = sitting.workplace.clock(), sitting.workplace.zone
        due = say(
            "to repair {due}",
            due=times.due(defect.due_at, now=now, zone=zone, words=sitting.words),
        )
    order = ""
    if line.order is not None:
        order = say("order {number}", number=line.order.number or "–")
    return " · ".join(part for part in (found, due, order) if part)


def _doing(sitting: Sitting, line: DefectLine, draft: Draft) -> list[ft.Control]:
    """Looking at its pictures and adding some; certifying, for those who may."""
    defect, folder = line.defect, sitting.workplace.photos
    named = defect.defect_code or defect.severity
    row: list[ft.Control] = []
    if folder is not None and draft.pictured != defect.id:
        row.append(
            buttons.plain_button(
                sitting.say("Photos"),
                icon=ft.Icons.PHOTO_CAMERA,
                press=partial(_open, draft, "pictured", defect.id),
                key=f"photos-{named}",
            )
        )
    if may_insert(sitting.signed.role, "repair_certificate"):
        row.append(
            buttons.plain_button(
                sitting.say("Certify the repair"),
                icon=ft.Icons.VERIFIED,
                press=partial(_open, draft, "certifying", defect.id),
                key=f"certify-{named}",
            )
        )
    pictures: list[ft.Control] = []
    if folder is not None and draft.pictured == defect.id:
        order_id = repair_order_id(defect.id)
        pictures = [Photos(order_id, folder, defect_id=defect.id, key=f"pictures-{defect.id}")]
    return [*([ft.Row(row, spacing=12, wrap=True)] if row else []), *pictures]


def _open(draft: Draft, panel: str, defect_id: str) -> None:
    draft.close()
    setattr(draft, panel, defect_id)


def _certifying(sitting: Sitting, line: DefectLine, draft: Draft) -> ft.Control:
    def sign() -> None:
        word = draft.word.strip() or None
        if sitting.act(certify, line.defect.id, result=draft.result, word=word):
            sitting.tell(sitting.say("Certified. Saved on this tablet."))
            draft.close()

    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=draft.result == code,
            press=partial(setattr, draft, "result", code),
            key=f"certified-{code}",
        )
        for code, word in RESULTS
    ]
    return ft.Column(
        [
            ft.Row(row, wrap=True, spacing=10, run_spacing=10),
            fields.text_field(
                sitting.say("What was done"),
                draft.word,
                partial(setattr, draft, "word"),
                key="certificate-word",
            ),
            signing(
                sitting,
                sitting.say("I certify that this unit may return to service for this defect."),
                draft,
                word=sitting.say("Sign"),
                icon=ft.Icons.DRAW,
                sign=sign,
                key="certificate",
                ready=bool(draft.word.strip()),
                beside=(_closing(sitting, draft),),
            ),
        ],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _telling(sitting: Sitting, page: UnitPage, draft: Draft) -> ft.Control:
    def save() -> None:
        found = Found(draft.severity, label_fr=draft.what)
        if sitting.make(report_defect, page.line.unit.id, found) is not None:
            sitting.tell(sitting.say("Told. Saved on this tablet."))
            draft.close()

    row = [
        buttons.choice_button(
            sitting.say(standing.SEVERITIES[code].word),
            chosen=draft.severity == code,
            press=partial(setattr, draft, "severity", code),
            key=f"severity-{code}",
            colour=standing.SEVERITIES[code].colour,
        )
        for code in Severity
    ]
    button = buttons.main_button(
        sitting.say("Save"),
        icon=ft.Icons.SAVE,
        press=save,
        disabled=not (draft.severity and draft.what.strip()),
        key="save-defect",
    )
    return ft.Column(
        [
            ft.Row(row, wrap=True, spacing=10, run_spacing=10),
            fields.text_field(
                sitting.say("What is wrong"),
                draft.what,
                partial(setattr, draft, "what"),
                key="wrong",
            ),
            ft.Row([_closing(sitting, draft), button], alignment=ft.MainAxisAlignment.END),
        ],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _closing(sitting: Sitting, draft: Draft) -> ft.Control:
    return buttons.plain_button(sitting.say("Back"), press=draft.close, key="panel-back")

"""What is done of an incident: its order, what citizens are told, that it is not fixed."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import flet as ft

from asset_model.incident_moves import BY_HAND
from asset_model.incident_vocabulary import OPEN_INCIDENTS, IncidentStatus
from asset_model.roles import may_edit, may_insert
from asset_model.vocabulary import WorkOrderStatus as S
from field_app.actions import incident_orders, incidents, work_orders
from field_app.reads.incident_page import IncidentPage
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, emptied, use_draft
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.incident_template import (
    TEMPLATE,
    likely_buttons,
    may_take_template,
    template_button,
    template_form,
)
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import LINE, SURFACE
from field_app.ui.words import noted

LOOKED, SETTLED, REFUSED = (
    IncidentStatus.UNDER_REVIEW,
    IncidentStatus.RESOLVED,
    IncidentStatus.NOT_RETAINED,
)
HEADINGS = {
    SETTLED: noted("Resolved: what are citizens told?"),
    REFUSED: noted("Not retained: what are citizens told?"),
    IncidentStatus.REOPENED: noted("Not fixed: what was said?"),
}


@ft.observable
@dataclass
class Draft:
    """`asking`: where the incident is to be moved, with words; `of`: for which move they are."""

    asking: str = ""
    of: str = ""
    words_fr: str = ""
    words_en: str = ""
    busy: bool = field(default=False, metadata=FLEETING)
    """A second press must not make a second order."""

    def ask(self, wanted: str) -> None:
        """Who went back finds their words again, under the same heading only."""
        if self.of != wanted:
            self.of, self.words_fr, self.words_en = wanted, "", ""
        self.asking = wanted

    def close(self) -> None:
        self.asking = ""


@component
def IncidentActs(page: IncidentPage) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name=f"incident-{page.incident.id}")
    inside = _form(sitting, page, draft) if draft.asking else _buttons(sitting, page, draft)
    if inside is None:
        return ft.Container(height=0)
    return ft.Container(
        inside,
        bgcolor=SURFACE,
        border=ft.Border.only(top=ft.BorderSide(1, LINE)),
        padding=ft.Padding.symmetric(horizontal=16, vertical=10),
    )


def _buttons(sitting: Sitting, page: IncidentPage, draft: Draft) -> ft.Control | None:
    row = [*_quiet(sitting, page, draft), *_order(sitting, page, draft)]
    if not row:
        return None
    return ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12, run_spacing=10, wrap=True)


def _quiet(sitting: Sitting, page: IncidentPage, draft: Draft) -> list[ft.Control]:
    say, status = sitting.say, IncidentStatus(page.incident.status)
    allowed = BY_HAND[status] if may_edit(sitting.signed.role, "incident", "status") else ()
    row: list[ft.Control] = []
    if LOOKED in allowed and status == IncidentStatus.RECEIVED:
        row.append(
            buttons.plain_button(
                say("I look into it"),
                icon=ft.Icons.MANAGE_SEARCH,
                press=partial(_look, sitting, page),
                key="acknowledge",
            )
        )
    for wanted, word, icon in (
        (REFUSED, say("Not retained…"), ft.Icons.BLOCK),
        (SETTLED, say("Resolved…"), ft.Icons.CHECK_CIRCLE),
        (IncidentStatus.REOPENED, say("Not fixed…"), ft.Icons.REPLAY),
    ):
        if wanted in allowed:
            ask = partial(draft.ask, wanted)
            row.append(buttons.plain_button(word, icon=icon, press=ask, key=f"to-{wanted}"))
    return row


def _look(sitting: Sitting, page: IncidentPage) -> None:
    if sitting.act(incidents.answer, page.incident.id, LOOKED):
        sitting.tell(sitting.say("Under review: whoever reported may see it."))


def _order(sitting: Sitting, page: IncidentPage, draft: Draft) -> list[ft.Control]:
    say, order = sitting.say, page.order
    if order is not None and page.has_open_order:
        return [
            buttons.main_button(
                say("The order {number}", number=order.number or order.alias or ""),
                icon=ft.Icons.ASSIGNMENT,
                press=lambda: sitting.go(f"/orders/{order.id}"),
                key="incident-order",
            )
        ]
    if page.incident.status not in OPEN_INCIDENTS or not may_order(sitting):
        return []
    choose = likely_buttons(sitting, page, most=1)
    if may_take_template(sitting):
        choose = [template_button(sitting, draft.ask, beside=bool(choose)), *choose]
    return [
        *choose,
        buttons.main_button(
            say("Make the order"),
            icon=ft.Icons.ADD_TASK,
            press=partial(_make, sitting, page, draft),
            disabled=draft.busy,
            key="make-order",
        ),
    ]


def may_order(sitting: Sitting) -> bool:
    role = sitting.signed.role
    return may_edit(role, "incident", "status") and may_insert(role, "work_order")


def _make(sitting: Sitting, page: IncidentPage, draft: Draft) -> None:
    if draft.busy:
        return
    draft.busy = True
    make_plain(sitting, page)
    draft.busy = False


def make_plain(sitting: Sitting, page: IncidentPage) -> None:
    """The order as the incident itself says it, to its crew if it has one."""
    made = sitting.make(
        incident_orders.make_order,
        page.incident.id,
        title=sitting.words.either(page.service.name_fr, page.service.name_en),
        device_code=sitting.workplace.link.device_code,
    )
    if made is None:
        return
    undo: Any = None
    if may_edit(sitting.signed.role, "work_order", "crew_id"):
        reason = sitting.say("Undone at once")
        undo = partial(sitting.act, work_orders.move, made.id, S.CANCELLED, reason=reason)
    word = sitting.say("Order made and dispatched to {crew}.", crew=page.crew or "")
    if made.status != S.DISPATCHED:
        word = sitting.say("Order made; it is to be dispatched.")
    sitting.tell(word, undo=undo)


def _form(sitting: Sitting, page: IncidentPage, draft: Draft) -> ft.Control:
    if draft.asking == TEMPLATE:
        return template_form(sitting, page, draft.close)
    say = sitting.say
    parts: list[ft.Control] = [
        text.strong(say(HEADINGS[IncidentStatus(draft.asking)]), size_px=tokens.LEAD_PX),
        fields.text_field(
            say("In French"), draft.words_fr, partial(setattr, draft, "words_fr"), key="words-fr",
            autofocus=True,
        ),
        fields.text_field(
            say("In English"), draft.words_en, partial(setattr, draft, "words_en"), key="words-en"
        ),
        ft.Row(
            [
                buttons.plain_button(say("Back"), press=draft.close, key="answer-back"),
                buttons.main_button(
                    say("Save"),
                    icon=ft.Icons.CHECK,
                    press=partial(_save, sitting, page, draft),
                    disabled=not (draft.words_fr.strip() or draft.words_en.strip()),
                    key="answer-save",
                ),
            ],
            alignment=ft.MainAxisAlignment.END,
            spacing=12,
        ),
    ]  # fmt: skip
    return ft.Column(
        parts, spacing=12, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def _save(sitting: Sitting, page: IncidentPage, draft: Draft) -> None:
    id, wanted = page.incident.id, IncidentStatus(draft.asking)
    if wanted == IncidentStatus.REOPENED:
        done = sitting.act(incidents.not_fixed, id, draft.words_fr or draft.words_en)
        word, undo = sitting.say("Said: a foreman looks at it again."), None
    else:
        done = sitting.act(
            incidents.answer, id, wanted, words_fr=draft.words_fr, words_en=draft.words_en
        )
        word = sitting.say("Saved: whoever reported is told.")
        undo = partial(sitting.act, incidents.answer, id, IncidentStatus.REOPENED)
    if done:
        emptied(draft)
        sitting.tell(word, undo=undo)

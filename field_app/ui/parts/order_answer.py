"""What citizens will be told of an incident once its order is done: a sentence, or one's own."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.incidents import Incident
from asset_model.roles import may_edit
from asset_model.vocabulary import OPEN_STATUSES
from field_app.actions import incidents
from field_app.reads.closing_words import sentences_for
from field_app.reads.incident_page import incident_of_order
from field_app.reads.order_page import OrderPage
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.sitting import Sitting, use_sitting


@ft.observable
@dataclass
class Draft:
    asking: bool = False
    words_fr: str = ""
    words_en: str = ""

    def open(self, incident: Incident) -> None:
        if not (self.words_fr or self.words_en):  # Else one comes back to what one had begun.
            self.words_fr, self.words_en = incident.answer_fr or "", incident.answer_en or ""
        self.asking = True


def order_answer(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    """Nothing on orders that answer no incident; it may be said until the work is done."""
    incident = sitting.read(incident_of_order, page.order.id)
    if incident is None:
        return []
    return [OrderAnswer(page, incident, key=f"answer-{page.order.id}")]


@component
def OrderAnswer(page: OrderPage, incident: Incident) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name=f"answer-{incident.id}")
    say = sitting.say
    told = sitting.words.either(incident.answer_fr or "", incident.answer_en or "")
    link = buttons.plain_button(
        say("The incident {number}", number=incident.number or ""),
        icon=ft.Icons.REPORT,
        press=lambda: sitting.go(f"/incidents/{incident.id}"),
        key="to-incident",
    )
    parts: list[ft.Control] = [
        text.body(told or say("“The work is done.”, and no more.")),
    ]
    may = sitting.signed.in_office and may_edit(sitting.signed.role, "incident", "answer_fr")
    if draft.asking:
        parts += _form(sitting, page, incident, draft)
    elif may and page.order.status in OPEN_STATUSES:
        ask = buttons.plain_button(
            say("Say more…"),
            icon=ft.Icons.EDIT,
            press=partial(draft.open, incident),
            key="answer-open",
        )
        parts.append(ft.Row([ask, link], spacing=10, wrap=True))
    elif sitting.signed.in_office:
        parts.append(ft.Row([link]))
    return cards.section(say("What citizens are told when it is done"), parts)


def _form(sitting: Sitting, page: OrderPage, incident: Incident, draft: Draft) -> list[ft.Control]:
    say = sitting.say
    common: list[ft.Control] = [
        buttons.plain_button(
            sitting.words.either(each.fr, each.en),
            press=partial(_save, sitting, incident, draft, each.fr, each.en),
            key=f"answer-{each.code}",
        )
        for each in sitting.read(sentences_for, incident, page.order)
    ]
    row: list[ft.Control] = [
        buttons.plain_button(
            say("Back"), press=partial(setattr, draft, "asking", False), key="answer-back"
        ),
        buttons.main_button(
            say("Save"),
            icon=ft.Icons.CHECK,
            press=lambda: _save(sitting, incident, draft, draft.words_fr, draft.words_en),
            key="answer-save",
        ),
    ]
    return [
        ft.Row(common, wrap=True, spacing=10, run_spacing=10),
        fields.text_field(
            say("In French"), draft.words_fr, partial(setattr, draft, "words_fr"), key="words-fr"
        ),
        fields.text_field(
            say("In English"), draft.words_en, partial(setattr, draft, "words_en"), key="words-en"
        ),
        ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12),
    ]


def _save(sitting: Sitting, incident: Incident, draft: Draft, french: str, english: str) -> None:
    before = incident.answer_fr or "", incident.answer_en or ""
    if sitting.act(incidents.prepare_answer, incident.id, french, english):
        emptied(draft)
        sitting.tell(
            sitting.say("Kept: said to whoever reported when the work is done."),
            undo=lambda: sitting.act(incidents.prepare_answer, incident.id, *before),
        )

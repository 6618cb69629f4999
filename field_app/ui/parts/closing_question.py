"""Asked as an order is finished: what those who reported it are told. One press answers."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft

from asset_model.closing_words import Sentence
from asset_model.incidents import Incident
from asset_model.roles import may_edit
from asset_model.transitions import unanswered
from asset_model.vocabulary import WorkOrderStatus
from asset_model.work_orders import WorkOrder
from field_app.reads.closing_words import sentences_for
from field_app.reads.incident_page import incident_of_order
from field_app.reads.order_page import OrderPage
from field_app.ui import tokens
from field_app.ui.parts import buttons, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import LINE

Finish = Callable[[str, str], Any]
Answer = tuple[str, str, str]
"""Key, French and English."""
BESIDE_MAX = 62
"""Signs of a sentence that is whole on two lines of half the width; a longer one has all of it."""


def asked_of(sitting: Sitting, page: OrderPage) -> Incident | None:
    """The incident whose reporters wait for this order; None: nobody is to be told anything.

    Nor is it asked while a step wants its answer, or a job of its own goes on: the order cannot be
    finished yet.
    """
    held_back = page.family is not None and page.family.holds_back(WorkOrderStatus.DONE)
    may = may_edit(sitting.signed.role, "incident", "answer_fr")
    if unanswered(page.steps) or held_back or not may:
        return None
    incident = sitting.read(incident_of_order, page.order.id)
    return incident if incident is not None and incident.reports_count else None


def closing_question(
    sitting: Sitting,
    order: WorkOrder,
    incident: Incident,
    finish: Finish,
    back: Callable[[], Any],
) -> ft.Control:
    say = sitting.say
    answers = _answers(incident, sitting.read(sentences_for, incident, order))
    heading = say("What are they told, beside “the work is done”?")
    row = [
        buttons.plain_button(say("Back"), press=back, key="closing-back"),
        buttons.main_button(
            say("Nothing more: done"),
            icon=ft.Icons.CHECK,
            press=partial(finish, "", ""),
            key="closing-no-more",
        ),
    ]
    return ft.Column(
        [
            text.strong(heading, size_px=tokens.LEAD_PX),
            text.small(_who(sitting, incident)),
            *_rows([each for each in answers if _short(sitting, each)], 2, sitting, finish),
            *_rows([each for each in answers if not _short(sitting, each)], 1, sitting, finish),
            ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12, wrap=True),
        ],
        spacing=10,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _who(sitting: Sitting, incident: Incident) -> str:
    return sitting.words.several(
        "{count} report: whoever sent it is told in their language.",
        "{count} reports: each is told in their language.",
        incident.reports_count,
    )


def _answers(incident: Incident, sentences: list[Sentence]) -> list[Answer]:
    """What was prepared of one's own words comes first."""
    known = [(each.code, each.fr, each.en) for each in sentences]
    french, english = incident.answer_fr or "", incident.answer_en or ""
    prepared = (french or english) and (french, english) not in [each[1:] for each in known]
    return [*([("prepared", french, english)] if prepared else []), *known]


def _answer(sitting: Sitting, code: str, french: str, english: str, finish: Finish) -> ft.Control:
    return buttons.tap(
        ft.Row([text.body(sitting.words.either(french, english), expand=True)]),
        press=partial(finish, french, english),
        key=f"closing-{code}",
        padding=ft.Padding.symmetric(horizontal=14, vertical=4),
        height=tokens.MAIN_PX,
        expand=True,
        edge=LINE,
    )


def _short(sitting: Sitting, answer: Answer) -> bool:
    return len(sitting.words.either(*answer[1:])) <= BESIDE_MAX


def _rows(answers: list[Answer], beside: int, sitting: Sitting, finish: Finish) -> list[ft.Control]:
    told = [_answer(sitting, *each, finish) for each in answers]
    return [
        ft.Row(told[place : place + beside], spacing=10) for place in range(0, len(told), beside)
    ]

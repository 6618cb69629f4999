"""One item of a circle check: in order, minor or major by one large button; then what is wrong."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft

from asset_model.fleet_vocabulary import Answer
from asset_model.inspection_forms import Item, defects_of
from field_app.actions.circle_checks import Found
from field_app.reads.unit_page import DefectLine
from field_app.ui import tokens
from field_app.ui.parts import buttons, cards, fields, standing, text
from field_app.ui.parts.check_draft import CheckDraft
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION_FILL, BAD, GOOD, LINE, SOFT, SURFACE, WARN
from field_app.ui.words import noted

ANSWERS = (
    (Answer.OK, noted("In order"), ft.Icons.CHECK_CIRCLE, GOOD),
    (Answer.MINOR, noted("Minor defect"), ft.Icons.WARNING_AMBER, WARN),
    (Answer.MAJOR, noted("Major defect"), ft.Icons.DANGEROUS, BAD),
)
BUTTON_PX = 88

Settle = Callable[[str, Found | None], Any]


def check_item(
    sitting: Sitting, item: Item, draft: CheckDraft, known: list[DefectLine], settle: Settle
) -> ft.Control:
    """The item with its answers, or, once it is not in order, the defects to choose among."""
    label = sitting.words.either(item["label_fr"], item["label_en"])
    heading = text.title(f"{item['code']}. {label}")
    given = draft.answers.get(item["code"], "")
    body = (
        _naming(sitting, item, draft, settle)
        if draft.severity
        else _answers(sitting, draft, given, settle)
    )
    return cards.card([heading, *(_known(sitting, line) for line in known), *body], gap_px=16)


def _known(sitting: Sitting, line: DefectLine) -> ft.Control:
    """What was found before, and is not repaired: seen again, it gets no more time."""
    told = sitting.words.either(line.defect.label_fr, line.defect.label_en)
    sentence = sitting.say("Known already: {defect}", defect=told)
    sign = standing.SEVERITIES[line.defect.severity]
    return cards.banner(sentence, icon=sign.icon, colour=sign.colour, name="known")


def _answers(sitting: Sitting, draft: CheckDraft, given: str, settle: Settle) -> list[ft.Control]:
    def press(answer: str) -> None:
        if answer in (Answer.MINOR, Answer.MAJOR):
            draft.severity = answer
        else:
            settle(answer, None)

    rows = [
        _answer(sitting.say(word), icon, colour, chosen=given == answer, code=answer, press=press)
        for answer, word, icon, colour in ANSWERS
    ]
    none = buttons.plain_button(
        sitting.say("Not on this unit"),
        press=partial(press, Answer.NOT_APPLICABLE),
        key=f"check-{Answer.NOT_APPLICABLE}",
    )
    return [*rows, ft.Row([none])]


def _answer(
    word: str,
    icon: ft.IconData,
    colour: str,
    *,
    chosen: bool,
    code: str,
    press: Callable[[str], Any],
) -> ft.Control:
    inside = ft.Row(
        [ft.Icon(icon, color=colour, size=36), text.strong(word, size_px=tokens.LEAD_PX)],
        spacing=20,
    )
    return buttons.tap(
        inside,
        press=partial(press, code),
        key=f"check-{code}",
        chosen=chosen,
        padding=ft.Padding.symmetric(horizontal=24),
        height=BUTTON_PX,
        fill=SURFACE,
        edge=colour,
    )


def _naming(sitting: Sitting, item: Item, draft: CheckDraft, settle: Settle) -> list[ft.Control]:
    """The list's own defects, or words; and a note on where and how."""
    sign = standing.SEVERITIES[draft.severity]
    rows = [_listed(sitting, each, draft) for each in defects_of(item, draft.severity)]
    other = fields.text_field(
        sitting.say("Or in your words"), draft.words, partial(setattr, draft, "words"), key="words"
    )
    note = fields.text_field(
        sitting.say("Where, how bad (optional)"),
        draft.note,
        partial(setattr, draft, "note"),
        key="defect-note",
    )
    save = buttons.main_button(
        sitting.say("Next"),
        icon=ft.Icons.ARROW_FORWARD,
        press=lambda: _settle(sitting, item, draft, settle),
        disabled=not (draft.chosen or draft.words.strip()),
        key="defect-next",
    )
    return [
        standing.chip(sign, sitting, large=True),
        *rows,
        other,
        note,
        ft.Row([save], alignment=ft.MainAxisAlignment.END),
    ]


def _listed(sitting: Sitting, each: Item, draft: CheckDraft) -> ft.Control:
    chosen = draft.chosen == each["code"]
    label = sitting.words.either(each["label_fr"], each["label_en"])
    parts: list[ft.Control] = [
        ft.Icon(
            ft.Icons.RADIO_BUTTON_CHECKED if chosen else ft.Icons.RADIO_BUTTON_UNCHECKED, size=26
        ),
        text.strong(each["code"]),
        text.body(label, expand=True),
    ]
    if not each.get("confirmed"):
        parts.append(text.small(sitting.say(standing.TO_CONFIRM), colour=SOFT))
    return buttons.tap(
        ft.Row(parts, spacing=14),
        press=lambda: setattr(draft, "chosen", "" if chosen else each["code"]),
        key=f"defect-{each['code']}",
        chosen=chosen,
        padding=ft.Padding.symmetric(horizontal=16),
        height=tokens.MAIN_PX,
        fill=ACTION_FILL if chosen else SURFACE,
        edge=LINE,
    )


def _settle(sitting: Sitting, item: Item, draft: CheckDraft, settle: Settle) -> None:
    listed = {each["code"]: each for each in defects_of(item, draft.severity)}
    chosen = listed.get(draft.chosen)
    words = draft.words.strip()
    found = Found(
        draft.severity,
        item["code"],
        draft.chosen or None,
        chosen["label_fr"] if chosen else words,
        chosen["label_en"] if chosen else words,
        "\n".join(said for said in (words if chosen else "", draft.note.strip()) if said) or None,
    )
    settle(draft.severity, found)

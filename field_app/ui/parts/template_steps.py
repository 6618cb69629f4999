"""The steps of a template while it is written: each is added, moved, opened, taken out."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft

from asset_model.vocabulary import StepKind
from field_app.actions.template_editions import Told
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.template_draft import Editing
from field_app.ui.sitting import Sitting
from field_app.ui.themes import LINE
from field_app.ui.words import noted

KINDS: dict[str, str] = {
    StepKind.CHECK: noted("Check"),
    StepKind.PASS_FAIL: noted("Conforming or defect"),
    StepKind.NUMBER: noted("Number"),
    StepKind.CHOICE: noted("Choice"),
    StepKind.TEXT: noted("Text"),
    StepKind.PHOTO: noted("Photo"),
    StepKind.SIGNATURE: noted("Signature"),
    StepKind.METER_READING: noted("Meter reading"),
}
MOMENTS = (("before", noted("Photo before")), ("after", noted("Photo after")))


def step_rows(sitting: Sitting, draft: Editing) -> list[ft.Control]:
    rows: list[ft.Control] = []
    for place, line in enumerate(draft.steps):
        rows.append(_row(sitting, draft, place, line))
        if place == draft.line:
            rows.append(_form(sitting, draft, line))
    add = buttons.plain_button(
        sitting.say("Add a step"), icon=ft.Icons.ADD, press=draft.add_line, key="add-step"
    )
    return [*rows, ft.Row([add])]


def _row(sitting: Sitting, draft: Editing, place: int, line: Told) -> ft.Control:
    say, words = sitting.say, sitting.words
    label = words.either(line["label_fr"], line["label_en"]) or say("A new step")
    foot = say(KINDS.get(line["kind"], line["kind"]))
    if line.get("required"):
        foot = " · ".join((foot, say("required")))
    said = ft.Column([text.strong(f"{place + 1}. {label}"), text.small(foot)], spacing=2)
    opens = buttons.tap(
        said,
        press=lambda: setattr(draft, "line", -1 if draft.line == place else place),
        key=f"step-{place}",
        chosen=place == draft.line,
        padding=ft.Padding.symmetric(horizontal=10, vertical=8),
        expand=True,
    )
    return ft.Row([opens, *movers(sitting, place, draft.move_line, draft.drop_line, name="step")])


def movers(
    sitting: Sitting,
    place: int,
    move: Callable[[int, int], Any],
    drop: Callable[[int], Any],
    *,
    name: str,
) -> list[ft.Control]:
    """Up, down, out."""
    say = sitting.say
    acts = (
        (ft.Icons.ARROW_UPWARD, say("Move up"), partial(move, place, -1), "up"),
        (ft.Icons.ARROW_DOWNWARD, say("Move down"), partial(move, place, 1), "down"),
        (ft.Icons.DELETE_OUTLINE, say("Take out"), partial(drop, place), "out"),
    )
    return [
        buttons.icon_button(icon, name=word, press=press, key=f"{name}-{place}-{key}")
        for icon, word, press, key in acts
    ]


def _form(sitting: Sitting, draft: Editing, line: Told) -> ft.Control:
    say, put = sitting.say, draft.put_line
    required = bool(line.get("required"))
    parts: list[ft.Control] = [
        _field(say("In French"), line, "label_fr", draft),
        _field(say("In English"), line, "label_en", draft),
        _choices(sitting, KINDS, line["kind"], partial(put, "kind"), "step-kind"),
        *_of_kind(sitting, draft, line),
        buttons.choice_button(
            say("Must be answered"),
            chosen=required,
            press=lambda: put("required", not required),
            key="step-required",
        ),
    ]
    return ft.Container(
        ft.Column(parts, spacing=10, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        border=ft.Border.only(left=ft.BorderSide(3, LINE)),
        padding=ft.Padding.only(left=14, bottom=10),
    )


def _of_kind(sitting: Sitting, draft: Editing, line: Told) -> list[ft.Control]:
    say, put = sitting.say, draft.put_line
    match line["kind"]:
        case StepKind.NUMBER:
            limits = [
                _field(say("At least"), line, "minimum", draft, numeric=True),
                _field(say("At most"), line, "maximum", draft, numeric=True),
            ]
            return [_field(say("Unit"), line, "unit", draft), *limits]
        case StepKind.METER_READING:
            return [_field(say("Unit"), line, "unit", draft)]
        case StepKind.CHOICE:
            label = say("Answers, one a line: French / English")
            return [_field(label, line, "answers", draft, lines=4)]
        case StepKind.PHOTO:
            chosen = next(iter(line.get("choices") or ()), None)
            return [
                _choices(
                    sitting,
                    dict(MOMENTS),
                    chosen,
                    lambda moment: put("choices", [moment]),
                    "step-moment",
                )
            ]
    return []


def _field(label: str, line: Told, name: str, draft: Editing, **options: Any) -> ft.Control:
    return fields.text_field(
        label, line.get(name) or "", partial(draft.put_line, name), key=f"step-{name}", **options
    )


def _choices(
    sitting: Sitting, words: dict[str, str], chosen: Any, press: Callable[[str], Any], key: str
) -> ft.Control:
    row: list[ft.Control] = [
        buttons.choice_button(
            sitting.say(word), chosen=code == chosen, press=partial(press, str(code)),
            key=f"{key}-{code}", compact=True,
        )
        for code, word in words.items()
    ]  # fmt: skip
    return ft.Row(row, wrap=True, spacing=8, run_spacing=8)

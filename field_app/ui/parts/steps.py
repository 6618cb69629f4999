"""One line of a checklist as a large row, answered in place."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.vocabulary import StepKind
from asset_model.work_orders import Step
from field_app.actions import work_orders
from field_app.actions.step_answers import is_wrong
from field_app.ui import times
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.step_photo import StepPhoto
from field_app.ui.parts.step_reading import StepReading
from field_app.ui.parts.step_repair import StepRepair
from field_app.ui.parts.step_signature import StepSignature
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, GOOD, SOFT
from field_app.ui.words import noted

Answer = Callable[[str | None], Any]

SPECIAL: dict[str, Any] = {
    StepKind.PHOTO: StepPhoto,
    StepKind.SIGNATURE: StepSignature,
    StepKind.METER_READING: StepReading,
}
"""Those that are more than a word or a button."""

PASS_FAIL = (
    ("ok", noted("Pass"), GOOD),
    ("defect", noted("Defect"), BAD),
    ("na", noted("N/A"), SOFT),
)


@ft.observable
@dataclass
class Typed:
    """What is written and not saved yet; nothing where it is as the step says."""

    text: str | None = None


@component
def StepRow(step: Step, open_to_answers: bool) -> Any:
    sitting = use_sitting()
    typed = use_draft(sitting, Typed, name=f"step-{step.id}")
    draft = _told(sitting, step) if typed.text is None else typed.text
    set_draft = partial(setattr, typed, "text")

    def answer(value: str | None) -> None:
        if value == step.answer or (value is None and _just_answered(sitting, step)):
            return
        if sitting.act(work_orders.answer, step.id, value):
            typed.text = None

    if step.kind in SPECIAL:
        answering = SPECIAL[step.kind](step, open_to_answers, key=f"special-{step.id}")
    elif not open_to_answers:
        answering = _answered(sitting, step)
    elif step.kind in (StepKind.NUMBER, StepKind.TEXT):
        answering = _typed(sitting, step, draft, set_draft, answer)
    else:
        answering = _chosen(sitting, step, answer)
    label = sitting.words.either(step.label_fr, step.label_en)
    if step.required:
        label = sitting.say("{label} (required)", label=label)
    return ft.Semantics(
        content=ft.Column(
            [_label_row(sitting, step, label), answering, *_repair(step, open_to_answers)],
            spacing=8,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        identifier=f"step-{step.rank}",
        container=True,
    )


def _repair(step: Step, open_to_answers: bool) -> list[Any]:
    """What was found wrong asks for a repair, in place."""
    return [StepRepair(step, open_to_answers, key=f"repair-{step.id}")] if is_wrong(step) else []


def _just_answered(sitting: Sitting, step: Step) -> bool:
    at = step.answered_at
    return at is not None and sitting.workplace.clock() - at < times.DOUBLE_PRESS


def _label_row(sitting: Sitting, step: Step, label: str) -> ft.Control:
    """When it was answered stands beside the label: below, it would push the next step down."""
    row = [text.body(label, expand=True), *_when(sitting, step)]
    return ft.Row(row, spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)


def _chosen(sitting: Sitting, step: Step, answer: Answer) -> ft.Control:
    """A check, pass or fail, a choice: buttons side by side. A check pressed again is undone."""
    undone = step.kind == StepKind.CHECK
    row = [
        buttons.choice_button(
            word,
            chosen=step.answer == code,
            press=partial(answer, None if undone and step.answer == code else code),
            key=f"answer-{step.rank}-{code}",
            colour=colour,
        )
        for code, word, colour in choices(sitting, step)
    ]
    return ft.Row(row, spacing=10, run_spacing=10, wrap=True)


def choices(sitting: Sitting, step: Step) -> list[tuple[str, str, str]]:
    """The answers to choose among: code, word and colour; none where the answer is written."""
    words = sitting.words
    if step.kind == StepKind.CHECK:
        return [("ok", words.say("Done"), GOOD)]
    if step.kind == StepKind.PASS_FAIL:
        return [(code, words.say(word), colour) for code, word, colour in PASS_FAIL]
    return [_choice(sitting, choice) for choice in step.choices or []]


def _choice(sitting: Sitting, choice: Any) -> tuple[str, str, str]:
    """A choice is a word, or `{code, label_fr, label_en}`."""
    if isinstance(choice, str):
        return choice, choice, ACTION
    words = sitting.words
    return choice["code"], words.either(choice["label_fr"], choice["label_en"]), ACTION


def _typed(
    sitting: Sitting, step: Step, draft: str, set_draft: Callable[[str], Any], answer: Answer
) -> ft.Control:
    """A number or words; saved when the field is left, so that nothing waits for a button."""
    numeric = step.kind == StepKind.NUMBER

    def save(text: str) -> None:
        value = text.strip().replace(",", ".") if numeric else text.strip()
        answer(value or None)

    return fields.text_field(
        _label(sitting, step),
        draft,
        set_draft,
        key=f"answer-{step.rank}",
        numeric=numeric,
        lines=1 if numeric else 2,
        helper=_limits(sitting, step) if numeric else None,
        error=_wrong(sitting, step, draft) if numeric else None,
        submit=save,
        leave=save,
    )


def _label(sitting: Sitting, step: Step) -> str:
    if step.kind == StepKind.TEXT:
        return sitting.say("Remark")
    return sitting.say("Value, in {unit}", unit=step.unit) if step.unit else sitting.say("Value")


def _limits(sitting: Sitting, step: Step) -> str | None:
    low, high, say = step.minimum, step.maximum, sitting.say
    if low is not None and high is not None:
        return say("between {low} and {high}", low=low, high=high)
    if low is not None:
        return say("at least {low}", low=low)
    return say("at most {high}", high=high) if high is not None else None


def _wrong(sitting: Sitting, step: Step, draft: str) -> str | None:
    if not draft.strip():
        return None
    try:
        value = float(draft.strip().replace(",", "."))
    except ValueError:
        return sitting.say("Not a number")
    low, high = step.minimum, step.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return sitting.say(
            "{value} is outside of the limits: check it, it is kept as you wrote it", value=value
        )
    return None


def _answered(sitting: Sitting, step: Step) -> ft.Control:
    if step.answer in (None, ""):
        return text.small(sitting.say("no answer"))
    unit = f"\u00a0{step.unit}" if step.unit else ""
    if step.kind == StepKind.NUMBER:
        return text.strong(f"{sitting.words.number(float(step.answer or 0))}{unit}")
    if step.kind == StepKind.TEXT:
        return text.strong(f"{step.answer}{unit}")
    for code, word, colour in choices(sitting, step):
        if code == step.answer:
            return text.strong(word, colour=colour)
    return text.strong(step.answer or "")


def _told(sitting: Sitting, step: Step) -> str:
    answer = step.answer or ""
    return sitting.words.decimal(answer) if step.kind == StepKind.NUMBER else answer


def _when(sitting: Sitting, step: Step) -> list[ft.Control]:
    if step.answered_at is None or step.answer in (None, ""):
        return []
    at = sitting.when(step.answered_at)
    return [text.small(sitting.say("answered at {at}", at=at))]

"""A step that asks to read a meter: what it showed last is told, so that a slip is seen."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.meters import Meter
from asset_model.work_orders import Step
from field_app.actions.step_answers import answer_with_reading, meter_of
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.fact_forms import number_in
from field_app.ui.sitting import Sitting, use_sitting


@ft.observable
@dataclass
class Typed:
    """What is typed and not saved yet; nothing where it is as the step says."""

    text: str | None = None

    def over(self, saved: str) -> str:
        return saved if self.text is None else self.text


@component
def StepReading(step: Step, open_to_answers: bool) -> Any:
    sitting = use_sitting()
    typed = use_draft(sitting, Typed, name=f"reading-{step.id}")
    saved = sitting.words.decimal(step.answer or "")
    meter = sitting.read(meter_of, step)
    unit = meter.unit if meter else step.unit
    if not open_to_answers:
        told = saved or sitting.say("no answer")
        return text.strong(f"{told}\u00a0{unit or ''}" if step.answer else told)
    shown = typed.over(saved)

    def save() -> None:
        value = number_in(typed.over(saved))
        if value is None:
            return
        same = text_of(value) == step.answer
        if same or sitting.act(answer_with_reading, step.id, text_of(value)):
            typed.text = None

    field = fields.text_field(
        sitting.say("What the meter shows"),
        shown,
        partial(setattr, typed, "text"),
        key=f"answer-{step.rank}",
        numeric=True,
        suffix=unit,
        helper=_last(sitting, meter),
        error=sitting.say("Not a number") if shown.strip() and number_in(shown) is None else None,
        submit=lambda _text: save(),
    )
    button = buttons.plain_button(
        sitting.say("Save the reading"),
        icon=ft.Icons.SPEED,
        press=save,
        key=f"answer-{step.rank}-save",
    )
    return ft.Column(
        [field, ft.Row([button])], spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def text_of(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)


def _last(sitting: Sitting, meter: Meter | None) -> str | None:
    if meter is None or meter.total is None:
        return None
    value = sitting.words.number(meter.total)
    if meter.read_at is None:
        return sitting.say("last: {value} {unit}", value=value, unit=meter.unit)
    at = sitting.when(meter.read_at)
    return sitting.say("last: {value} {unit}, {at}", value=value, unit=meter.unit, at=at)

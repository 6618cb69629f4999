"""A step that asks to read a meter: what it showed last is told, so that a slip is seen."""

from typing import Any

import flet as ft

from asset_model.meters import Meter
from asset_model.work_orders import Step
from field_app.actions.step_answers import answer_with_reading, meter_of
from field_app.ui import times
from field_app.ui.guard import component
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.fact_forms import number_in
from field_app.ui.sitting import Sitting, use_sitting


@component
def StepReading(step: Step, open_to_answers: bool) -> Any:
    sitting = use_sitting()
    draft, set_draft = ft.use_state(sitting.words.decimal(step.answer or ""))
    meter = sitting.read(meter_of, step)
    unit = meter.unit if meter else step.unit
    if not open_to_answers:
        told = sitting.words.decimal(step.answer or "") or sitting.say("no answer")
        return text.strong(f"{told}\u00a0{unit or ''}" if step.answer else told)
    value = number_in(draft)

    def save() -> None:
        if value is not None and text_of(value) != step.answer:
            sitting.act(answer_with_reading, step.id, text_of(value))

    field = fields.text_field(
        sitting.say("What the meter shows"),
        draft,
        set_draft,
        key=f"answer-{step.rank}",
        numeric=True,
        suffix=unit,
        helper=_last(sitting, meter),
        error=sitting.say("Not a number") if draft.strip() and value is None else None,
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
    at = times.day_and_clock(
        meter.read_at,
        now=sitting.workplace.clock(),
        zone=sitting.workplace.zone,
        words=sitting.words,
    )
    return sitting.say("last: {value} {unit}, {at}", value=value, unit=meter.unit, at=at)

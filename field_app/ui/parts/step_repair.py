"""What a step found wrong becomes a repair order in place: one touch, words if one has any."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.roles import may_insert
from asset_model.work_orders import Step
from field_app.actions.step_answers import order_repair, repair_of
from field_app.reads.orders import number_of
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.parts import buttons, fields
from field_app.ui.sitting import use_sitting


@ft.observable
@dataclass
class Words:
    note: str = ""


@component
def StepRepair(step: Step, open_to_answers: bool) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Words, name=f"repair-{step.id}")
    number = sitting.read(number_of, repair_of(step.id))
    if number is not None:
        button = buttons.plain_button(
            sitting.say("Repair ordered: {number}", number=number),
            icon=ft.Icons.BUILD,
            press=lambda: sitting.go(f"/orders/{repair_of(step.id)}"),
            key=f"repair-{step.rank}-open",
        )
        return ft.Row([button])
    if not (open_to_answers and may_insert(sitting.signed.role, "work_order")):
        return ft.Container(height=0)

    def order() -> None:
        code = sitting.workplace.link.device_code
        if sitting.act(order_repair, step.id, device_code=code, note=draft.note):
            draft.note = ""
            sitting.tell(sitting.say("Repair ordered, with the photos of the defect."))

    field = fields.text_field(
        sitting.say("What is wrong (optional)"),
        draft.note,
        partial(setattr, draft, "note"),
        key=f"repair-{step.rank}-note",
    )
    button = buttons.plain_button(
        sitting.say("Order the repair"),
        icon=ft.Icons.BUILD,
        press=order,
        key=f"repair-{step.rank}",
    )
    return ft.Column(
        [field, ft.Row([button])], spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )

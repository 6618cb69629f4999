"""Hours and kilometres of a unit on an order: those of the order first, then the others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.assets import Asset
from field_app.actions import facts
from field_app.reads.equipment import units_for
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, fields
from field_app.ui.parts.fact_forms import number_in, save_row
from field_app.ui.sitting import Sitting, use_sitting


@ft.observable
@dataclass
class Worked:
    unit_id: str = ""
    hours: str = ""
    km: str = ""

    @property
    def ready(self) -> bool:
        typed = any(value.strip() for value in (self.hours, self.km))
        return bool(self.unit_id and typed) and not (self.hours_wrong or self.km_wrong)

    @property
    def hours_wrong(self) -> bool:
        return _wrong(self.hours, facts.SHIFT_HOURS_MAX)

    @property
    def km_wrong(self) -> bool:
        return _wrong(self.km, facts.KM_MAX)


def _wrong(typed: str, most: float) -> bool:
    value = number_in(typed)
    return bool(typed.strip()) and not (value and value <= most)


@component
def EquipmentForm(order_id: str, close: Callable[[], Any]) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Worked, name=f"equipment-{order_id}")

    def save() -> None:
        hours, km = number_in(draft.hours), number_in(draft.km)
        if sitting.act(facts.use_equipment, order_id, draft.unit_id, hours=hours, km=km):
            emptied(draft)
            close()

    amounts: list[ft.Control] = [
        ft.Container(_hours(sitting, draft), expand=True),
        ft.Container(_km(sitting, draft), expand=True),
    ]
    return ft.Column(
        [
            _units(sitting, sitting.read(units_for, order_id), draft),
            ft.Row(amounts, spacing=12, vertical_alignment=ft.CrossAxisAlignment.START),
            save_row(sitting, save, ready=draft.ready, key="save-equipment"),
        ],
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _units(sitting: Sitting, units: tuple[Asset, ...], draft: Worked) -> ft.Control:
    row = [
        buttons.choice_button(
            unit.name or unit.tag,
            chosen=draft.unit_id == unit.id,
            press=partial(setattr, draft, "unit_id", unit.id),
            key=f"equipment-{unit.tag}",
        )
        for unit in units
    ]
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


def _hours(sitting: Sitting, draft: Worked) -> ft.Control:
    wrong = sitting.say("A number of hours, at most 24") if draft.hours_wrong else None
    return _amount(draft, "hours", sitting.say("Hours"), "h", wrong)


def _km(sitting: Sitting, draft: Worked) -> ft.Control:
    wrong = sitting.say("A number of kilometres, at most 1,500") if draft.km_wrong else None
    return _amount(draft, "km", sitting.say("Kilometres"), "km", wrong)


def _amount(draft: Worked, name: str, label: str, unit: str, wrong: str | None) -> ft.Control:
    return fields.text_field(
        label,
        getattr(draft, name),
        partial(setattr, draft, name),
        key=f"equipment-{name}",
        numeric=True,
        suffix=unit,
        error=wrong,
    )

"""The truck of one's crew: what is in it, and counting it, which mends what is below nothing."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.stores import Store
from field_app.actions.facts import count_part
from field_app.reads.stores import Stocked, stocked, truck_of
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.material_form import amount, unit_word
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, SOFT


@ft.observable
@dataclass
class Counting:
    part_id: str = ""
    quantity: str = ""

    @property
    def counted(self) -> float | None:
        try:
            value = float(self.quantity.strip().replace(",", "."))
        except ValueError:
            return None
        return value if 0 <= value < 1_000_000 else None


def truck(sitting: Sitting) -> list[Any]:
    """Nothing for whoever has no truck."""
    store = sitting.read(truck_of, sitting.signed.crew_id)
    return [Truck(store, key="truck")] if store else []


@component
def Truck(store: Store) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Counting, name="truck")
    rows: list[ft.Control] = []
    for line in sitting.read(stocked, store.id):
        rows.append(_line(sitting, line, draft))
        if draft.part_id == line.part.id:
            rows.append(_form(sitting, store, line, draft))
    if not rows:
        rows = [text.small(sitting.say("Nothing was ever counted in this truck."))]
    return cards.section(sitting.words.either(store.label_fr, store.label_en), rows)


def _line(sitting: Sitting, line: Stocked, draft: Counting) -> ft.Control:
    label = sitting.words.either(line.part.label_fr, line.part.label_en)
    told = amount(sitting, line.part, line.quantity)
    low = line.quantity < 0
    foot = sitting.say("{quantity}, to be counted", quantity=told) if low else told
    chosen = draft.part_id == line.part.id
    return buttons.tap(
        ft.Row(
            [
                *([ft.Icon(ft.Icons.REPORT_PROBLEM, color=BAD, size=22)] if low else []),
                text.body(label, expand=True),
                text.strong(foot, colour=BAD if low else SOFT),
            ],
            spacing=12,
        ),
        press=partial(setattr, draft, "part_id", "" if chosen else line.part.id),
        key=f"stocked-{line.part.code}",
        chosen=chosen,
        padding=ft.Padding.symmetric(horizontal=12, vertical=14),
    )


def _form(sitting: Sitting, store: Store, line: Stocked, draft: Counting) -> ft.Control:
    def save() -> None:
        if draft.counted is not None and sitting.act(
            count_part, store.id, line.part.id, draft.counted
        ):
            emptied(draft)

    field = fields.text_field(
        sitting.say("How many are there"),
        draft.quantity,
        partial(setattr, draft, "quantity"),
        key="count",
        numeric=True,
        suffix=unit_word(sitting, line.part, 2),
        submit=lambda _text: save(),
    )
    button = buttons.main_button(
        sitting.say("Counted"),
        icon=ft.Icons.CHECK,
        press=save,
        disabled=draft.counted is None,
        key="count-save",
    )
    return ft.Column([field, ft.Row([button], alignment=ft.MainAxisAlignment.END)])

"""Material for an order: from the crew's truck, with what it holds; or from elsewhere."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.catalogue import Part
from asset_model.stores import Store
from field_app.actions import facts
from field_app.reads.parts import find_parts
from field_app.reads.stores import stocked, truck_of
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.fact_forms import number_in, save_row
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import SOFT, WARN
from field_app.ui.words import noted

UNITS = {
    "sac": (noted("bag"), noted("bags")),
    "un": (noted("unit"), noted("units")),
}
"""What a store counts in words; the rest (t, kg, m) are signs, and have no plural."""
SOURCES = (
    (noted("From the truck"), False, "from-truck"),
    (noted("From elsewhere"), True, "from-elsewhere"),
)


@ft.observable
@dataclass
class Taking:
    """A part being taken. `elsewhere`: it was not in the truck."""

    search: str = ""
    part_id: str = ""
    quantity: str = ""
    elsewhere: bool = False


@component
def MaterialForm(order_id: str, close: Callable[[], Any]) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Taking, name=f"material-{order_id}")
    truck = sitting.read(truck_of, sitting.signed.crew_id)
    lines = sitting.read(stocked, truck.id) if truck else ()
    held = {line.part.id: line.quantity for line in lines}
    chosen = sitting.read(find_parts, "", only=(draft.part_id,)) if draft.part_id else ()
    if not chosen:
        return _choosing(sitting, draft, held)
    return _taking(sitting, order_id, draft, chosen[0], (truck, held), close)


def _choosing(sitting: Sitting, draft: Taking, held: dict[str, float]) -> ft.Control:
    """The parts of the truck first; a search finds the others."""
    only = () if draft.search.strip() else tuple(held)
    found = sitting.read(find_parts, draft.search, only=only)
    field = fields.text_field(
        sitting.say("Which part"),
        draft.search,
        partial(setattr, draft, "search"),
        key="part",
        icon=ft.Icons.SEARCH,
    )
    rows = [_part_row(sitting, part, draft, held) for part in found]
    return ft.Column([field, *rows], horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _taking(
    sitting: Sitting,
    order_id: str,
    draft: Taking,
    part: Part,
    stock: tuple[Store | None, dict[str, float]],
    close: Callable[[], Any],
) -> ft.Control:
    truck, held = stock
    quantity = number_in(draft.quantity)
    store_id = truck.id if truck and part.id in held and not draft.elsewhere else None

    def save() -> None:
        if quantity and sitting.act(
            facts.use_material, order_id, part.id, quantity, store_id=store_id
        ):
            emptied(draft)
            close()

    parts: list[ft.Control] = [_part_row(sitting, part, draft, held, chosen=True)]
    if part.id in held:
        parts.append(_from_where(sitting, draft))
    parts.append(_quantity(sitting, draft, part, save))
    if store_id and quantity and quantity > held[part.id]:
        left = amount(sitting, part, held[part.id] - quantity)
        sentence = sitting.say(
            "The truck would have {quantity}: it is saved, and to be counted.", quantity=left
        )
        parts.append(text.small(sentence, colour=WARN))
    parts.append(save_row(sitting, save, ready=bool(quantity), key="save-material"))
    return ft.Column(parts, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _quantity(sitting: Sitting, draft: Taking, part: Part, save: Callable[[], None]) -> ft.Control:
    wrong = draft.quantity and not number_in(draft.quantity)
    return fields.text_field(
        sitting.say("Quantity"),
        draft.quantity,
        partial(setattr, draft, "quantity"),
        key="quantity",
        numeric=True,
        helper=unit_word(sitting, part, 2),
        error=sitting.say("A number above zero") if wrong else None,
        submit=lambda _text: save(),
    )


def _from_where(sitting: Sitting, draft: Taking) -> ft.Control:
    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=draft.elsewhere == elsewhere,
            press=partial(setattr, draft, "elsewhere", elsewhere),
            key=key,
        )
        for word, elsewhere, key in SOURCES
    ]
    return ft.Row(row, spacing=10, wrap=True, run_spacing=10)


def _part_row(
    sitting: Sitting, part: Part, draft: Taking, held: dict[str, float], *, chosen: bool = False
) -> ft.Control:
    label = sitting.words.either(part.label_fr, part.label_en)
    foot, colour = f"{part.code} · {unit_word(sitting, part, 1)}", SOFT
    if part.id in held:
        told = amount(sitting, part, held[part.id])
        foot = sitting.say("{quantity} in the truck", quantity=told)
        colour = WARN if held[part.id] < 0 else SOFT
    return buttons.tap(
        ft.Row([text.body(label, expand=True), text.small(foot, colour=colour)], spacing=12),
        press=partial(setattr, draft, "part_id", "" if chosen else part.id),
        key=f"part-{part.code}",
        chosen=chosen,
        padding=ft.Padding.symmetric(horizontal=12, vertical=14),
    )


def amount(sitting: Sitting, part: Part, quantity: float) -> str:
    """So much of a part, in its unit, with a true minus sign."""
    told = sitting.words.number(abs(quantity))
    unit = unit_word(sitting, part, math.ceil(abs(quantity)))
    return f"{'−' if quantity < 0 else ''}{told}\u00a0{unit}"


def unit_word(sitting: Sitting, part: Part, count: int) -> str:
    """What is counted in bags or in pieces is so named; a measure stands as it is."""
    if part.unit in UNITS:
        one, many = UNITS[part.unit]
        return sitting.say(one if count < 2 else many)
    return part.unit

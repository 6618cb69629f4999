"""What a template's job takes, while it is written: parts of the town's list, with how much."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from field_app.reads.parts import find_parts
from field_app.reads.templates import part_names
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.fact_forms import number_in
from field_app.ui.parts.template_draft import Editing
from field_app.ui.parts.template_preview import material
from field_app.ui.sitting import Sitting, use_sitting


def material_rows(sitting: Sitting, draft: Editing) -> list[ft.Control]:
    lines = list(draft.job.get("materials") or ())
    names = sitting.read(part_names, [line["part"] for line in lines])
    rows: list[ft.Control] = [
        ft.Row(
            [
                ft.Container(text.body(material(sitting, [line], names)), expand=True),
                buttons.icon_button(
                    ft.Icons.DELETE_OUTLINE, name=sitting.say("Take out"),
                    press=partial(_without, draft, place), key=f"material-{place}-out",
                ),
            ]
        )
        for place, line in enumerate(lines)
    ]  # fmt: skip
    return [*rows, AddPart(draft, key="add-part")]


def _without(draft: Editing, place: int) -> None:
    lines = list(draft.job.get("materials") or ())
    draft.put("materials", [line for rank, line in enumerate(lines) if rank != place])


@ft.observable
@dataclass
class Adding:
    """The word that is searched, and how much is wanted."""

    search: str = ""
    quantity: str = "1"


@component
def AddPart(draft: Editing) -> Any:
    sitting = use_sitting()
    adding = use_passing(Adding)
    say, words = sitting.say, sitting.words
    found = sitting.read(find_parts, adding.search) if adding.search.strip() else ()
    amount = number_in(adding.quantity)

    def add(code: str) -> None:
        lines = list(draft.job.get("materials") or ())
        draft.put("materials", [*lines, {"part": code, "quantity": amount or 1.0}])
        adding.search = ""

    offered: list[ft.Control] = [
        buttons.tap(
            text.body(f"{words.either(part.label_fr, part.label_en)} · {part.unit}"),
            press=partial(add, part.code),
            key=f"part-{part.code}",
            padding=ft.Padding.symmetric(horizontal=12, vertical=12),
        )
        for part in found
    ]
    quantity = fields.text_field(
        say("Quantity"), adding.quantity, partial(setattr, adding, "quantity"),
        key="part-quantity", numeric=True,
    )  # fmt: skip
    search = fields.text_field(
        say("Which part"), adding.search, partial(setattr, adding, "search"),
        key="part-search", icon=ft.Icons.SEARCH,
    )  # fmt: skip
    row = ft.Row([ft.Container(quantity, width=140), ft.Container(search, expand=True)], spacing=12)
    return ft.Column([row, *offered], spacing=6, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)

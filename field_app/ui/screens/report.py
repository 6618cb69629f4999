"""A new defect, in under fifteen seconds: where, what, how bad."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.vocabulary import WorkOrderSource
from field_app.actions.work_orders import NewOrder, create
from field_app.reads.assets import Found
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, fields
from field_app.ui.parts.asset_picker import AssetPicker
from field_app.ui.parts.form import form
from field_app.ui.sitting import Sitting, use_optional, use_sitting
from field_app.ui.themes import ACTION, BAD, WARN
from field_app.ui.words import noted

COMMON = (
    noted("Pothole"),
    noted("Damaged sign"),
    noted("Water leak"),
    noted("Street light out"),
    noted("Obstruction"),
    noted("Blocked catch basin"),
)

URGENCIES = (
    (1, noted("Danger, at once"), BAD),
    (2, noted("Today"), WARN),
    (3, noted("Normal"), ACTION),
)


@component
def Report() -> Any:
    sitting = use_sitting()
    asset, set_asset = use_optional(Found)
    what, set_what = ft.use_state("")
    priority, set_priority = ft.use_state(3)
    note, set_note = ft.use_state("")
    say = sitting.say

    def save() -> None:
        if asset is None:
            return
        new = NewOrder(
            title=what.strip(),
            asset_id=asset.id,
            priority=priority,
            description=note.strip() or None,
            source=WorkOrderSource.DEFECT,
        )
        order = sitting.make(create, new, device_code=sitting.workplace.link.device_code)
        if order is not None:
            sitting.tell(say("Reported: {what}, {where}.", what=what, where=asset.name))
            sitting.go(f"/orders/{order.id}")

    ready = asset is not None and bool(what.strip())
    parts = [
        cards.section(say("Where"), [AssetPicker(asset, set_asset, key="where")]),
        cards.section(say("What"), _what(sitting, what, set_what)),
        cards.section(say("How bad"), [_urgency(sitting, priority, set_priority)]),
        fields.text_field(say("Note (optional)"), note, set_note, key="defect-note", lines=2),
    ]
    button = buttons.main_button(
        say("Report"), icon=ft.Icons.SEND, press=save, disabled=not ready, key="report"
    )
    return form(sitting, say("Report a defect"), parts, button)


def _what(sitting: Sitting, what: str, set_what: Any) -> list[ft.Control]:
    common = [sitting.say(word) for word in COMMON]
    row = [
        buttons.choice_button(
            word, chosen=what == word, press=partial(set_what, word), key=f"what-{place}"
        )
        for place, word in enumerate(common)
    ]
    field = fields.text_field(sitting.say("Or in your words"), what, set_what, key="what")
    return [ft.Row(row, wrap=True, spacing=10, run_spacing=10), field]


def _urgency(sitting: Sitting, priority: int, set_priority: Any) -> ft.Control:
    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=priority == level,
            press=partial(set_priority, level),
            key=f"urgency-{level}",
            colour=colour,
        )
        for level, word, colour in URGENCIES
    ]
    return ft.Row(row, wrap=True, spacing=tokens.GRID_PX + 2, run_spacing=10)

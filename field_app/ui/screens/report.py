"""A new defect, in under fifteen seconds: where, what, how bad."""

from dataclasses import dataclass
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
from field_app.ui.sitting import Sitting, use_draft, use_sitting
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


@ft.observable
@dataclass
class Draft:
    asset: Found | None = None
    what: str = ""
    priority: int = 3
    note: str = ""
    sent: bool = False
    """A second press on the button must not make a second order."""

    @property
    def ready(self) -> bool:
        return self.asset is not None and bool(self.what.strip()) and not self.sent


@component
def Report() -> Any:
    sitting = use_sitting()
    draft = use_draft(Draft)
    say = sitting.say
    water = buttons.plain_button(
        say("A water main is broken: which valves?"),
        icon=ft.Icons.WATER_DROP,
        press=lambda: sitting.go("/break"),
        key="to-break",
    )
    parts = [
        ft.Row([water]),
        cards.section(
            say("Where"), [AssetPicker(draft.asset, partial(setattr, draft, "asset"), key="where")]
        ),
        cards.section(say("What"), _what(sitting, draft)),
        cards.section(say("How bad"), [_urgency(sitting, draft)]),
        fields.text_field(
            say("Note (optional)"),
            draft.note,
            partial(setattr, draft, "note"),
            key="defect-note",
            lines=2,
        ),
    ]
    button = buttons.main_button(
        say("Report"),
        icon=ft.Icons.SEND,
        press=lambda: _save(sitting, draft),
        disabled=not draft.ready,
        key="report",
    )
    return form(sitting, say("Report a defect"), parts, button)


def _save(sitting: Sitting, draft: Draft) -> None:
    asset = draft.asset
    if asset is None or not draft.ready:
        return
    draft.sent = True
    new = NewOrder(
        title=draft.what.strip(),
        asset_id=asset.id,
        priority=draft.priority,
        description=draft.note.strip() or None,
        source=WorkOrderSource.DEFECT,
    )
    order = sitting.make(create, new, device_code=sitting.workplace.link.device_code)
    if order is None:
        draft.sent = False
        return
    sitting.tell(sitting.say("Reported: {what}, {where}.", what=new.title, where=asset.name))
    sitting.go(f"/orders/{order.id}")


def _what(sitting: Sitting, draft: Draft) -> list[ft.Control]:
    common = [sitting.say(word) for word in COMMON]
    row = [
        buttons.choice_button(
            word,
            chosen=draft.what == word,
            press=partial(setattr, draft, "what", word),
            key=f"what-{place}",
        )
        for place, word in enumerate(common)
    ]
    field = fields.text_field(
        sitting.say("Or in your words"), draft.what, partial(setattr, draft, "what"), key="what"
    )
    return [ft.Row(row, wrap=True, spacing=10, run_spacing=10), field]


def _urgency(sitting: Sitting, draft: Draft) -> ft.Control:
    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=draft.priority == level,
            press=partial(setattr, draft, "priority", level),
            key=f"urgency-{level}",
            colour=colour,
        )
        for level, word, colour in URGENCIES
    ]
    return ft.Row(row, wrap=True, spacing=tokens.GRID_PX + 2, run_spacing=10)

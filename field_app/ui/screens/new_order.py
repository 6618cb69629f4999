"""A foreman's new order: where, what, by when, to which crew; it leaves dispatched."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.vocabulary import WorkOrderKind as Kind
from field_app.actions import work_orders
from field_app.actions.checklists import CHECKLISTS
from field_app.reads.assets import Found
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, fields, status
from field_app.ui.parts.asset_picker import AssetPicker
from field_app.ui.parts.dispatch import crew_choice
from field_app.ui.parts.form import form
from field_app.ui.sitting import Sitting, use_optional, use_sitting
from field_app.ui.words import noted

KINDS = (Kind.CORRECTIVE, Kind.INSPECTION, Kind.PREVENTIVE, Kind.EMERGENCY)
DAYS = ((0, noted("Today")), (1, noted("Tomorrow")), (7, noted("In a week")))
SHIFT_END = time(16, 0)


@component
def NewOrder() -> Any:
    sitting = use_sitting()
    asset, set_asset = use_optional(Found)
    title, set_title = ft.use_state("")
    kind, set_kind = ft.use_state(Kind.CORRECTIVE)
    days, set_days = ft.use_state(1)
    crew_id, set_crew = use_optional(str)
    safety, set_safety = ft.use_state("")
    say = sitting.say

    def save() -> None:
        if asset is None:
            return
        new = work_orders.NewOrder(
            title=title.strip(),
            asset_id=asset.id,
            kind=kind,
            due_at=_due(sitting, days),
            crew_id=crew_id,
            safety_note=safety.strip() or None,
            steps=CHECKLISTS.get(kind, ()),
        )
        order = sitting.make(
            work_orders.create,
            new,
            device_code=sitting.workplace.link.device_code,
            dispatch=crew_id is not None,
        )
        if order is not None:
            sitting.tell(say("Order created.") if crew_id is None else say("Dispatched."))
            sitting.go(f"/orders/{order.id}")

    what = fields.text_field(say("What is to be done"), title, set_title, key="title")
    parts = [
        cards.section(say("Where"), [AssetPicker(asset, set_asset, key="where")]),
        cards.section(say("What"), [what, _kinds(sitting, kind, set_kind)]),
        cards.section(say("Before the end of the shift of"), [_days(sitting, days, set_days)]),
        cards.section(say("To which crew"), [crew_choice(sitting, crew_id, set_crew)]),
        fields.text_field(
            say("Safety note (optional)"), safety, set_safety, key="safety-note", lines=2
        ),
    ]
    button = buttons.main_button(
        say("Create") if crew_id is None else say("Create and dispatch"),
        icon=ft.Icons.SEND,
        press=save,
        disabled=asset is None or not title.strip(),
        key="create",
    )
    return form(sitting, say("New order"), parts, button)


def _kinds(sitting: Sitting, chosen: str, choose: Any) -> ft.Control:
    row = [
        buttons.choice_button(
            sitting.say(status.KINDS[kind]),
            chosen=kind == chosen,
            press=partial(choose, kind),
            key=f"kind-{kind}",
        )
        for kind in KINDS
    ]
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


def _days(sitting: Sitting, chosen: int, choose: Any) -> ft.Control:
    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=count == chosen,
            press=partial(choose, count),
            key=f"due-{count}",
        )
        for count, word in DAYS
    ]
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


def _due(sitting: Sitting, days: int) -> datetime:
    zone = sitting.workplace.zone
    day = sitting.workplace.clock().astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, SHIFT_END, tzinfo=zone)

"""A foreman's new order: where, what, by when, to which crew; it leaves dispatched."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.vocabulary import WorkOrderKind as Kind
from field_app.actions import work_orders
from field_app.actions.checklists import CHECKLISTS
from field_app.ui.guard import component
from field_app.ui.map.placing import Place, place_parts, place_told
from field_app.ui.parts import buttons, cards, fields, status
from field_app.ui.parts.dispatch import crew_choice
from field_app.ui.parts.form import form
from field_app.ui.sitting import Sitting, use_draft, use_sitting
from field_app.ui.words import noted

KINDS = (Kind.CORRECTIVE, Kind.INSPECTION, Kind.PREVENTIVE, Kind.EMERGENCY)
DAYS = ((0, noted("Today")), (1, noted("Tomorrow")), (7, noted("In a week")))
SHIFT_END = time(16, 0)


@ft.observable
@dataclass
class Draft:
    place: Place = field(default_factory=Place)
    title: str = ""
    kind: str = Kind.CORRECTIVE
    days: int = 1
    crew_id: str | None = None
    safety: str = ""
    sent: bool = False
    """A second press on the button must not make a second order."""

    @property
    def ready(self) -> bool:
        return self.place.asset is not None and bool(self.title.strip()) and not self.sent


@component
def NewOrder(rest: str) -> Any:
    """`rest` may name the place, as ``asset/ID`` or ``at/LONGITUDE,LATITUDE``."""
    sitting = use_sitting()
    draft = use_draft(lambda: _taken_up(sitting, rest))
    say = sitting.say
    set_place, set_crew = partial(setattr, draft, "place"), partial(setattr, draft, "crew_id")
    what = fields.text_field(
        say("What is to be done"), draft.title, partial(setattr, draft, "title"), key="title"
    )
    parts = [
        cards.section(say("Where"), place_parts(sitting, draft.place, set_place)),
        cards.section(say("What"), [what, _kinds(sitting, draft)]),
        cards.section(say("Before the end of the shift of"), [_days(sitting, draft)]),
        cards.section(say("To which crew"), [crew_choice(sitting, draft.crew_id, set_crew)]),
        fields.text_field(
            say("Safety note (optional)"),
            draft.safety,
            partial(setattr, draft, "safety"),
            key="safety-note",
            lines=2,
        ),
    ]
    button = buttons.main_button(
        say("Create") if draft.crew_id is None else say("Create and dispatch"),
        icon=ft.Icons.SEND,
        press=lambda: _save(sitting, draft),
        disabled=not draft.ready,
        key="create",
    )
    return form(sitting, say("New order"), parts, button)


def _taken_up(sitting: Sitting, rest: str) -> Draft:
    """What was filled in before one went to show the place on the map."""
    draft = sitting.kept.draft(f"drafted {sitting.signed.id}", Draft)
    if not (draft.title or draft.safety):  # A place alone is of a visit that came to nothing.
        draft.place = Place()
    place = place_told(sitting, rest)
    if place is not None:
        draft.place = place
    return draft


def _save(sitting: Sitting, draft: Draft) -> None:
    place = draft.place
    if place.asset is None or not draft.ready:
        return
    draft.sent = True
    new = work_orders.NewOrder(
        title=draft.title.strip(),
        asset_id=place.asset.id,
        from_m=place.from_m,
        place=place.address or None,
        kind=draft.kind,
        due_at=_due(sitting, draft.days),
        crew_id=draft.crew_id,
        safety_note=draft.safety.strip() or None,
        steps=CHECKLISTS.get(draft.kind, ()),
    )
    code, at_once = sitting.workplace.link.device_code, draft.crew_id is not None
    order = sitting.make(work_orders.create, new, device_code=code, dispatch=at_once)
    if order is None:
        draft.sent = False
        return
    sitting.kept.drop(f"drafted {sitting.signed.id}")
    say = sitting.say
    sitting.tell(say("Dispatched.") if at_once else say("Order created."))
    sitting.go(f"/orders/{order.id}")


def _kinds(sitting: Sitting, draft: Draft) -> ft.Control:
    row = [
        buttons.choice_button(
            sitting.say(status.KINDS[kind]),
            chosen=kind == draft.kind,
            press=partial(setattr, draft, "kind", kind),
            key=f"kind-{kind}",
        )
        for kind in KINDS
    ]
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


def _days(sitting: Sitting, draft: Draft) -> ft.Control:
    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=count == draft.days,
            press=partial(setattr, draft, "days", count),
            key=f"due-{count}",
        )
        for count, word in DAYS
    ]
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


def _due(sitting: Sitting, days: int) -> datetime:
    zone = sitting.workplace.zone
    day = sitting.workplace.clock().astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, SHIFT_END, tzinfo=zone)

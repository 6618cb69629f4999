"""A foreman's new order: where, what, by when, to which crew; of a template or written here.

What a template makes is shown before it is made; a family is made whole, in one go.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.job_templates import JobTemplate
from asset_model.vocabulary import WorkOrderKind as Kind
from field_app.actions import new_orders, templates, work_orders
from field_app.actions.checklists import CHECKLISTS
from field_app.reads.templates import template_of
from field_app.ui import times
from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, emptied, use_draft, written_as
from field_app.ui.map.placing import Place, place_parts, place_told, taken_of, told_of
from field_app.ui.parts import buttons, cards, fields, status
from field_app.ui.parts.dispatch import crew_choice
from field_app.ui.parts.form import form
from field_app.ui.parts.template_choice import template_parts
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

KINDS = (Kind.CORRECTIVE, Kind.INSPECTION, Kind.PREVENTIVE, Kind.EMERGENCY)
DAYS = ((0, noted("Today")), (1, noted("Tomorrow")), (7, noted("In a week")))
AS_PROMISED = -1
"""In place of days: when the template says."""
SHIFT_END = time(16, 0)


BY_ID = written_as(lambda template: template.id, lambda sitting, id: sitting.read(template_of, id))


@ft.observable
@dataclass
class Draft:
    place: Place = field(default_factory=Place, metadata=written_as(told_of, taken_of))
    template: JobTemplate | None = field(default=None, metadata=BY_ID)
    choosing: bool = False
    """Among the templates."""
    title: str = ""
    kind: str = Kind.CORRECTIVE
    days: int = 1
    crew_id: str | None = None
    safety: str = ""
    sent: bool = field(default=False, metadata=FLEETING)
    """A second press on the button must not make a second order."""

    @property
    def ready(self) -> bool:
        return self.place.asset is not None and bool(self.title.strip()) and not self.sent

    @property
    def skill(self) -> str | None:
        return self.template.skill if self.template is not None else None

    def take(self, template: JobTemplate) -> None:
        """What the template says stands in the form; it can be written over."""
        self.template, self.choosing = template, False
        self.title, self.crew_id = template.title_fr, template.crew_id or self.crew_id
        self.days = AS_PROMISED if template.due_hours is not None else self.days

    def drop(self) -> None:
        self.template, self.title = None, ""
        self.days = 1 if self.days == AS_PROMISED else self.days


@component
def NewOrder(rest: str) -> Any:
    """`rest` may name the place, as ``asset/ID`` or ``at/LONGITUDE,LATITUDE``; or a template, as
    ``template/ID``.
    """
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name="new-order")
    _begun: Any = ft.use_ref(lambda: _begin(sitting, draft, rest))
    say = sitting.say
    set_place, set_crew = partial(setattr, draft, "place"), partial(setattr, draft, "crew_id")
    parts = [
        cards.section(say("Where"), place_parts(sitting, draft.place, set_place)),
        cards.section(say("What"), _what(sitting, draft)),
        cards.section(say("Before the end of the shift of"), [_days(sitting, draft)]),
        cards.section(
            say("To which crew"), [crew_choice(sitting, draft.crew_id, set_crew, draft.skill)]
        ),
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


def _begin(sitting: Sitting, draft: Draft, rest: str) -> bool:
    """What was filled in before is there still, at the place that the route names."""
    if not (draft.title or draft.safety):  # A place alone is of a visit that came to nothing.
        draft.place = Place()
    place = place_told(sitting, rest)
    if place is not None:
        draft.place = place
    kind, _, id = rest.partition("/")
    template = sitting.read(template_of, id) if kind == "template" else None
    if template is not None:
        draft.take(template)
    return True


def _what(sitting: Sitting, draft: Draft) -> list[ft.Control]:
    if draft.choosing or draft.template is not None:
        asset = draft.place.asset
        return template_parts(sitting, draft, asset.id if asset else None, _title(sitting, draft))
    choose = buttons.plain_button(
        sitting.say("From a template…"),
        icon=ft.Icons.ACCOUNT_TREE,
        press=partial(setattr, draft, "choosing", True),
        key="from-template",
    )
    return [ft.Row([choose]), _title(sitting, draft), _kinds(sitting, draft)]


def _title(sitting: Sitting, draft: Draft) -> ft.Control:
    return fields.text_field(
        sitting.say("What is to be done"), draft.title, partial(setattr, draft, "title"),
        key="title",
    )  # fmt: skip


def _save(sitting: Sitting, draft: Draft) -> None:
    if draft.place.asset is None or not draft.ready:
        return
    draft.sent = True
    ids = _made(sitting, draft)
    if not ids:
        draft.sent = False
        return
    say, words = sitting.say, sitting.words
    done = say("Dispatched.") if draft.crew_id is not None else say("Order created.")
    emptied(draft)
    if len(ids) > 1:
        done = words.several("{count} job made, under one order.",
                             "{count} jobs made, under one order.", len(ids) - 1)  # fmt: skip

    def undo() -> None:
        sitting.act(templates.take_back, ids, say("Undone at once"))

    sitting.tell(done, undo=undo)
    sitting.go(f"/orders/{ids[0]}")


def _made(sitting: Sitting, draft: Draft) -> list[str] | None:
    """The ids of what was made, the order that one then sees first."""
    place, code = draft.place, sitting.workplace.link.device_code
    assert place.asset is not None
    same: dict[str, Any] = {
        "title": draft.title.strip(),
        "asset_id": place.asset.id,
        "from_m": place.from_m,
        "place": place.address or None,
        "due_at": None if draft.days == AS_PROMISED else _due(sitting, draft.days),
        "crew_id": draft.crew_id,
        "safety_note": draft.safety.strip() or None,
        "dispatch": draft.crew_id is not None,
    }
    if draft.template is not None:
        wanted = templates.Wanted(**same)
        return sitting.make(templates.make, draft.template.id, wanted, device_code=code)
    steps = CHECKLISTS.get(draft.kind, ())
    new = new_orders.NewOrder(kind=draft.kind, steps=steps, **same)
    made = sitting.make(work_orders.create_all, [new], device_code=code)
    return [order.id for order in made] if made else None


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
            word,
            chosen=count == draft.days,
            press=partial(setattr, draft, "days", count),
            key="due-promise" if count == AS_PROMISED else f"due-{count}",
        )
        for count, word in [*_promised(sitting, draft), *((c, sitting.say(w)) for c, w in DAYS)]
    ]
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


def _promised(sitting: Sitting, draft: Draft) -> list[tuple[int, str]]:
    template = draft.template
    if template is None or template.due_hours is None:
        return []
    now, zone = sitting.workplace.clock(), sitting.workplace.zone
    due_at = now + timedelta(hours=template.due_hours)
    by = times.due(due_at, now=now, zone=zone, words=sitting.words)
    return [(AS_PROMISED, sitting.say("As promised: {when}", when=by))]


def _due(sitting: Sitting, days: int) -> datetime:
    zone = sitting.workplace.zone
    day = sitting.workplace.clock().astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, SHIFT_END, tzinfo=zone)

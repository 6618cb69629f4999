"""The street closures of an order: what is closed, closing the street, and opening it again."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.closures import Closure, ClosureCause, ClosureKind, ClosureStatus
from asset_model.roles import may_insert
from asset_model.vocabulary import OPEN_STATUSES, WorkOrderKind
from asset_model.work_orders import WorkOrder
from field_app.actions.closures import NewClosure, close_street, lift, put_in_force
from field_app.reads.closures import Street, closures_about, street_under
from field_app.reads.order_page import OrderPage
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.check_signing import kilometres as number
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

KINDS = (
    (ClosureKind.CLOSED, noted("Street closed")),
    (ClosureKind.RESTRICTED, noted("Traffic restricted")),
)
SIDES = ((None, noted("Both sides")), ("left", noted("Left side")), ("right", noted("Right side")))
CAUSES = (
    (ClosureCause.WORKS, noted("Works")),
    (ClosureCause.BREAK, noted("Water main break")),
    (ClosureCause.SNOW, noted("Snow removal")),
    (ClosureCause.FLOOD, noted("Flood")),
    (ClosureCause.EVENT, noted("Event")),
    (ClosureCause.EMERGENCY, noted("Emergency")),
)
STATUSES = {
    ClosureStatus.PLANNED: noted("to come"),
    ClosureStatus.IN_FORCE: noted("in force"),
    ClosureStatus.LIFTED: noted("lifted"),
}
HOURS = (2, 4, 8, 24)
USUAL = {WorkOrderKind.WINTER: ClosureCause.SNOW, WorkOrderKind.EMERGENCY: ClosureCause.BREAK}


@ft.observable
@dataclass
class Draft:
    """What is chosen so far. Measures are text while they are typed; `hours` 0: not known."""

    open: bool = False
    kind: str = ClosureKind.CLOSED
    side: str | None = None
    cause: str = ""
    from_m: str = ""
    to_m: str = ""
    hours: int = 0
    detour: str = ""

    def start(self, street: Street, order: WorkOrder) -> None:
        """The whole segment, as streets are closed from corner to corner; what was typed stays."""
        self.open = True
        if self.cause:
            return
        self.from_m, self.to_m = "0", f"{street.length_m:.0f}"
        self.cause = USUAL.get(WorkOrderKind(order.kind), ClosureCause.WORKS)


@component
def OrderClosures(page: OrderPage) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name=f"closure-{page.order.id}")
    closures = sitting.read(closures_about, page.order)
    rows = [_row(sitting, each) for each in closures]
    street = sitting.read(street_under, page.order)
    if street and draft.open:
        rows += _form(sitting, page, street, draft)
    elif street and _may_close(sitting, page):
        rows.append(_opening(sitting, page, street, draft))
    if not rows:
        return ft.Container(height=0)
    return cards.section(sitting.say("Street closures"), rows)


def _may_close(sitting: Sitting, page: OrderPage) -> bool:
    return page.order.status in OPEN_STATUSES and may_insert(sitting.signed.role, "closure")


def _opening(sitting: Sitting, page: OrderPage, street: Street, draft: Draft) -> ft.Control:
    button = buttons.plain_button(
        sitting.say("Close {street}", street=street.name),
        icon=ft.Icons.BLOCK,
        press=partial(draft.start, street, page.order),
        key="close-street",
    )
    return ft.Row([button])


def _row(sitting: Sitting, closure: Closure) -> ft.Control:
    acts: list[ft.Control] = []
    if may_insert(sitting.signed.role, "closure"):
        if closure.status == ClosureStatus.PLANNED:
            acts.append(_act(sitting, put_in_force, closure, noted("The signs are out"), "begin"))
        if closure.status == ClosureStatus.IN_FORCE:
            acts.append(_act(sitting, lift, closure, noted("The street is open again"), "lift"))
    told = [text.strong(_heading(sitting, closure)), text.small(_when(sitting, closure), lines=3)]
    if closure.detour:
        told.append(text.body(sitting.say("Detour: {words}", words=closure.detour)))
    return ft.Column([*told, *([ft.Row(acts, wrap=True)] if acts else [])], spacing=6)


def _act(sitting: Sitting, verb: Any, closure: Closure, word: str, key: str) -> ft.Control:
    return buttons.plain_button(
        sitting.say(word),
        press=lambda: sitting.act(verb, closure.id),
        key=f"closure-{key}-{closure.id}",
    )


def _heading(sitting: Sitting, closure: Closure) -> str:
    kind = sitting.say(dict(KINDS)[ClosureKind(closure.kind)])
    status = sitting.say(STATUSES[ClosureStatus(closure.status)])
    return f"{kind} · {closure.place or ''} · {status}"


def _when(sitting: Sitting, closure: Closure) -> str:
    words, at = sitting.words, sitting.when
    stretch = f"{words.number(round(closure.from_m))}–{words.number(round(closure.to_m))}\u00a0m"
    parts = [stretch, *([sitting.say(dict(SIDES)[closure.side])] if closure.side else [])]
    if closure.lifted_at is not None:
        return " · ".join([*parts, sitting.say("open again since {at}", at=at(closure.lifted_at))])
    parts.append(sitting.say("from {at}", at=at(closure.begins_at)))
    if closure.ends_at is None:
        parts.append(sitting.say("end not known"))
    else:
        late = closure.ends_at < sitting.workplace.clock()
        word = noted("should have ended {at}") if late else noted("until {at}")
        parts.append(sitting.say(word, at=at(closure.ends_at)))
    return " · ".join(parts)


def _form(sitting: Sitting, page: OrderPage, street: Street, draft: Draft) -> list[ft.Control]:
    say = sitting.say

    def save() -> None:
        now = sitting.workplace.clock()
        start, end = number(draft.from_m), number(draft.to_m)
        new = NewClosure(
            page.order.id, street, start or 0.0, end or 0.0, draft.kind, draft.side, draft.cause,
            ends_at=now + timedelta(hours=draft.hours) if draft.hours else None,
            detour=draft.detour,
        )  # fmt: skip
        if sitting.act(close_street, new):
            emptied(draft)
            sitting.tell(say("Closure saved on this tablet."))

    hours = [(0, say("Not known")), *((n, say("{count} h", count=n)) for n in HOURS)]
    measures: list[ft.Control] = [
        ft.Container(_metres(sitting, draft, name, word), expand=True)
        for name, word in (("from_m", noted("Starting at")), ("to_m", noted("Ending at")))
    ]
    return [
        text.strong(say("{street}: {length} m long", street=street.name,
                        length=sitting.words.number(round(street.length_m)))),
        _choices(draft, "kind", [(code, say(word)) for code, word in KINDS]),
        ft.Row(measures, spacing=12),
        _choices(draft, "side", [(code, say(word)) for code, word in SIDES]),
        _choices(draft, "cause", [(code, say(word)) for code, word in CAUSES]),
        text.small(say("How long, as far as one knows")),
        _choices(draft, "hours", hours),
        fields.text_field(say("Detour"), draft.detour, partial(setattr, draft, "detour"),
                          key="closure-detour", lines=2),
        ft.Row(
            [
                buttons.plain_button(say("Save the closure"), icon=ft.Icons.BLOCK, press=save,
                                     key="closure-save"),
                buttons.plain_button(say("Back"), press=partial(setattr, draft, "open", False),
                                     key="closure-back"),
            ],
            wrap=True,
        ),
    ]  # fmt: skip


def _metres(sitting: Sitting, draft: Draft, name: str, word: str) -> ft.Control:
    return fields.text_field(
        sitting.say(word), getattr(draft, name), partial(setattr, draft, name),
        key=f"closure-{name}", numeric=True, suffix="m",
    )  # fmt: skip


def _choices(draft: Draft, name: str, words: list[tuple[Any, str]]) -> ft.Control:
    made: list[ft.Control] = [
        buttons.choice_button(
            word, chosen=getattr(draft, name) == code, press=partial(setattr, draft, name, code),
            key=f"closure-{name}-{code}",
        )
        for code, word in words
    ]  # fmt: skip
    return ft.Row(made, wrap=True, spacing=10, run_spacing=10)

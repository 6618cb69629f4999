"""At the wheel of a plow, a spreader or a sweeper: the pass is done, by one large press."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.passes import PassKind
from asset_model.roles import may_insert
from asset_model.vocabulary import WorkOrderKind
from field_app.reads.closures import Street
from field_app.reads.orders import OrderLine
from field_app.reads.passes import last_own, street_at, street_of, street_of_order, way_along
from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.pass_load import LoadDraft, change, load_words, use_load
from field_app.ui.parts.street_passes import back, told_pass
from field_app.ui.sitting import Sitting, use_sitting

PRESS_PX = 104


@dataclass(frozen=True)
class AtHand:
    """The street under the wheels, with the way one drives it, else that of the next order."""

    street: Street
    direction: str | None
    order_id: str | None


def makes_passes(sitting: Sitting, line: OrderLine | None, draft: LoadDraft) -> bool:
    """Who told of passes this shift, or has winter work to do next."""
    to_do = line is not None and line.kind == WorkOrderKind.WINTER
    wanted = to_do or draft.recent(sitting.workplace.clock())
    return wanted and may_insert(sitting.signed.role, "pass")


@component
def DrivingPass(line: OrderLine | None) -> Any:
    sitting = use_sitting()
    draft = use_load(sitting)
    pressed: Any = ft.use_ref(None)
    here = _at_hand(sitting, line)
    if here is None:
        return cards.card([text.strong(sitting.say("No street of ours under the wheels."))])

    def press() -> None:
        """A gloved finger presses twice; that is one pass."""
        at = sitting.workplace.clock()
        if pressed.current is None or at - pressed.current >= times.DOUBLE_PRESS:
            pressed.current = at
            told_pass(sitting, here.street, draft, here.direction, here.order_id)

    return cards.card([_done(sitting, here, draft, press), _levers(sitting, draft)])


def _at_hand(sitting: Sitting, line: OrderLine | None) -> AtHand | None:
    position = sitting.position
    of_order = sitting.read(street_of_order, line.id) if line else None
    here = sitting.read(street_at, position) if position else None
    if here is None or position is None:
        return AtHand(street_of(of_order), None, line.id) if line and of_order else None
    way = way_along(here.geometry or {}, position, sitting.course)
    mine = line.id if line and of_order and of_order.id == here.id else None
    return AtHand(street_of(here), way, mine)


def _done(sitting: Sitting, here: AtHand, draft: LoadDraft, press: Any) -> ft.Control:
    inside = ft.Row(
        [
            ft.Icon(ft.Icons.ADD_ROAD, size=44),
            ft.Column(
                [
                    text.strong(
                        sitting.say("Pass done: {street}", street=here.street.name),
                        size_px=tokens.TITLE_PX, lines=2,
                    ),
                    text.small(load_words(sitting, draft.now()), lines=2),
                ],
                spacing=2,
                expand=True,
                alignment=ft.MainAxisAlignment.CENTER,
            ),
        ],
        spacing=16,
    )  # fmt: skip
    return buttons.tap(
        inside, press=press, key="drive-pass", height=PRESS_PX, chosen=True,
        padding=ft.Padding.symmetric(horizontal=16),
    )  # fmt: skip


def _levers(sitting: Sitting, draft: LoadDraft) -> ft.Control:
    """Blade and spreader, each by one press; and the last pass taken back."""
    load, asks = draft.load, partial(change, sitting, draft)
    made: list[ft.Control] = []
    if load.blade_down is not None:
        word = sitting.say("Blade down") if load.blade_down else sitting.say("Blade up")
        lift = partial(asks, blade_down=not load.blade_down)
        made.append(_lever(word, load.blade_down, "drive-blade", lift))
    if load.kind == PassKind.CLEARING and draft.spread:
        on = load.material is not None
        word = sitting.say("Spreader on") if on else sitting.say("Spreader off")
        turn = partial(asks, material=None if on else draft.spread)
        made.append(_lever(word, on, "drive-spreader", turn))
    last = sitting.read(last_own, sitting.signed.id, now=sitting.workplace.clock())
    if last is not None:
        word = sitting.say("Take back: {street}", street=last.place or "")
        press = partial(back, sitting, last.id)
        made.append(
            buttons.plain_button(word, icon=ft.Icons.UNDO, press=press, key="drive-pass-back")
        )
    return ft.Row(made, wrap=True, spacing=12, run_spacing=12)


def _lever(word: str, on: bool, key: str, press: Any) -> ft.Control:
    return buttons.choice_button(word, chosen=on, press=press, key=key)

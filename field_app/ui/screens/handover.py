"""Notes between shifts: written by who leaves, shown to who comes until they have read them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.dispatching import Shift
from field_app.actions import handover
from field_app.reads.handover import notes, orders_to_pin, unread
from field_app.reads.people import crews
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.form import form
from field_app.ui.parts.handover_card import SHIFTS, note_card
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

DAYS = ((0, noted("Today")), (1, noted("Tomorrow")))


@ft.observable
@dataclass
class Draft:
    text: str = ""
    crew_id: str | None = None
    ahead: int = 0
    shift: Shift = Shift.EVENING
    pinned: list[str] = field(default_factory=list)

    def pin(self, order_id: str) -> None:
        rest = [one for one in self.pinned if one != order_id]
        self.pinned = rest if len(rest) < len(self.pinned) else [*rest, order_id]


@component
def UnreadNotes(left: Sequence[str]) -> Any:
    """What stands before one's work, once signed in, until it is read."""
    sitting = use_sitting()
    pages = [page for page in unread_notes(sitting) if page.note.id in left]

    def read() -> None:
        for page in pages:
            sitting.act(handover.mark_read, page.note.id)

    rows = [note_card(sitting, page) for page in pages]
    button = buttons.main_button(
        sitting.say("Read"), icon=ft.Icons.CHECK, press=read, key="notes-read"
    )
    return form(sitting, sitting.say("From the shift before"), rows, button)


def unread_notes(sitting: Sitting) -> Any:
    signed, workplace = sitting.signed, sitting.workplace
    return sitting.read(
        unread, signed.id, signed.crew_id, now=workplace.clock(), zone=workplace.zone
    )


@component
def Handover() -> Any:
    sitting = use_sitting()
    blank = partial(Draft, crew_id=sitting.signed.crew_id, shift=_coming(sitting))
    draft = use_draft(sitting, blank, name="handover")
    say = sitting.say
    body = fields.text_field(
        say("What the next shift must know"),
        draft.text,
        partial(setattr, draft, "text"),
        key="note-text",
        lines=3,
    )
    written = [note_card(sitting, page) for page in sitting.read(notes)]
    parts = [
        cards.section(say("A note"), [body, *_for_whom(sitting, draft), *_pins(sitting, draft)]),
        *(written or [text.small(say("No note has been written yet."))]),
    ]
    button = buttons.main_button(
        say("Leave the note"),
        icon=ft.Icons.SEND,
        press=partial(_save, sitting, draft),
        disabled=not draft.text.strip(),
        key="note-save",
    )
    return form(sitting, say("Notes between shifts"), parts, button)


def _coming(sitting: Sitting) -> Shift:
    """The shift that comes. They change about 8, 16 and 24 h; who leaves late writes late."""
    now = sitting.workplace.clock().astimezone(sitting.workplace.zone)
    return (Shift.DAY, Shift.EVENING, Shift.NIGHT)[(now - timedelta(hours=1)).hour // 8]


def _save(sitting: Sitting, draft: Draft) -> None:
    workplace = sitting.workplace
    today = workplace.clock().astimezone(workplace.zone).date()
    new = handover.NewNote(
        text=draft.text,
        crew_id=draft.crew_id,
        shift_on=today + timedelta(days=draft.ahead),
        shift=Shift(draft.shift),
        order_ids=tuple(draft.pinned),
    )
    if draft.text.strip() and sitting.make(handover.write, new) is not None:
        draft.text, draft.pinned = "", []
        sitting.tell(sitting.say("Note left. It is shown until it is read."))


def _for_whom(sitting: Sitting, draft: Draft) -> list[ft.Control]:
    say = sitting.say
    whose = [(None, say("Everybody")), *((c.id, c.name) for c in sitting.read(crews))]
    return [
        _choices([(id, name, f"note-crew-{place}") for place, (id, name) in enumerate(whose)],
                 draft, "crew_id"),
        _choices([(ahead, say(word), f"note-day-{ahead}") for ahead, word in DAYS],
                 draft, "ahead"),
        _choices([(shift, say(word), f"note-shift-{shift}") for shift, word in SHIFTS.items()],
                 draft, "shift"),
    ]  # fmt: skip


def _choices(options: Any, draft: Draft, name: str) -> ft.Control:
    row: list[ft.Control] = [
        buttons.choice_button(
            word,
            chosen=getattr(draft, name) == value,
            press=partial(setattr, draft, name, value),
            key=key,
            compact=True,
        )
        for value, word, key in options
    ]
    return ft.Row(row, wrap=True, spacing=8, run_spacing=8)


def _pins(sitting: Sitting, draft: Draft) -> list[ft.Control]:
    orders = sitting.read(orders_to_pin, draft.crew_id)
    if not orders:
        return []
    row: list[ft.Control] = [
        buttons.choice_button(
            f"{order.number or order.alias or ''} {order.title}".strip(),
            chosen=order.id in draft.pinned,
            press=partial(draft.pin, order.id),
            key=f"pin-{order.id}",
            compact=True,
        )
        for order in orders
    ]
    heading = text.strong(sitting.say("Orders to look at"))
    return [heading, ft.Row(row, wrap=True, spacing=8, run_spacing=8)]

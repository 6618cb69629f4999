"""What waits, why and since when; what was not taken, with the reason; and a try now."""

from typing import Any

import flet as ft

from asset_model.errors import sentence
from field_app.reads.waiting import Tally, Waiting, tally, waiting
from field_app.store.local import State
from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.parts import base_map, buttons, cards, status, text
from field_app.ui.parts.form import form
from field_app.ui.parts.pill import pill
from field_app.ui.parts.reasons import why
from field_app.ui.parts.sync_help import keep_a_copy, photos_waiting, what_to_do
from field_app.ui.screens.enrolment import EnrolmentForm
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD
from field_app.ui.words import noted

ACTS = {
    ("work_order", "insert"): noted("New order"),
    ("work_order", "edit"): noted("Change of the order"),
    ("step", "edit"): noted("Answer to a step"),
    ("status_change", "insert"): noted("Progress of the order"),
    ("time_worked", "insert"): noted("Time worked"),
    ("material_used", "insert"): noted("Material used"),
    ("comment", "insert"): noted("Note"),
    ("equipment_used", "insert"): noted("Hours of a machine"),
    ("order_transfer", "insert"): noted("Order handed over"),
    ("store_movement", "insert"): noted("Parts of the truck"),
    ("photo", "insert"): noted("Photo"),
    ("step", "insert"): noted("New order"),
    ("asset_document", "insert"): noted("Document of an asset"),
    ("asset", "edit"): noted("Change of an asset"),
    ("inspection", "insert"): noted("Circle check"),
    ("countersignature", "insert"): noted("Circle check"),
    ("defect", "insert"): noted("Defect of a unit"),
    ("repair_certificate", "insert"): noted("Repair certificate"),
    ("service_exception", "insert"): noted("Exception"),
    ("unit_assignment", "insert"): noted("Unit of the order"),
    ("unit_assignment", "edit"): noted("Unit of the order"),
    ("meter_reading", "insert"): noted("Reading of a meter"),
    ("maintenance_sheet", "insert"): noted("Maintenance sheet"),
    ("brake_measure", "insert"): noted("Maintenance sheet"),
    ("settlement", "insert"): noted("Choice between two values"),
    ("alert", "insert"): noted("Alert raised"),
    ("acknowledgement", "insert"): noted("Answer to an alert"),
    ("handover_note", "insert"): noted("Note between shifts"),
    ("note_read", "insert"): noted("Note read"),
    ("pass", "insert"): noted("Pass of a unit"),
}
OTHER_ACT = noted("Change")

OWN_TROUBLES = ("device_unknown", "disk_full", "disk_failed")
"""Why nothing is exchanged although the server may well answer."""


@component
def Synchronization() -> Any:
    sitting = use_sitting()
    say = sitting.say
    counted, lines = sitting.read(tally), sitting.read(waiting)
    try_now = buttons.main_button(
        say("Try now"),
        icon=ft.Icons.SYNC,
        press=sitting.workplace.link.wake,
        key="try-now",
    )
    unsettled = [line for line in lines if line.state != State.PENDING]
    to_send = [line for line in lines if line.state == State.PENDING]
    parts = [_summary(sitting, counted)]
    if sitting.workplace.link.trouble == "device_unknown":
        parts.append(EnrolmentForm())
    if unsettled:
        rows = [_row(sitting, line) for line in unsettled]
        parts.append(cards.section(say("To settle"), rows))
    if to_send:
        rows = [_row(sitting, line) for line in to_send]
        parts.append(cards.section(say("To send"), rows))
    parts += [*photos_waiting(sitting), what_to_do(sitting, counted), *keep_a_copy(sitting)]
    return form(sitting, say("Synchronization"), parts, try_now)


def _summary(sitting: Sitting, counted: Tally) -> ft.Control:
    shown = pill(sitting, counted)
    lines: list[ft.Control] = [
        ft.Row(
            [
                ft.Icon(shown.icon, color=shown.colour, size=32),
                text.strong(shown.sentence, size_px=tokens.LEAD_PX, expand=True),
            ],
            spacing=12,
        ),
        *(text.body(line) for line in _explained(sitting, counted)),
        *(text.small(line) for line in base_map.told(sitting)),
    ]
    return cards.card(lines)


def _explained(sitting: Sitting, counted: Tally) -> list[str]:
    """What happened, what is safe, what comes next."""
    say, link, words = sitting.say, sitting.workplace.link, sitting.words
    now = sitting.workplace.clock()
    said = []
    if link.trouble in OWN_TROUBLES:
        said.append(sentence(link.trouble, sitting.language, {}))
    elif link.online is False:
        said.append(say("The server does not answer."))
    if counted.to_send:
        said.append(
            words.several(
                "{count} change is kept on the tablet until the server has it.",
                "{count} changes are kept on the tablet until the server has them.",
                counted.to_send,
            )
        )
    if link.retry_at is not None and link.retry_at > now:
        wait = times.seconds(link.retry_at - now, words)
        said.append(say("Next try in {wait}.", wait=wait))
    if counted.received_at is not None:
        at = sitting.when(counted.received_at)
        said.append(say("Last word from the server: {at}.", at=at))
    return said


def _row(sitting: Sitting, line: Waiting) -> ft.Control:
    words = sitting.words
    at = sitting.when(line.made_at)
    act = words.say(ACTS.get((line.table, line.op), OTHER_ACT))
    if line.table == "status_change" and line.status:
        status_word = words.say(status.sign_of(line.status).word)
        act = words.say("{act}: {status}", act=act, status=status_word)
    settle = line.state != State.PENDING
    inside: list[ft.Control] = [
        text.strong(f"{act} · {line.subject}" if line.subject else act),
        text.small(words.say("{person}, {at}", person=line.person, at=at)),
    ]
    if settle:
        inside.append(text.body(_why(sitting, line)))
    icon = ft.Icons.REPORT_PROBLEM if settle else ft.Icons.SCHEDULE_SEND
    content = ft.Row(
        [
            ft.Icon(icon, color=BAD if settle else ACTION, size=26),
            ft.Column(inside, spacing=2, expand=True),
        ],
        spacing=12,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    order_id = line.order_id
    if order_id is None:
        return ft.Container(content, padding=12)
    return buttons.tap(
        content,
        press=lambda: sitting.go(f"/orders/{order_id}"),
        key=f"waiting-{line.group_id}",
        padding=12,
    )


def _why(sitting: Sitting, line: Waiting) -> str:
    say, reason = sitting.say, why(sitting, line.code, line.details)
    if line.state == State.RETURNED:
        return reason
    if line.state == State.REFUSED:
        return say("Refused by the server: {why}", why=reason)
    return say("Put aside by the server, for the foreman to settle: {why}", why=reason)

"""The head of an order: street, what, number, status, by when and why."""

import flet as ft

from asset_model.vocabulary import OPEN_STATUSES
from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.reads.order_page import OrderPage
from field_app.ui import times, tokens
from field_app.ui.parts import cards, status, text
from field_app.ui.parts.template_preview import SKILLS, material
from field_app.ui.sitting import Sitting
from field_app.ui.themes import BAD, INK, SOFT
from field_app.ui.words import noted

FLAGS = {
    "worked_after_cancel": noted("Work was done after this order was cancelled."),
    "unit_out_of_service": noted("Work began with a unit that was out of service."),
    "steps_missing": noted("Finished with required steps left without an answer."),
}


def order_head(sitting: Sitting, page: OrderPage, mark: str | None) -> ft.Control:
    order, words = page.order, sitting.words
    chips = [status.chip(status.sign_of(order.status), words), _due(sitting, page)]
    if mark:
        chips.append(status.chip(status.MARKS[mark], words))
    parts: list[ft.Control] = [
        text.title(page.street or words.say("No street")),
        text.strong(order.title, size_px=tokens.LEAD_PX),
        ft.Row(chips, wrap=True, spacing=20, run_spacing=6),
        text.small(_foot(sitting, page)),
    ]
    if order.due_reason:
        parts.insert(3, text.small(words.say("Why then: {reason}", reason=order.due_reason)))
    if order.description:
        parts.append(text.body(order.description))
    if order.materials:
        parts.append(text.small(material(sitting, order.materials, page.parts)))
    if order.reason and order.status in (Status.ON_HOLD, Status.CANCELLED):
        parts.append(text.body(words.say("Reason given: {reason}", reason=order.reason)))
    if order.flag in FLAGS:
        flag = words.say(FLAGS[order.flag])
        parts.append(cards.banner(flag, icon=ft.Icons.FLAG, colour=BAD, name="flag"))
    return cards.card(parts, gap_px=8)


def _due(sitting: Sitting, page: OrderPage) -> ft.Control:
    now, due_at = sitting.workplace.clock(), page.order.due_at
    if page.order.status not in OPEN_STATUSES:
        return text.small("")
    late = due_at is not None and due_at < now
    sentence = times.due(due_at, now=now, zone=sitting.workplace.zone, words=sitting.words)
    colour = BAD if late else INK if due_at else SOFT
    icon = ft.Icon(ft.Icons.ALARM if late else ft.Icons.SCHEDULE, size=20, color=colour)
    return ft.Row([icon, text.small(sentence, colour=colour)], spacing=6, tight=True)


def _foot(sitting: Sitting, page: OrderPage) -> str:
    order, say = page.order, sitting.say
    parts = [
        order.number or order.alias,
        say(status.KINDS.get(order.kind, order.kind)),
        say(status.PRIORITIES.get(order.priority, "")) if order.priority else "",
        say(SKILLS[order.skill]) if order.skill in SKILLS else "",
        page.crew,
        say("for {person}", person=page.assignee) if page.assignee else "",
    ]
    if page.created_by:
        at = sitting.when(order.created_at)
        parts.append(say("by {person}, {at}", person=page.created_by, at=at))
    return " · ".join(part for part in parts if part)

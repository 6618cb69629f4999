"""One order: what, where and why, its steps, what was done and used, and what has been said."""

from typing import Any

import flet as ft

from asset_model.roles import may_insert
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.reads.fleet import VEHICLE
from field_app.reads.matters import matters_of
from field_app.reads.order_page import OrderPage, order_page
from field_app.reads.waiting import marks
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, panes
from field_app.ui.parts.action_bar import ActionBar
from field_app.ui.parts.asset_facts import asset_facts
from field_app.ui.parts.called_off import use_word_of_cancelling
from field_app.ui.parts.dispatch import Dispatch
from field_app.ui.parts.facts import Facts
from field_app.ui.parts.form import scrolled
from field_app.ui.parts.history import history
from field_app.ui.parts.order_answer import order_answer
from field_app.ui.parts.order_break import order_break, other_steps
from field_app.ui.parts.order_closures import OrderClosures
from field_app.ui.parts.order_cost import cost_of
from field_app.ui.parts.order_family import order_family
from field_app.ui.parts.order_head import order_head
from field_app.ui.parts.order_matters import to_settle
from field_app.ui.parts.order_sheet import sheet_of
from field_app.ui.parts.order_units import OrderUnits
from field_app.ui.parts.photos import Photos
from field_app.ui.parts.steps import StepRow
from field_app.ui.parts.street_passes import StreetPassesCard
from field_app.ui.parts.take_template import TakeTemplate
from field_app.ui.parts.told_outside import told_outside
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import WARN

WORKED_ON = (Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)


@component
def OrderScreen(order_id: str) -> Any:
    sitting = use_sitting()
    use_word_of_cancelling(sitting, order_id)
    page = sitting.read(order_page, order_id)
    if page is None:
        return _gone(sitting)
    mark = sitting.read(marks, [order_id]).get(order_id)
    settling = sitting.read(matters_of, order_id)
    parts = [
        *_back(sitting),
        order_head(sitting, page, mark),
        *_on_map(sitting, page),
        *_safety(sitting, page),
        *order_family(sitting, page),
        *_dispatching(sitting, page),
        *_to_unit(sitting, page),
        OrderUnits(order_id, _takes_units(page), key=f"units-{order_id}"),
        *order_break(sitting, page),
        *_steps(sitting, page),
        *sheet_of(sitting, page),
        *_passes(page),
        OrderClosures(page, key=f"closures-{order_id}"),
        *order_answer(sitting, page),
        Facts(page, key=f"facts-{order_id}"),
        *cost_of(sitting, page),
        *_photos(sitting, page),
        *told_outside(sitting, page.order.incident_id),
        *to_settle(sitting, settling),  # Below what is pressed: it may arrive at any moment.
        *asset_facts(sitting, page),
        *_as_template(sitting, page),
        history(sitting, page, settling),
    ]
    return ft.Column(
        [
            scrolled(parts, key=f"page-{order_id}"),
            ActionBar(page, key=f"bar-{order_id}"),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _gone(sitting: Sitting) -> ft.Control:
    sentence = sitting.say("This order is no longer among those of this tablet.")
    back = buttons.plain_button(
        sitting.say("Back to the list"), press=lambda: sitting.go("/"), key="back"
    )
    return cards.empty(sentence, icon=ft.Icons.FOLDER_OFF, action=back)


def _back(sitting: Sitting) -> list[ft.Control]:
    if sitting.wide:
        return []
    button = panes.back_to_list(sitting, "/")
    return [ft.Row([button])]


def _on_map(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    placed = page.order.longitude is not None or (page.asset and page.asset.geometry)
    if not placed:
        return []
    button = buttons.plain_button(
        sitting.say("Show on the map"),
        icon=ft.Icons.MAP,
        press=lambda: sitting.go(f"/map/order/{page.order.id}"),
        key="to-map",
    )
    return [ft.Row([button])]


def _as_template(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    """The next one like it is made in one press."""
    if not may_insert(sitting.signed.role, "job_template"):
        return []
    button = buttons.plain_button(
        sitting.say("Make a template of it"),
        icon=ft.Icons.ACCOUNT_TREE,
        press=lambda: sitting.go(f"/templates/order/{page.order.id}"),
        key="as-template",
    )
    return [ft.Row([button])]


def _safety(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    note = page.order.safety_note
    if not note:
        return []
    sentence = sitting.say("Safety: {note}", note=note)
    return [cards.banner(sentence, icon=ft.Icons.HEALTH_AND_SAFETY, colour=WARN, name="safety")]


def _dispatching(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    undecided = page.order.status in (Status.DRAFT, Status.PLANNED)
    if not (undecided and sitting.signed.in_office):
        return []
    order = page.order
    parts = [Dispatch(order.id, order.crew_id, order.skill, key=f"dispatch-{order.id}")]
    if page.order.template is None:
        parts.insert(0, TakeTemplate(page, key=f"template-{page.order.id}"))
    return parts


def _takes_units(page: OrderPage) -> bool:
    """Work on a unit itself is done in the shop: nothing drives out for it."""
    on_a_unit = page.asset is not None and page.asset.class_code == VEHICLE
    return page.order.status in OPEN_STATUSES and not on_a_unit


def _to_unit(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    """The work is on a unit: its page tells whether it may go, and takes the certificate."""
    asset = page.asset
    if asset is None or asset.class_code != VEHICLE:
        return []
    button = buttons.plain_button(
        asset.name,
        icon=ft.Icons.LOCAL_SHIPPING,
        press=lambda: sitting.go(f"/units/{asset.id}"),
        key="worked-on-unit",
    )
    return [ft.Row([button])]


def _passes(page: OrderPage) -> list[ft.Control]:
    if page.asset is None:
        return []
    order = page.order
    going_on = order.status in OPEN_STATUSES
    return [StreetPassesCard(page.asset.id, order.id, going_on, key=f"passes-{order.id}")]


def _photos(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    folder = sitting.workplace.photos
    if folder is None:
        return []
    return [Photos(page.order.id, folder, key=f"photos-{page.order.id}")]


def _steps(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    steps = other_steps(page)
    if not steps:
        return []
    open_to_answers = page.order.status in WORKED_ON
    rows: list[ft.Control] = [
        StepRow(step, open_to_answers, key=f"step-{step.id}") for step in steps
    ]
    answered = sum(1 for step in steps if step.answer not in (None, ""))
    heading = sitting.say("Steps · {answered} of {total}", answered=answered, total=len(steps))
    return [cards.section(heading, rows)]

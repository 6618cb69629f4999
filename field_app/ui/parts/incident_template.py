"""On the page of an incident: its order made of a template, or the family of a template."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.job_templates import JobTemplate
from asset_model.roles import may_edit
from field_app.actions import incident_orders, templates
from field_app.reads.incident_page import IncidentPage
from field_app.reads.likely_templates import likely_templates
from field_app.reads.templates import class_code_of
from field_app.ui import tokens
from field_app.ui.parts import buttons, text
from field_app.ui.parts.template_picker import TemplatePicker
from field_app.ui.parts.template_preview import title_of
from field_app.ui.sitting import Sitting

TEMPLATE = "template"
PICKER_PX = 360


def may_take_template(sitting: Sitting) -> bool:
    return sitting.signed.in_office and may_edit(sitting.signed.role, "work_order", "skill")


def template_button(sitting: Sitting, ask: Any, *, beside: bool) -> ft.Control:
    """`beside`: a likely one has a button of its own."""
    return buttons.plain_button(
        sitting.say("Another template…") if beside else sitting.say("From a template…"),
        icon=ft.Icons.ACCOUNT_TREE,
        press=partial(ask, TEMPLATE),
        key="incident-template",
    )


def likely_buttons(sitting: Sitting, page: IncidentPage, *, most: int) -> list[ft.Control]:
    """The templates whose words are those of what was reported: one touch makes the order."""
    if not may_take_template(sitting):
        return []
    return [
        buttons.plain_button(
            title_of(sitting, each),
            icon=ft.Icons.ADD_TASK,
            press=partial(_make, sitting, page, each),
            key=f"likely-{each.code}",
        )
        for each in sitting.read(likely_templates, page, most=most)
    ]


def template_form(sitting: Sitting, page: IncidentPage, close: Any) -> ft.Control:
    """A press on a template makes the order, with a way back."""
    incident = page.incident
    class_code = sitting.read(class_code_of, incident.asset_id or incident.segment_id)

    def take(template: JobTemplate) -> None:
        ids = _make(sitting, page, template)
        if ids:
            close()
            sitting.go(f"/orders/{ids[0]}")

    back = buttons.plain_button(sitting.say("Back"), press=close, key="template-back")
    inside = ft.Column(
        [TemplatePicker(class_code, take, key="templates")], scroll=ft.ScrollMode.AUTO
    )
    return ft.Column(
        [
            text.strong(sitting.say("From a template"), size_px=tokens.LEAD_PX),
            ft.Container(inside, height=PICKER_PX),
            ft.Row([back], alignment=ft.MainAxisAlignment.END),
        ],
        spacing=12,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _make(sitting: Sitting, page: IncidentPage, template: JobTemplate) -> list[str]:
    """The ids of what was made; none where it was refused, which is said."""
    title = title_of(sitting, template)
    ids = sitting.make(
        incident_orders.make_of_template,
        page.incident.id,
        template.id,
        title=title,
        device_code=sitting.workplace.link.device_code,
    )
    if ids is None:
        return []

    def undo() -> None:
        sitting.act(templates.take_back, ids, sitting.say("Undone at once"))

    sitting.tell(sitting.say("Order made of the template “{title}”.", title=title), undo=undo)
    return ids

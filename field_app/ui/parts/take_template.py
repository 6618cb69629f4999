"""On the page of a report: a template makes a job of it, or a family."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.job_templates import JobTemplate
from field_app.actions import templates
from field_app.reads.order_page import OrderPage
from field_app.reads.templates import class_code_of
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, cards
from field_app.ui.parts.template_picker import TemplatePicker, template_line
from field_app.ui.parts.template_preview import preview
from field_app.ui.sitting import Sitting, use_sitting


@ft.observable
@dataclass
class Choosing:
    open: bool = False
    template: JobTemplate | None = None

    def close(self) -> None:
        self.open, self.template = False, None


@component
def TakeTemplate(page: OrderPage) -> Any:
    sitting = use_sitting()
    choosing = use_passing(Choosing)
    if not choosing.open:
        button = buttons.plain_button(
            sitting.say("From a template…"),
            icon=ft.Icons.ACCOUNT_TREE,
            press=partial(setattr, choosing, "open", True),
            key="take-template",
        )
        return ft.Row([button])
    return cards.section(
        sitting.say("From a template"),
        _inside(sitting, page, choosing),
    )


def _inside(sitting: Sitting, page: OrderPage, choosing: Choosing) -> list[ft.Control]:
    template = choosing.template
    back = buttons.plain_button(sitting.say("Back"), press=choosing.close, key="template-back")
    if template is None:
        class_code = sitting.read(class_code_of, page.order.asset_id)
        take = partial(setattr, choosing, "template")
        return [TemplatePicker(class_code, take, key="templates"), ft.Row([back])]
    apply = buttons.main_button(
        sitting.say("Make it this job"),
        icon=ft.Icons.CHECK,
        press=lambda: _apply(sitting, page.order.id, template, choosing),
        key="template-apply",
    )
    row = ft.Row([back, apply], alignment=ft.MainAxisAlignment.END, spacing=12, wrap=True)
    return [template_line(sitting, template), *preview(sitting, template), row]


def _apply(sitting: Sitting, order_id: str, template: JobTemplate, choosing: Choosing) -> None:
    """Does it once, and offers the way back."""
    if choosing.template is None:
        return
    choosing.close()
    code = sitting.workplace.link.device_code
    applied = sitting.make(templates.apply, order_id, template.id, device_code=code)
    if applied is None:
        return

    def undo() -> None:
        sitting.act(templates.take_off, applied, sitting.say("Undone at once"))

    done = sitting.say("The template’s steps are in; what was reported is kept.")
    sitting.tell(done, undo=undo)

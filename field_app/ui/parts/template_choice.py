"""Where a new order is described: the template it is made of, or the choice of one."""

from collections.abc import Callable
from typing import Any, Protocol

import flet as ft

from asset_model.job_templates import JobTemplate
from field_app.reads.templates import class_code_of
from field_app.ui.parts import buttons
from field_app.ui.parts.template_picker import TemplatePicker, template_line
from field_app.ui.parts.template_preview import preview
from field_app.ui.sitting import Sitting


class Taking(Protocol):
    """What is filled in with a template, or without."""

    template: JobTemplate | None
    choosing: bool

    def take(self, template: JobTemplate) -> None: ...

    def drop(self) -> None: ...


def template_parts(
    sitting: Sitting, draft: Taking, asset_id: str | None, title: ft.Control
) -> list[ft.Control]:
    if draft.template is None:
        class_code = sitting.read(class_code_of, asset_id)
        picker = TemplatePicker(class_code, draft.take, key="templates")
        return [picker, ft.Row([_without(sitting, lambda: setattr(draft, "choosing", False))])]
    return [
        template_line(sitting, draft.template),
        title,
        *preview(sitting, draft.template),
        ft.Row([_without(sitting, draft.drop)]),
    ]


def _without(sitting: Sitting, press: Callable[[], Any]) -> ft.Control:
    return buttons.plain_button(
        sitting.say("Without a template"), icon=ft.Icons.CLOSE, press=press, key="without-template"
    )

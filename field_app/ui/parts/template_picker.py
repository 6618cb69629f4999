"""Choosing a job template: by a word, among those that fit the asset."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft

from asset_model.job_templates import JobTemplate
from field_app.reads.templates import templates
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.template_preview import summary, title_of
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, LINE, SURFACE

SHOWN_MAX = 8


@component
def TemplatePicker(class_code: str | None, choose: Callable[[JobTemplate], Any]) -> Any:
    """`class_code`: of the asset; None where none is chosen."""
    sitting = use_sitting()
    search, set_search = ft.use_state("")
    field = fields.text_field(
        sitting.say("Search a template"),
        search,
        set_search,
        key="template-search",
        icon=ft.Icons.SEARCH,
    )
    found = sitting.read(templates, text=search, class_code=class_code)
    rows: list[ft.Control] = [_row(sitting, one, choose) for one in found[:SHOWN_MAX]]
    if not rows:
        rows = [text.small(sitting.say("No template for this. Write the order yourself."))]
    if len(found) > SHOWN_MAX:
        told = sitting.say("{shown} of {total} results. Write more.", shown=SHOWN_MAX,
                           total=len(found))  # fmt: skip
        rows.append(text.small(told))
    return ft.Column([field, *rows], spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _row(
    sitting: Sitting, template: JobTemplate, choose: Callable[[JobTemplate], Any]
) -> ft.Control:
    return buttons.tap(
        template_line(sitting, template),
        press=partial(choose, template),
        key=f"template-{template.code}",
        fill=SURFACE,
        edge=LINE,
        padding=ft.Padding.symmetric(horizontal=14, vertical=10),
    )


def template_line(sitting: Sitting, template: JobTemplate) -> ft.Control:
    """Its title, and what it makes."""
    icon = ft.Icons.ACCOUNT_TREE if template.children else ft.Icons.ASSIGNMENT
    words = ft.Column(
        [
            text.strong(title_of(sitting, template), size_px=tokens.BODY_PX),
            text.small(summary(sitting, template)),
        ],
        spacing=2,
        expand=True,
    )
    return ft.Row([ft.Icon(icon, color=ACTION, size=26), words], spacing=12)

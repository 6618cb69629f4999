"""The job templates: those in use and those retired, what each makes, its editions, writing one."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.job_templates import JobTemplate
from asset_model.roles import may_insert
from field_app.actions.template_editions import copied, from_order, set_active, take_up, told_of
from field_app.reads.templates import Edition, editions, template_of, templates
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.parts import buttons, cards, fields, panes, text
from field_app.ui.parts.form import scrolled
from field_app.ui.parts.template_editor import TemplateEditor
from field_app.ui.parts.template_picker import template_line
from field_app.ui.parts.template_preview import preview, title_of
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION_FILL, LINE, SURFACE, WARN, edge_px
from field_app.ui.words import noted, words_of

BLANK: dict[str, Any] = {
    "code": "", "title_fr": "", "title_en": "", "kind": "corrective", "priority": 3,
    "steps": [], "children": [], "materials": [], "class_codes": [], "active": True,
}  # fmt: skip


@ft.observable
@dataclass
class Shown:
    """What is searched, and whether those that are not used any more are shown."""

    search: str = ""
    retired: bool = False


@component
def Templates(rest: str) -> Any:
    """`rest`: nothing, an edition's id, ``new``, ``edit/ID``, ``copy/ID`` or ``order/ID``."""
    sitting = use_sitting()
    if not sitting.signed.in_office:
        sentence = sitting.say("Templates are the foreman’s.")
        return cards.empty(sentence, icon=ft.Icons.LOCK)
    act, _, id = rest.partition("/")
    writing = _writing(sitting, act, id)
    if writing is not None:
        heading, told = writing
        done = partial(_written, sitting)
        return TemplateEditor(heading, told, done, name=rest, key=f"editor-{rest}")
    if not sitting.wide:
        return Detail(rest, key=rest) if rest else TemplateList("", key="list")
    detail = Detail(rest, key=rest) if rest else _nothing_chosen(sitting)
    return panes.side_by_side(TemplateList(rest, key="list"), detail)


def _writing(sitting: Sitting, act: str, id: str) -> tuple[str, dict[str, Any]] | None:
    """What is to be written, and from where it begins."""
    if act == "new":
        return sitting.say("New template"), BLANK
    if act == "order":
        return sitting.say("Template from an order"), sitting.read(from_order, id)
    known = sitting.read(template_of, id) if act in ("edit", "copy") else None
    if known is None:
        return None
    told = told_of(known)
    if act == "edit":
        return sitting.say("Edit the template"), told
    copy = noted("{title} (copy)")
    french = words_of("fr").say(copy, title=known.title_fr)
    english = words_of("en").say(copy, title=known.title_en)
    return sitting.say("Duplicate the template"), copied(told, french, english)


def _written(sitting: Sitting, made: JobTemplate) -> None:
    sitting.tell(sitting.say("Saved as edition {edition}.", edition=made.edition))
    sitting.go(f"/templates/{made.id}")


@component
def TemplateList(chosen_id: str) -> Any:
    sitting = use_sitting()
    shown = use_view(sitting, Shown, name="templates")
    say = sitting.say
    found = sitting.read(templates, text=shown.search, retired=shown.retired)
    field = fields.text_field(
        say("Search a template"), shown.search, partial(setattr, shown, "search"), key="search",
        icon=ft.Icons.SEARCH,
    )  # fmt: skip
    retired = buttons.choice_button(
        say("Retired ones"), chosen=shown.retired,
        press=lambda: setattr(shown, "retired", not shown.retired), key="retired", compact=True,
    )  # fmt: skip
    new = buttons.plain_button(
        say("New template"), icon=ft.Icons.ADD, press=lambda: sitting.go("/templates/new"),
        key="new-template",
    )  # fmt: skip
    rows = [_row(sitting, each, chosen=each.id == chosen_id) for each in found]
    if not rows:
        rows = [cards.empty(say("No template here."), icon=ft.Icons.ACCOUNT_TREE)]
    return ft.Column(
        [
            panes.list_head(field, [retired, new]),
            ft.ListView(rows, expand=True, spacing=10, padding=ft.Padding.all(12)),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _row(sitting: Sitting, template: JobTemplate, *, chosen: bool) -> ft.Control:
    content = ft.Container(
        template_line(sitting, template),
        bgcolor=ACTION_FILL if chosen else SURFACE,
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
        padding=14,
    )
    return buttons.tap(
        content, press=partial(sitting.go, f"/templates/{template.id}"),
        key=f"template-{template.code}", chosen=chosen,
    )  # fmt: skip


@component
def Detail(template_id: str) -> Any:
    sitting = use_sitting()
    template = sitting.read(template_of, template_id)
    if template is None:
        return _nothing_chosen(sitting)
    every = sitting.read(editions, template.code)
    newest = every[0].template.id == template.id
    head: list[ft.Control] = [text.title(title_of(sitting, template))]
    if not template.active:
        head.append(text.strong(sitting.say("Retired"), colour=WARN))
    if not newest:
        head.append(text.body(sitting.say("An older edition."), colour=WARN))
    parts = [
        *_back(sitting),
        cards.card([*head, *preview(sitting, template)]),
        _acts(sitting, template, newest=newest),
        cards.section(
            sitting.say("Editions"), [_edition(sitting, each, template_id) for each in every]
        ),
    ]
    return scrolled(parts, key=f"template-page-{template_id}")


def _back(sitting: Sitting) -> list[ft.Control]:
    if sitting.wide:
        return []
    return [ft.Row([panes.back_to_list(sitting, "/templates")])]


def _acts(sitting: Sitting, template: JobTemplate, *, newest: bool) -> ft.Control:
    say, id = sitting.say, template.id
    row: list[ft.Control] = []
    if newest and template.active:
        row.append(
            _button(sitting, say("Make an order"), ft.Icons.ADD_BOX, f"/new/template/{id}", "use")
        )
    if may_insert(sitting.signed.role, "job_template"):
        if newest:
            row.append(
                _button(sitting, say("Edit"), ft.Icons.EDIT, f"/templates/edit/{id}", "edit")
            )
            row.append(_retiring(sitting, template))
        else:
            row.append(_taking_up(sitting, template))
        row.append(
            _button(sitting, say("Make a copy"), ft.Icons.COPY, f"/templates/copy/{id}", "copy")
        )
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


def _button(sitting: Sitting, word: str, icon: ft.IconData, route: str, key: str) -> ft.Control:
    return buttons.plain_button(word, icon=icon, press=partial(sitting.go, route), key=key)


def _retiring(sitting: Sitting, template: JobTemplate) -> ft.Control:
    say, active = sitting.say, template.active

    def press() -> None:
        made = sitting.make(set_active, template.id, not active)
        if made is not None:
            sitting.go(f"/templates/{made.id}")
            done = say("Retired: orders made of it stay.") if active else say("In use again.")
            sitting.tell(done, undo=lambda: _undone(sitting, made, active))

    word = say("Retire") if active else say("Use it again")
    icon = ft.Icons.ARCHIVE if active else ft.Icons.UNARCHIVE
    return buttons.plain_button(word, icon=icon, press=press, key="retire")


def _undone(sitting: Sitting, made: JobTemplate, active: bool) -> None:
    again = sitting.make(set_active, made.id, active)
    if again is not None:
        sitting.go(f"/templates/{again.id}")


def _taking_up(sitting: Sitting, template: JobTemplate) -> ft.Control:
    def press() -> None:
        made = sitting.make(take_up, template.id)
        if made is not None:
            _written(sitting, made)

    return buttons.plain_button(
        sitting.say("Take this edition up again"), icon=ft.Icons.RESTORE, press=press,
        key="take-up",
    )  # fmt: skip


def _edition(sitting: Sitting, each: Edition, chosen_id: str) -> ft.Control:
    """Its number, who made it, and when."""
    template, say = each.template, sitting.say
    product = say("brought by the product") if template.made_at is None else say("from a file")
    who = each.by or product
    at = sitting.when(template.made_at)
    told = [say("Edition {edition}", edition=template.edition), who, at]
    if not template.active:
        told.append(say("template retired"))
    return buttons.tap(
        text.body(" · ".join(part for part in told if part)),
        press=partial(sitting.go, f"/templates/{template.id}"),
        key=f"edition-{template.edition}",
        chosen=template.id == chosen_id,
        padding=ft.Padding.symmetric(horizontal=12, vertical=12),
    )


def _nothing_chosen(sitting: Sitting) -> ft.Control:
    sentence = sitting.say("Choose a template in the list.")
    return panes.nothing_chosen(sentence, icon=ft.Icons.ACCOUNT_TREE)

"""Writing a job template: the whole, the jobs of a family, and the steps of each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import flet as ft

from asset_model.job_templates import JobTemplate
from asset_model.vocabulary import WorkOrderKind
from field_app.actions.template_editions import Told, publish
from field_app.reads.people import crews
from field_app.reads.templates import asset_classes
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, status, text
from field_app.ui.parts.form import form
from field_app.ui.parts.template_draft import Editing, editing
from field_app.ui.parts.template_material import material_rows
from field_app.ui.parts.template_preview import SKILLS
from field_app.ui.parts.template_steps import movers, step_rows
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

TEXTS = (
    ("description", noted("Instructions in French"), noted("Instructions in English")),
    ("safety", noted("Safety note in French"), noted("Safety note in English")),
    ("due_reason", noted("Why then, in French"), noted("Why then, in English")),
)


@component
def TemplateEditor(
    heading: str, told: Told, done: Callable[[JobTemplate], Any], *, name: str
) -> Any:
    """`told`: where it begins; `done` is given the edition that it became; `name`: of what is
    written, by which whoever was interrupted takes it up.
    """
    sitting = use_sitting()
    draft = use_draft(sitting, lambda: editing(told), name=f"template-{name}")
    parts = [
        *_family(sitting, draft),
        cards.section(_open_heading(sitting, draft), _job(sitting, draft)),
        cards.section(sitting.say("Steps"), step_rows(sitting, draft)),
        cards.section(sitting.say("Material"), material_rows(sitting, draft)),
    ]
    button = buttons.main_button(
        sitting.say("Save as a new edition"),
        icon=ft.Icons.SAVE,
        press=lambda: _save(sitting, draft, told, done),
        disabled=not _titled(draft),
        key="save-template",
    )
    return form(sitting, heading, parts, button)


def _titled(draft: Editing) -> bool:
    return all(str(job.get("title_fr") or job.get("title_en") or "").strip() for job in draft.jobs)


def _save(sitting: Sitting, draft: Editing, told: Told, done: Callable[[JobTemplate], Any]) -> None:
    if draft.saved:
        return
    draft.saved = True
    made = sitting.make(publish, draft.columns())
    if made is None:
        draft.saved = False
        return
    emptied(draft, replace(editing(told), saved=True))
    done(made)


def _open_heading(sitting: Sitting, draft: Editing) -> str:
    if draft.at == 0:
        return sitting.say("The whole") if len(draft.jobs) > 1 else sitting.say("The job")
    return sitting.words.either(draft.job["title_fr"], draft.job["title_en"]) or sitting.say(
        "A new job"
    )


def _family(sitting: Sitting, draft: Editing) -> list[ft.Control]:
    """The jobs it is made of, in their turn; the one that is open is written below."""
    say = sitting.say
    rows: list[ft.Control] = [_opener(sitting, draft, 0, say("The whole"))]
    for place, job in enumerate(draft.jobs[1:], start=1):
        title = sitting.words.either(job["title_fr"], job["title_en"]) or say("A new job")
        opens = _opener(sitting, draft, place, f"{place}. {title}")
        moves = movers(sitting, place, _within(draft), draft.drop_job, name="child")
        rows.append(ft.Row([ft.Container(opens, expand=True), *moves]))
    add = buttons.plain_button(
        say("Add a job"), icon=ft.Icons.ADD, press=draft.add_job, key="add-job"
    )
    heading = say("The jobs it is made of")
    return [cards.section(heading, [*(rows if len(draft.jobs) > 1 else []), ft.Row([add])])]


def _within(draft: Editing) -> Callable[[int, int], None]:
    """The whole stays first."""

    def move(place: int, by: int) -> None:
        if place + by > 0:
            draft.move_job(place, by)

    return move


def _opener(sitting: Sitting, draft: Editing, place: int, word: str) -> ft.Control:
    return buttons.tap(
        text.strong(word),
        press=partial(draft.open, place),
        key=f"open-job-{place}",
        chosen=draft.at == place,
        padding=ft.Padding.symmetric(horizontal=10, vertical=14),
    )


def _job(sitting: Sitting, draft: Editing) -> list[ft.Control]:
    say, put, job = sitting.say, draft.put, draft.job
    kinds: Mapping[Any, str] = {code: status.KINDS[code] for code in WorkOrderKind}
    texts = [
        _field(say(word), draft, f"{name}_{language}", lines=2)
        for name, french, english in TEXTS
        for language, word in (("fr", french), ("en", english))
    ]
    return [
        _field(say("Title in French"), draft, "title_fr"),
        _field(say("Title in English"), draft, "title_en"),
        _one_of(sitting, kinds, job["kind"], partial(put, "kind"), "kind"),
        _one_of(sitting, status.PRIORITIES, job["priority"], partial(put, "priority"), "priority"),
        text.small(say("What it asks for")),
        _one_of(sitting, SKILLS, job.get("skill"), _or_none(draft, "skill"), "skill"),
        *_crew(sitting, draft),
        _field(say("Estimated hours"), draft, "estimated_hours", numeric=True),
        _field(say("Promised within, in hours"), draft, "due_hours", numeric=True),
        *_after(sitting, draft),
        *_classes(sitting, draft),
        *texts,
    ]


def _field(label: str, draft: Editing, name: str, **options: Any) -> ft.Control:
    key = f"{draft.at}-{name}"
    value = draft.job.get(name) or ""
    return fields.text_field(label, value, partial(draft.put, name), key=key, **options)


def _one_of(
    sitting: Sitting, words: Mapping[Any, str], chosen: Any, press: Callable[[Any], Any], key: str
) -> ft.Control:
    row: list[ft.Control] = [
        buttons.choice_button(
            sitting.say(word), chosen=code == chosen, press=partial(press, code),
            key=f"{key}-{code}", compact=True,
        )
        for code, word in words.items()
    ]  # fmt: skip
    return ft.Row(row, wrap=True, spacing=8, run_spacing=8)


def _or_none(draft: Editing, name: str) -> Callable[[Any], None]:
    """A second press takes it back."""
    return lambda code: draft.put(name, None if draft.job.get(name) == code else code)


def _crew(sitting: Sitting, draft: Editing) -> list[ft.Control]:
    toggle = _or_none(draft, "crew_id")
    row: list[ft.Control] = [
        buttons.choice_button(
            crew.name, chosen=crew.id == draft.job.get("crew_id"),
            press=partial(toggle, crew.id), key=f"its-crew-{crew.code}", compact=True,
        )
        for crew in sitting.read(crews)
    ]  # fmt: skip
    heading = text.small(sitting.say("Its crew; none: whoever is chosen when it is made"))
    return [heading, ft.Row(row, wrap=True, spacing=8, run_spacing=8)]


def _after(sitting: Sitting, draft: Editing) -> list[ft.Control]:
    """Which of those before it must be done first."""
    before = draft.jobs[1 : draft.at]
    if not before:
        return []
    named = {job["code"]: sitting.words.either(job["title_fr"], job["title_en"]) for job in before}
    heading = text.small(sitting.say("To be done before this one"))
    return [heading, _several(draft.job.get("after") or [], named, partial(draft.put, "after"))]


def _classes(sitting: Sitting, draft: Editing) -> list[ft.Control]:
    if draft.at:
        return []

    def put(codes: list[str]) -> None:
        draft.told = {**draft.told, "class_codes": codes}

    named = {
        each.code: sitting.words.either(each.label_fr, each.label_en)
        for each in sitting.read(asset_classes)
    }
    heading = text.small(sitting.say("For which assets; none: for any"))
    return [heading, _several(draft.told["class_codes"], named, put)]


def _several(
    chosen: list[str], named: Mapping[str, str], put: Callable[[list[str]], Any]
) -> ft.Control:
    def toggle(code: str) -> None:
        wanted = {*chosen} ^ {code}
        put([each for each in named if each in wanted])

    row: list[ft.Control] = [
        buttons.choice_button(
            word, chosen=code in chosen, press=partial(toggle, code),
            key=f"of-{code}", compact=True,
        )
        for code, word in named.items()
    ]  # fmt: skip
    return ft.Row(row, wrap=True, spacing=8, run_spacing=8)

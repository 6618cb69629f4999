"""What a job template makes, told before it is made: its jobs in their turn, steps, material."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import flet as ft

from asset_model.job_templates import JobTemplate
from asset_model.jobs import Job, hours_of, jobs_of, whole_of
from asset_model.vocabulary import Skill
from field_app.reads.templates import part_names
from field_app.ui import times
from field_app.ui.parts import status, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import INK, LINE, WARN
from field_app.ui.words import noted

SKILLS: dict[str, str] = {
    Skill.ROADS: noted("Roads"),
    Skill.PAVING: noted("Paving"),
    Skill.WATER: noted("Waterworks"),
    Skill.SEWER: noted("Sewers"),
    Skill.SIGNS: noted("Signs"),
    Skill.LIGHTING: noted("Lighting"),
    Skill.WINTER: noted("Winter"),
}


def title_of(sitting: Sitting, told: JobTemplate | Job) -> str:
    return sitting.words.either(told.title_fr, told.title_en)


def summary(sitting: Sitting, template: JobTemplate) -> str:
    """In one line: what kind of work, how urgent, how many jobs or steps, how long."""
    words = sitting.words
    told = [words.say(status.KINDS.get(template.kind, template.kind))]
    if template.children:
        told.append(words.several("{count} job", "{count} jobs", len(template.children)))
    if template.steps:
        told.append(words.several("{count} step", "{count} steps", len(template.steps)))
    if (hours := hours_of(template)) is not None:
        told.append(f"{words.number(hours)}\u00a0h")
    return " · ".join(told)


def preview(sitting: Sitting, template: JobTemplate) -> list[ft.Control]:
    """Everything it makes, to be read before it is made."""
    whole = whole_of(template)
    codes = [line["part"] for job in (whole, *jobs_of(template)) for line in job.materials]
    names = sitting.read(part_names, codes)
    parts: list[ft.Control] = [text.small(_foot(sitting, whole, hours_of(template)))]
    parts += _said(sitting, whole, names)
    return [*parts, *(_job(sitting, template, job, names) for job in jobs_of(template))]


def _job(sitting: Sitting, template: JobTemplate, job: Job, names: Mapping[str, Any]) -> ft.Control:
    """One of a family: what it is, which come before it, what is to be done."""
    say = sitting.say
    titles = {each.code: title_of(sitting, each) for each in jobs_of(template)}
    lines = [
        text.strong(title_of(sitting, job)),
        text.small(_foot(sitting, job, job.estimated_hours)),
    ]
    if job.after:
        before = ", ".join(titles[code] for code in job.after)
        lines.append(text.small(say("After: {jobs}", jobs=before), colour=INK))
    return ft.Container(
        ft.Column([*lines, *_said(sitting, job, names)], spacing=4),
        border=ft.Border.only(left=ft.BorderSide(3, LINE)),
        padding=ft.Padding.only(left=14, top=2, bottom=2),
    )


def _foot(sitting: Sitting, job: Job, hours: float | None) -> str:
    words = sitting.words
    told = [words.say(SKILLS[job.skill])] if job.skill in SKILLS else []
    told.append(words.say(status.PRIORITIES[job.priority]))
    if hours is not None:
        told.append(f"{words.number(hours)}\u00a0h")
    if job.due_hours is not None:
        told.append(promise(sitting, job.due_hours))
    return " · ".join(told)


def promise(sitting: Sitting, due_hours: float) -> str:
    """By when, counted from when it is made."""
    span = times.span(timedelta(hours=due_hours), sitting.words)
    return sitting.say("within {span}", span=span)


def _said(sitting: Sitting, job: Job, names: Mapping[str, Any]) -> list[ft.Control]:
    words = sitting.words
    told: list[ft.Control] = []
    if said := words.either(job.description_fr or "", job.description_en or ""):
        told.append(text.body(said))
    if safety := words.either(job.safety_fr or "", job.safety_en or ""):
        told.append(text.small(words.say("Safety: {note}", note=safety), colour=WARN))
    if job.steps:
        told.append(text.small(_steps(sitting, job.steps)))
    if job.materials:
        told.append(text.small(material(sitting, job.materials, names)))
    return told


def _steps(sitting: Sitting, steps: Sequence[Mapping[str, Any]]) -> str:
    labels = " · ".join(sitting.words.either(line["label_fr"], line["label_en"]) for line in steps)
    return sitting.say("Steps: {steps}", steps=labels)


def material(sitting: Sitting, lines: Sequence[Mapping[str, Any]], names: Mapping[str, Any]) -> str:
    """Parts by their names, where the town has them, with how much."""
    words, told = sitting.words, []
    for line in lines:
        part = names.get(line["part"])
        name = words.either(part.label_fr, part.label_en) if part else line["part"]
        unit = f"\u00a0{part.unit}" if part else ""
        told.append(f"{words.number(line['quantity'])}{unit} {name}")
    return words.say("Material: {parts}", parts=", ".join(told))

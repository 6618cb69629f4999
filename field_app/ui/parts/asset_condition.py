"""How good an asset is: its latest grade, where it goes, the grades before, and a form for one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import flet as ft

from asset_model.conditions import GRADES, Trend
from asset_model.meters import Meter
from asset_model.roles import may_insert
from field_app.actions.conditions import judge
from field_app.reads.conditions import Condition, Judgement, condition_of
from field_app.store import photos as files
from field_app.store.photo_folder import PhotoFolder
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.draft_photos import DraftPhotos, pictures_of
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, GOOD, INK, WARN
from field_app.ui.words import noted

GRADE_WORDS = {
    1: noted("very good"),
    2: noted("good"),
    3: noted("fair"),
    4: noted("poor"),
    5: noted("very poor"),
}
COLOURS = {1: GOOD, 2: GOOD, 3: ACTION, 4: WARN, 5: BAD}
TRENDS = {
    Trend.BETTER: (noted("getting better"), ft.Icons.TRENDING_UP),
    Trend.STEADY: (noted("steady"), ft.Icons.TRENDING_FLAT),
    Trend.WORSE: (noted("getting worse"), ft.Icons.TRENDING_DOWN),
}
CHART_MAX, LINES_MAX = 8, 6
STEP_PX, BAR_PX = 12, 32


@ft.observable
@dataclass
class Judging:
    open: bool = False
    grade: int = 0
    note: str = ""
    photos: list[list[Any]] = field(default_factory=list)


@component
def AssetCondition(asset_id: str) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Judging, name=f"condition-{asset_id}")
    condition = sitting.read(condition_of, asset_id)
    missing = _missing(sitting, condition)
    ft.use_effect(lambda: _fetch(sitting, missing), [tuple(one.id for one in missing)])
    parts = [*_standing(sitting, condition), *_others(sitting, condition.others)]
    if may_insert(sitting.signed.role, "meter_reading"):
        parts.append(_form(sitting, asset_id, draft) if draft.open else _opening(sitting, draft))
    parts += [_line(sitting, each) for each in condition.judgements[:LINES_MAX]]
    if not parts:
        return ft.Container(height=0)
    return cards.section(sitting.say("Condition"), parts)


def grade_words(sitting: Sitting, grade: float) -> str:
    """``3 · fair``; a mean of pieces that were joined has a word too."""
    word = GRADE_WORDS.get(round(grade))
    number = sitting.words.number(grade)
    return f"{number} · {sitting.say(word)}" if word else number


def _standing(sitting: Sitting, condition: Condition) -> list[Any]:
    if not condition.judgements:
        return [text.body(sitting.say("Nobody has judged it yet."))]
    latest = condition.judgements[0]
    grade = text.strong(grade_words(sitting, latest.grade), size_px=tokens.TITLE_PX)
    standing: list[Any] = [grade]
    if condition.trend:
        word, icon = TRENDS[condition.trend]
        goes: list[ft.Control] = [
            ft.Icon(icon, color=INK, size=26),
            text.strong(sitting.say(word), expand=True),
        ]
        standing.append(ft.Row(goes, spacing=12))
    if len(condition.judgements) > 1:
        standing.append(_chart(sitting, condition.judgements[:CHART_MAX][::-1]))
    return standing


def _chart(sitting: Sitting, judgements: Sequence[Judgement]) -> ft.Control:
    """A bar for each grade, the oldest on the left; a high bar is a bad one, and says so."""
    bars: list[ft.Control] = [
        ft.Column(
            [
                text.strong(sitting.words.number(each.grade), size_px=tokens.SMALL_PX),
                ft.Container(
                    width=BAR_PX,
                    height=STEP_PX * each.grade,
                    bgcolor=COLOURS.get(round(each.grade), ACTION),
                    border_radius=4,
                ),
                text.small(f"{each.at.astimezone(sitting.workplace.zone):%Y-%m}"),
            ],
            spacing=2,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        )
        for each in judgements
    ]
    told = ", ".join(
        f"{each.at.astimezone(sitting.workplace.zone):%Y-%m} {each.grade:g}" for each in judgements
    )
    inside = ft.Row(
        bars, spacing=16, wrap=True, vertical_alignment=ft.CrossAxisAlignment.END, key="grades"
    )
    label = sitting.say("Grades over time, 1 very good to 5 very poor: {grades}", grades=told)
    return ft.Semantics(
        content=ft.Column([inside, text.small(sitting.say("1 very good, 5 very poor"))], spacing=4),
        identifier="grades",
        label=label,
    )


def _others(sitting: Sitting, meters: Sequence[Meter]) -> list[Any]:
    lines = []
    for meter in meters:
        at = f", {sitting.when(meter.read_at)}" if meter.read_at else ""
        value = sitting.words.number(round(meter.total or 0.0, 1))
        lines.append(text.body(f"{meter.measure} · {value}{at}"))
    return lines


def _opening(sitting: Sitting, draft: Judging) -> ft.Control:
    button = buttons.plain_button(
        sitting.say("Judge its condition"),
        icon=ft.Icons.RATE_REVIEW,
        press=partial(setattr, draft, "open", True),
        key="judge",
    )
    return ft.Row([button])


def _form(sitting: Sitting, asset_id: str, draft: Judging) -> ft.Control:
    folder, say = sitting.workplace.photos, sitting.say

    def save() -> None:
        if not draft.grade:
            return
        pictures = pictures_of(folder, draft.photos)
        if sitting.act(judge, asset_id, draft.grade, note=draft.note, pictures=pictures):
            emptied(draft)
            sitting.tell(say("Condition noted. Saved on this tablet."))

    grades = [
        buttons.choice_button(
            f"{grade} · {say(GRADE_WORDS[grade])}",
            chosen=draft.grade == grade,
            press=partial(setattr, draft, "grade", grade),
            key=f"grade-{grade}",
            colour=COLOURS[grade],
        )
        for grade in GRADES
    ]
    photos: list[Any] = [DraftPhotos(draft, folder, "condition-photo")] if folder else []
    back = buttons.plain_button(
        say("Back"), press=partial(setattr, draft, "open", False), key="judge-back"
    )
    button = buttons.main_button(
        say("Save"), icon=ft.Icons.SAVE, press=save, disabled=not draft.grade, key="judge-save"
    )
    note = fields.text_field(
        say("What is seen (optional)"),
        draft.note,
        partial(setattr, draft, "note"),
        key="condition-note",
        lines=2,
    )
    return ft.Column(
        [
            ft.Row(grades, wrap=True, spacing=10, run_spacing=10),
            note,
            *photos,
            ft.Row([back, button], alignment=ft.MainAxisAlignment.END, spacing=12),
        ],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _line(sitting: Sitting, each: Judgement) -> ft.Control:
    """One grade of the past: when, whose, what was seen."""
    who = f" · {each.person}" if each.person else ""
    parts: list[ft.Control] = [
        text.body(f"{sitting.when(each.at)} · {grade_words(sitting, each.grade)}{who}")
    ]
    if each.note:
        parts.append(text.small(each.note, lines=4))
    folder = sitting.workplace.photos
    if folder is not None and each.pictures:
        disk = PhotoFolder(folder)
        parts.append(ft.Row([_thumbnail(sitting, disk, one) for one in each.pictures], wrap=True))
    return ft.Column(parts, spacing=4)


def _thumbnail(sitting: Sitting, disk: PhotoFolder, picture: Any) -> ft.Control:
    sha256, size = picture.thumbnail_sha256, picture.thumbnail_size
    if not (sha256 and disk.holds(sha256, size)):
        return ft.Icon(ft.Icons.IMAGE, size=48)
    return ft.Image(
        src=disk.read(sha256, 0, size),
        width=120,
        height=120,
        fit=ft.BoxFit.COVER,
        semantics_label=sitting.say("Photo"),
    )


def _missing(sitting: Sitting, condition: Condition) -> list[Any]:
    """Thumbnails that this disk does not hold: small, they come by themselves."""
    folder = sitting.workplace.photos
    if folder is None:
        return []
    disk = PhotoFolder(folder)
    every = [one for each in condition.judgements[:LINES_MAX] for one in each.pictures]
    return [
        one
        for one in every
        if one.thumbnail_sha256 and not disk.holds(one.thumbnail_sha256, one.thumbnail_size or 0)
    ]


def _fetch(sitting: Sitting, missing: Sequence[Any]) -> None:
    if not missing:
        return
    with sitting.workplace.database.writing() as session:
        for one in missing:
            files.want(session, one)
    sitting.workplace.link.wake()

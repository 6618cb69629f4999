"""A step that asks for a photo, before the work or after it: one touch opens the camera."""

from typing import Any

import flet as ft

from asset_model.photos import Photo
from asset_model.work_orders import Step
from field_app.actions.step_answers import answer_with_photo, moment_of
from field_app.reads.photos import photo
from field_app.store.photo_folder import PhotoFolder
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import text
from field_app.ui.parts.photos import kept_picture, photo_button
from field_app.ui.picking import Chosen, use_picker
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import GOOD
from field_app.ui.words import noted

SMALL_PX = 120
ASKED = {
    "before": noted("Photo before"),
    "after": noted("Photo after"),
    None: noted("Take a photo"),
}


@component
def StepPhoto(step: Step, open_to_answers: bool) -> Any:
    sitting = use_sitting()
    folder = sitting.workplace.photos

    async def picked(file: Chosen) -> None:
        if folder is None:
            return
        picture = await kept_picture(sitting, file.data, folder)
        if picture is not None:
            sitting.act(answer_with_photo, step.id, picture)

    picker = use_picker(picked)
    row: list[ft.Control] = shown(sitting, step)
    if open_to_answers and folder is not None:
        word = sitting.say("Take it again") if row else _word(sitting, step)
        row.append(photo_button(word, picker, key=f"answer-{step.rank}-photo"))
    if not row:
        return text.small(sitting.say("no answer"))
    return ft.Row(row, spacing=12, wrap=True, run_spacing=10)


def _word(sitting: Sitting, step: Step) -> str:
    return sitting.say(ASKED.get(moment_of(step), ASKED[None]))


def shown(sitting: Sitting, step: Step) -> list[ft.Control]:
    """The picture that answered the step, small; where its file is elsewhere, that it is taken."""
    found = sitting.read(photo, step.answer) if step.answer else None
    if found is None:
        return []
    folder = sitting.workplace.photos
    small = _thumbnail(PhotoFolder(folder), found) if folder else None
    if small is None:
        icon = ft.Icon(ft.Icons.CHECK_CIRCLE, color=GOOD)
        return [ft.Row([icon, text.body(sitting.say("Taken"))], spacing=8, tight=True)]
    label = found.caption or sitting.say("Photo of this step")
    picture = ft.Image(src=small, height=SMALL_PX, fit=ft.BoxFit.CONTAIN, semantics_label=label)
    return [
        ft.Container(
            picture, border_radius=tokens.RADIUS_PX, clip_behavior=ft.ClipBehavior.HARD_EDGE
        )
    ]


def _thumbnail(disk: PhotoFolder, found: Photo) -> bytes | None:
    if not disk.holds(found.thumbnail_sha256, found.thumbnail_size):
        return None
    return disk.read(found.thumbnail_sha256, 0, found.thumbnail_size)

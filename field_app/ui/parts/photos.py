"""The photos of an order: small ones side by side, one opened large, and a way to add more."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import flet as ft

from asset_model.errors import Refused
from asset_model.photos import SIGNATURE, Photo
from field_app.actions import photos as actions
from field_app.reads.incident_page import incident_of_order
from field_app.reads.photos import PhotoLine, photos_of
from field_app.store import photos as files
from field_app.store.local import FileState
from field_app.store.photo_folder import PhotoFolder
from field_app.store.pictures import Picture
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.picking import Chosen, use_picker
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import SOFT
from field_app.ui.words import noted

Attach = Callable[[Picture, str | None], None]

TILE_PX = 160
LARGE_PX = 480

MOMENTS = (("before", noted("Before")), ("after", noted("After")), ("defect", noted("Defect")))
NAMES = {**dict(MOMENTS), SIGNATURE: noted("Signature")}

STATES = {
    FileState.WAITING: noted("Waiting to be sent"),
    FileState.CONFIRMED: noted("Received by the server"),
    FileState.FREED: noted("Received by the server"),
    FileState.REFUSED: noted("Refused by the server"),
    FileState.LOST: noted("Damaged on this device"),
}


@component
def Photos(order_id: str, folder: Path, *, defect_id: str = "") -> Any:
    """Of an order; with a defect, of that defect, whose repair order may not be here yet."""
    sitting = use_sitting()
    moment, set_moment = ft.use_state("")
    opened, set_opened = ft.use_state("")
    disk = PhotoFolder(folder)
    lines = sitting.read(photos_of, order_id)
    missing = _missing(disk, lines, opened)
    ft.use_effect(lambda: _fetch(sitting, missing), [tuple(name for _, _, name in missing)])

    attach = partial(_attach, sitting, order_id, defect_id)

    async def picked(file: Chosen) -> None:
        await _add(sitting, attach, file.data, folder, moment or None)

    def toggle(photo_id: str) -> None:
        set_opened("" if opened == photo_id else photo_id)

    tiles = [_tile(sitting, disk, line, partial(toggle, line.photo.id)) for line in lines]
    moments = MOMENTS if not defect_id else ()
    parts: list[Any] = [_adding(sitting, moments, (moment, set_moment), use_picker(picked))]
    if moments and sitting.read(incident_of_order, order_id) is not None:
        say = sitting.say
        seen = say("Once the work is done, citizens see what is marked “After”, small.")
        parts.append(text.small(seen))
    if tiles:
        parts.append(ft.Row(tiles, wrap=True, spacing=12, run_spacing=12))
    parts += [_large(sitting, disk, line) for line in lines if line.photo.id == opened]
    return cards.section(sitting.say("Photos"), parts)


def _attach(
    sitting: Sitting, order_id: str, defect_id: str, picture: Picture, moment: str | None
) -> None:
    if defect_id:
        sitting.make(actions.attach_to_defect, defect_id, picture)
    else:
        sitting.make(actions.attach, order_id, picture, moment=moment)


async def _add(
    sitting: Sitting, attach: Attach, data: bytes, folder: Path, moment: str | None
) -> None:
    picture = await kept_picture(sitting, data, folder)
    if picture is not None:
        attach(picture, moment)


async def kept_picture(sitting: Sitting, data: bytes, folder: Path) -> Picture | None:
    """The picture is on the disk, and looked at, before the screen waits for the database."""
    try:
        return await asyncio.to_thread(actions.keep, data, folder)
    except Refused as refused:
        sitting.tell(refused.sentence(sitting.language), bad=True)
    except OSError:
        sitting.tell(sitting.say("There is no room for this photo on the device."), bad=True)
    return None


def _adding(
    sitting: Sitting, moments: Sequence[tuple[str, str]], choice: Any, picker: ft.FilePicker
) -> ft.Control:
    moment, set_moment = choice
    choices = [
        buttons.choice_button(
            sitting.say(word),
            chosen=moment == name,
            press=partial(set_moment, "" if moment == name else name),
            key=f"moment-{name}",
        )
        for name, word in moments
    ]
    add = photo_button(sitting.say("Add a photo"), picker, key="add-photo")
    return ft.Row([add, *choices], spacing=10, wrap=True, run_spacing=10)


def photo_button(
    word: str, picker: ft.FilePicker, *, key: str, icon: ft.IconData = ft.Icons.ADD_A_PHOTO
) -> ft.Control:
    """Opens the camera, or the pictures that are there.

    The browser does so within the touch: later it would not be allowed to. The camera's own screen
    is in front meanwhile, so a window that loses its focus means nothing.
    """
    pick = ft.PickFiles(
        picker,
        file_type=ft.FilePickerFileType.IMAGE,
        cancel_upload_on_window_blur=False,
    )
    return buttons.plain_button(word, icon=icon, action=pick, press=lambda: None, key=key)


def thumbnail(small: bytes | None, *, name: str, press: Any, key: str) -> ft.Control:
    """A small picture to press; a sign of one, where its file is not here yet."""
    picture: ft.Control = ft.Icon(ft.Icons.IMAGE, size=48, color=SOFT)
    if small is not None:
        picture = ft.Image(
            src=small, width=TILE_PX, height=TILE_PX, fit=ft.BoxFit.COVER, semantics_label=name
        )
    frame = ft.Container(
        picture,
        width=TILE_PX,
        height=TILE_PX,
        alignment=ft.Alignment.CENTER,
        border_radius=tokens.RADIUS_PX,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        on_click=lambda: press(),
        key=key,
    )
    return ft.Semantics(content=frame, identifier=key, button=True, label=name)


def _tile(sitting: Sitting, disk: PhotoFolder, line: PhotoLine, press: Any) -> ft.Control:
    photo = line.photo
    name = _name(sitting, line)
    held = disk.holds(photo.thumbnail_sha256, photo.thumbnail_size)
    small = disk.read(photo.thumbnail_sha256, 0, photo.thumbnail_size) if held else None
    pressed = thumbnail(small, name=name, press=press, key=f"photo-{photo.id}")
    words = [text.small(name), *([text.small(state)] if (state := _state(sitting, line)) else [])]
    return ft.Container(ft.Column([pressed, *words], spacing=4), width=TILE_PX)


def _name(sitting: Sitting, line: PhotoLine) -> str:
    word = NAMES.get(line.photo.moment or "")
    return " · ".join(
        part
        for part in (word and sitting.say(word), _who(sitting, line), line.photo.caption)
        if part
    )


def _who(sitting: Sitting, line: PhotoLine) -> str:
    """A citizen is nobody here; whoever is of another crew may not be known."""
    at = sitting.when(line.photo.taken_at)
    if line.person:
        return sitting.say("{person}, {at}", person=line.person, at=at)
    return at if line.photo.person_id else sitting.say("A citizen, {at}", at=at)


def _state(sitting: Sitting, line: PhotoLine) -> str:
    if line.state is None:
        return ""
    if line.state == FileState.WAITING and line.percent:
        return sitting.say("{percent}% sent", percent=line.percent)
    return sitting.say(STATES[line.state])


def _large(sitting: Sitting, disk: PhotoFolder, line: PhotoLine) -> ft.Control:
    photo = line.photo
    if not disk.holds(photo.sha256, photo.byte_size):
        return text.body(sitting.say("The photo is being fetched."))
    whole = ft.Image(
        src=disk.read(photo.sha256, 0, photo.byte_size),
        fit=ft.BoxFit.CONTAIN,
        height=LARGE_PX,
        key="photo-large",
    )
    label = _name(sitting, line)
    return ft.Semantics(content=whole, identifier="photo-large", image=True, label=label)


Missing = tuple[Photo, bool, str]
"""A photo, whether its thumbnail is meant, and the name of the file."""


def _missing(disk: PhotoFolder, lines: tuple[PhotoLine, ...], opened: str) -> list[Missing]:
    """What the screen would show and this disk does not hold."""
    missing: list[Missing] = []
    for photo in (line.photo for line in lines):
        if not disk.holds(photo.thumbnail_sha256, photo.thumbnail_size):
            missing.append((photo, True, photo.thumbnail_sha256))
        if photo.id == opened and not disk.holds(photo.sha256, photo.byte_size):
            missing.append((photo, False, photo.sha256))
    return missing


def _fetch(sitting: Sitting, missing: list[Missing]) -> None:
    if not missing:
        return
    with sitting.workplace.database.writing() as session:
        for photo, thumbnail, _ in missing:
            files.want(session, photo, thumbnail=thumbnail)
    sitting.workplace.link.wake()

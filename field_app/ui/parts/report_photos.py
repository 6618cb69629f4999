"""What citizens photographed of an incident: small pictures side by side, one opened large."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import flet as ft

from asset_model.incidents import ReportPhoto
from field_app.store import photos as files
from field_app.store.photo_folder import PhotoFolder
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import cards
from field_app.ui.parts.photos import LARGE_PX, thumbnail
from field_app.ui.sitting import Sitting, use_sitting


@component
def ReportPhotos(photos: Sequence[ReportPhoto], folder: Path) -> Any:
    sitting = use_sitting()
    opened, set_opened = ft.use_state("")
    disk = PhotoFolder(folder)
    missing = [
        (photo, thumbnail)
        for photo in photos
        for thumbnail in (True, False)
        if (thumbnail or photo.id == opened) and not _held(disk, photo, thumbnail)
    ]
    asked = tuple((photo.id, thumbnail) for photo, thumbnail in missing)
    ft.use_effect(lambda: _fetch(sitting, missing), [asked])
    tiles = [
        _tile(sitting, disk, photo, partial(set_opened, "" if opened == photo.id else photo.id))
        for photo in photos
    ]
    large = [_large(sitting, disk, photo) for photo in photos if photo.id == opened]
    row = ft.Row(tiles, wrap=True, spacing=12, run_spacing=12)
    return cards.section(sitting.say("Photos of citizens"), [row, *large])


def _held(disk: PhotoFolder, photo: ReportPhoto, thumbnail: bool) -> bool:
    if thumbnail:
        return disk.holds(photo.thumbnail_sha256, photo.thumbnail_size)
    return disk.holds(photo.sha256, photo.byte_size)


def _fetch(sitting: Sitting, missing: list[tuple[ReportPhoto, bool]]) -> None:
    if not missing:
        return
    with sitting.workplace.database.writing() as session:
        for photo, thumbnail in missing:
            files.want(session, photo, thumbnail=thumbnail)
    sitting.workplace.link.wake()


def _tile(sitting: Sitting, disk: PhotoFolder, photo: ReportPhoto, press: Any) -> ft.Control:
    name = sitting.say("Photo of {at}", at=sitting.when(photo.taken_at))
    held = _held(disk, photo, True)
    small = disk.read(photo.thumbnail_sha256, 0, photo.thumbnail_size) if held else None
    return thumbnail(small, name=name, press=press, key=f"report-photo-{photo.id}")


def _large(sitting: Sitting, disk: PhotoFolder, photo: ReportPhoto) -> ft.Control:
    if not _held(disk, photo, False):
        return ft.Text(sitting.say("The photo is being fetched."), size=tokens.BODY_PX)
    whole = disk.read(photo.sha256, 0, photo.byte_size)
    label = sitting.say("Photo of {at}", at=sitting.when(photo.taken_at))
    return ft.Image(
        src=whole, fit=ft.BoxFit.CONTAIN, height=LARGE_PX, semantics_label=label, key="photo-large"
    )

"""Photos of what is still being filled in: on the disk already, of nothing yet."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import flet as ft

from field_app.store.photo_folder import PhotoFolder
from field_app.store.pictures import Picture, read_picture
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts.photos import kept_picture, photo_button
from field_app.ui.picking import Chosen, use_picker
from field_app.ui.sitting import use_sitting

TILE_PX = 96


class Pictured(Protocol):
    photos: list[list[Any]]
    """The hash and the size of each."""


@component
def DraftPhotos(draft: Pictured, folder: Path, name: str) -> Any:
    sitting = use_sitting()

    async def picked(file: Chosen) -> None:
        picture = await kept_picture(sitting, file.data, folder)
        if picture is not None:
            draft.photos = [*draft.photos, [picture.sha256, picture.size]]

    picker = use_picker(picked)
    disk = PhotoFolder(folder)
    tiles: list[ft.Control] = [
        ft.Image(
            src=disk.read(sha256, 0, size),
            width=TILE_PX,
            height=TILE_PX,
            fit=ft.BoxFit.COVER,
            border_radius=tokens.RADIUS_PX,
            semantics_label=sitting.say("Photo"),
        )
        for sha256, size in draft.photos
        if disk.holds(sha256, size)
    ]
    add = photo_button(sitting.say("Add a photo"), picker, key=name)
    return ft.Row([add, *tiles], spacing=12, wrap=True, run_spacing=10)


def pictures_of(folder: Path | None, photos: Sequence[Sequence[Any]]) -> list[Picture]:
    if folder is None:
        return []
    disk = PhotoFolder(folder)
    return [read_picture(disk.read(sha256, 0, size)) for sha256, size in photos]

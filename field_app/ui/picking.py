"""Files that a person chooses on a screen: told of first, then sent by themselves.

The page's own link carries every touch: a large picture sent through it holds all of them up, and
one that is too large ends it. So only a file's name and size come that way. What is small enough
is asked for, and comes by an address of its own that nobody can guess.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from asset_model.photos import BYTES_MAX
from field_app.ui.sitting import Sitting, use_sitting

MB = 1024 * 1024
WAITED_S = 600
"""How long a tablet may take to hand over a file to itself, or a desk to its server."""


@dataclass(frozen=True)
class Chosen:
    """A file as it was chosen, whole."""

    name: str
    data: bytes


def use_picker(picked: Callable[[Chosen], Awaitable[None]]) -> ft.FilePicker:
    """One picker for as long as the part is shown; it calls the newest handler, file by file.

    A service tells of its events only if it had a handler when it was made.
    """
    sitting = use_sitting()
    newest: Any = ft.use_ref(None)
    newest.current = (sitting, picked)
    awaited: Any = ft.use_ref(None)

    async def told(event: ft.FilePickerResultEvent) -> None:
        for file in event.files:
            here, handle = newest.current
            data = await _sent(here, event.control, file, awaited)
            if data is not None:
                await handle(Chosen(file.name, data))

    def ended(event: ft.FilePickerUploadEvent) -> None:
        arrived = awaited.current
        if event.error and arrived is not None and not arrived.done():
            arrived.set_exception(ConnectionError(event.error))

    kept: Any = ft.use_ref(lambda: ft.FilePicker(on_result=told, on_upload=ended))
    picker: ft.FilePicker = kept.current
    return picker


async def _sent(
    sitting: Sitting, picker: ft.FilePicker, file: ft.FilePickerFile, awaited: Any
) -> bytes | None:
    """The file; None where it is too heavy or does not come, and the person has been told so."""
    if file.size > BYTES_MAX:
        sitting.tell(_too_heavy(sitting, file.size), bad=True)
        return None
    place = sitting.workplace
    address, awaited.current = place.inbox.expect(file.size, new_id=place.new_id)
    url = "/".join(["", *filter(None, [picker.page.name, address])])
    await picker.upload([ft.FilePickerUploadFile(upload_url=url, id=file.id)])
    try:
        async with asyncio.timeout(WAITED_S):
            arrived: bytes = await awaited.current
            return arrived
    except (TimeoutError, ConnectionError):
        sitting.tell(sitting.say("The file could not be read. Choose it again."), bad=True)
        return None


def _too_heavy(sitting: Sitting, size: int) -> str:
    return sitting.say(
        "This file is too heavy ({size} MB; {limit} MB at most). Choose a lighter one.",
        size=math.ceil(size / MB),
        limit=BYTES_MAX // MB,
    )

"""Below what waits: the photos on their way, what to do in trouble, and a copy to carry by hand."""

import asyncio
from typing import Any

import flet as ft

from field_app.actions.copying import Copied, copy_unsent
from field_app.reads.waiting import PhotosWaiting, Tally
from field_app.reads.waiting import photos_waiting as count_photos
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD
from field_app.ui.words import noted

ADVICE: dict[str | None, tuple[str, ...]] = {
    None: (
        noted("The tablet sends by itself as soon as it finds the server. Nothing is to be done."),
    ),
    "offline": (
        noted("Go on working: all is kept on the tablet, also when it is switched off."),
        noted("It tries again by itself. Near the garage, the wireless network is enough."),
        noted("After a day without a word from the server, tell the foreman."),
    ),
    "device_unknown": (
        noted("The office has ended this tablet’s access. Ask for a new code and enter it here."),
        noted("What you did is kept, and leaves once the code is entered."),
    ),
    "disk": (
        noted("The tablet cannot write any more. Call the office before you go on."),
        noted("Do not erase anything: what waits is still on it. Keep a copy with the button."),
    ),
    "settle": (
        noted("What was refused or put aside is kept with its reason; the foreman sees it too."),
    ),
}


def photos_waiting(sitting: Sitting) -> list[ft.Control]:
    """Pictures travel after the rest, and stay on the tablet until the server has them whole."""
    waiting = sitting.read(count_photos)
    if not (waiting.files or waiting.stuck):
        return []
    lines: list[ft.Control] = [text.body(_photos(sitting, waiting))] if waiting.files else []
    if waiting.stuck:
        stuck = sitting.words.several(
            "{count} is refused or damaged, and stays on the tablet.",
            "{count} are refused or damaged, and stay on the tablet.",
            waiting.stuck,
        )
        lines.append(text.body(stuck, colour=BAD))
    return [cards.section(sitting.say("Photos"), lines)]


def _photos(sitting: Sitting, waiting: PhotosWaiting) -> str:
    megabytes = sitting.words.number(round(waiting.size / 1_000_000, 1))
    return sitting.words.several(
        "{count} photo waits: {size} MB. Photos leave after the rest.",
        "{count} photos wait: {size} MB. Photos leave after the rest.",
        waiting.files,
        size=megabytes,
    )


def what_to_do(sitting: Sitting, counted: Tally) -> ft.Control:
    lines: list[ft.Control] = [text.body(sitting.say(line)) for line in _advice(sitting, counted)]
    return cards.section(sitting.say("What to do"), lines)


def _advice(sitting: Sitting, counted: Tally) -> tuple[str, ...]:
    link = sitting.workplace.link
    if link.trouble == "device_unknown":
        kind: str | None = "device_unknown"
    elif link.trouble in ("disk_full", "disk_failed"):
        kind = "disk"
    else:
        kind = "offline" if link.online is False else None
    return ADVICE[kind] + (ADVICE["settle"] if counted.to_settle else ())


def keep_a_copy(sitting: Sitting) -> list[Any]:
    """On a tablet; a desk's replica stands beside the server."""
    shown = sitting.workplace.folder is not None and not sitting.signed.in_office
    return [Copying(key="copying")] if shown else []


@component
def Copying() -> Any:
    sitting = use_sitting()
    nothing: list[Copied] = []
    made, set_made = ft.use_state(nothing)
    # Kept for as long as the page is shown: a service that nothing refers to is dropped.
    kept: Any = ft.use_ref(lambda: ft.FilePicker())

    async def copy() -> None:
        made_now = await _copied(sitting, kept.current)
        set_made([made_now] if made_now else [])

    button = buttons.plain_button(
        sitting.say("Keep a copy of what waits in a file"),
        icon=ft.Icons.SAVE_ALT,
        press=lambda: ft.context.page.run_task(copy),
        key="copy",
    )
    lines: list[ft.Control] = [
        text.body(sitting.say("The office brings such a file in, and nothing counts twice.")),
        ft.Row([button]),
    ]
    lines += [text.small(_told(sitting, one)) for one in made]
    return cards.section(sitting.say("A copy to carry by hand"), lines)


async def _copied(sitting: Sitting, picker: ft.FilePicker) -> Copied | None:
    """The file stays on the tablet, and the browser offers it to be put elsewhere."""
    folder, now = sitting.workplace.folder, sitting.workplace.clock()
    if folder is None:
        return None
    try:
        copied = await asyncio.to_thread(copy_unsent, folder, now=now)
        data = await asyncio.to_thread(copied.file.read_bytes)
    except OSError:
        sitting.tell(sitting.say("The copy could not be written. What waits is kept."), bad=True)
        return None
    await picker.save_file(file_name=copied.file.name, src_bytes=data)
    return copied


def _told(sitting: Sitting, copied: Copied) -> str:
    told = sitting.words.several(
        "{count} act is in {file}.",
        "{count} acts are in {file}.",
        copied.acts,
        file=copied.file.name,
    )
    if copied.photos:
        told += " " + sitting.say("Its photos stay on the tablet.")
    if not copied.complete:
        told += " " + sitting.say("Some could not be read: bring the tablet to the office.")
    return told

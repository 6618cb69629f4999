"""The papers of an asset: opened here once they are at hand, fetched or kept when somebody says so.

What a paper weighs is told before it is fetched: a plan can be larger than a day's rows.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import flet as ft

from asset_model.documents import AssetDocument, DocumentKind
from asset_model.errors import Refused
from asset_model.photos import BYTES_MAX
from asset_model.roles import may_edit
from field_app.actions import documents as actions
from field_app.reads.documents import DocumentLine, documents_of
from field_app.store.photo_folder import PhotoFolder
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.picking import Chosen, use_picker
from field_app.ui.printing import Made
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

KINDS = {
    DocumentKind.MANUAL: noted("Manual"),
    DocumentKind.PLAN: noted("Plan"),
    DocumentKind.WARRANTY: noted("Warranty"),
    DocumentKind.OTHER: noted("Other"),
}
EXTENSIONS = ["pdf", "jpg", "jpeg", "png", "webp"]


@ft.observable
@dataclass
class Attaching:
    open: bool = False
    kind: str = DocumentKind.MANUAL
    title: str = ""


@component
def AssetDocuments(asset_id: str, folder: Path) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Attaching, name=f"document-{asset_id}")

    async def picked(file: Chosen) -> None:
        await _attach(sitting, asset_id, folder, draft, file)

    picker = use_picker(picked)
    disk = PhotoFolder(folder)
    parts = [_row(sitting, disk, line) for line in sitting.read(documents_of, asset_id)]
    if _may_attach(sitting):
        parts.append(_form(sitting, draft, picker) if draft.open else _opening(sitting, draft))
    if not parts:
        return ft.Container(height=0)
    return cards.section(sitting.say("Documents"), parts)


def _may_attach(sitting: Sitting) -> bool:
    return may_edit(sitting.signed.role, AssetDocument.__tablename__, "title")


def megabytes(sitting: Sitting, size: int) -> str:
    return sitting.say("{size} MB", size=max(0.1, round(size / actions.MB, 1)))


def _row(sitting: Sitting, disk: PhotoFolder, line: DocumentLine) -> ft.Control:
    one, say = line.document, sitting.say
    at = sitting.when(one.attached_at)
    kind = say(KINDS.get(DocumentKind(one.kind), KINDS[DocumentKind.OTHER]))
    told = [kind, megabytes(sitting, one.byte_size), line.person, at]
    here = disk.holds(one.sha256, one.byte_size)
    acts = _here(sitting, disk, line) if here else _elsewhere(sitting, line)
    if _may_attach(sitting):
        acts.append(_withdrawing(sitting, one))
    return ft.Semantics(
        content=ft.Column(
            [
                text.strong(one.title),
                text.small(" · ".join(part for part in told if part)),
                ft.Row(acts, spacing=10, run_spacing=10, wrap=True),
            ],
            spacing=4,
        ),
        identifier=f"document-{one.id}",
        container=True,
    )


def _here(sitting: Sitting, disk: PhotoFolder, line: DocumentLine) -> list[ft.Control]:
    one, place = line.document, sitting.workplace
    make = partial(_made, disk, one.sha256, one.byte_size, one.media_type)
    address = place.printouts.promise(f"document {one.sha256}", make, new_id=place.new_id)
    opening = buttons.plain_button(
        sitting.say("Open"),
        icon=ft.Icons.OPEN_IN_NEW,
        press=lambda: None,
        action=ft.OpenUrl(address),
        key=f"open-{one.id}",
    )
    return [opening, _pin(sitting, line)]


def _made(disk: PhotoFolder, sha256: str, size: int, media_type: str) -> Made:
    return Made(disk.read(sha256, 0, size), media_type)


def _elsewhere(sitting: Sitting, line: DocumentLine) -> list[ft.Control]:
    one = line.document
    if line.on_its_way:
        told = sitting.say("On its way: {percent} %", percent=line.percent)
        # Bare, its `expand` would be one too many for a row that wraps: the screen goes grey.
        return [ft.Container(text.body(told))]
    size = megabytes(sitting, one.byte_size)
    fetch = buttons.plain_button(
        sitting.say("Fetch ({size})", size=size),
        icon=ft.Icons.DOWNLOAD,
        press=partial(_bring, sitting, one, pinned=False),
        key=f"fetch-{one.id}",
    )
    return [fetch, _pin(sitting, line)]


def _pin(sitting: Sitting, line: DocumentLine) -> ft.Control:
    """Pressed again, it may leave when room is needed."""
    one = line.document
    return buttons.choice_button(
        sitting.say("Keep at hand without a signal"),
        chosen=line.pinned,
        press=partial(_bring, sitting, one, pinned=not line.pinned),
        key=f"pin-{one.id}",
    )


def _bring(sitting: Sitting, one: AssetDocument, *, pinned: bool) -> None:
    folder = sitting.workplace.photos
    here = folder is not None and PhotoFolder(folder).holds(one.sha256, one.byte_size)
    with sitting.workplace.database.writing() as session:
        actions.bring(session, one.id, pinned=pinned, here=here)
    sitting.workplace.changed()
    sitting.workplace.link.wake()


def _withdrawing(sitting: Sitting, one: AssetDocument) -> ft.Control:
    def withdraw() -> None:
        if sitting.act(actions.withdraw, one.id):
            sitting.tell(sitting.say("Taken off: {title}", title=one.title), undo=undo)

    def undo() -> None:
        sitting.act(actions.put_back, one.id)

    return buttons.plain_button(
        sitting.say("Take off"), icon=ft.Icons.REMOVE, press=withdraw, key=f"withdraw-{one.id}"
    )


def _opening(sitting: Sitting, draft: Attaching) -> ft.Control:
    button = buttons.plain_button(
        sitting.say("Attach a document"),
        icon=ft.Icons.ATTACH_FILE,
        press=partial(setattr, draft, "open", True),
        key="attach",
    )
    return ft.Row([button])


def _form(sitting: Sitting, draft: Attaching, picker: ft.FilePicker) -> ft.Control:
    say = sitting.say
    kinds = [
        buttons.choice_button(
            say(word),
            chosen=draft.kind == kind,
            press=partial(setattr, draft, "kind", str(kind)),
            key=f"document-kind-{kind}",
        )
        for kind, word in KINDS.items()
    ]
    title = fields.text_field(
        say("Title (the file’s name, if none is given)"),
        draft.title,
        partial(setattr, draft, "title"),
        key="document-title",
    )
    pick = ft.PickFiles(
        picker,
        file_type=ft.FilePickerFileType.CUSTOM,
        allowed_extensions=EXTENSIONS,
        cancel_upload_on_window_blur=False,
    )
    limit = BYTES_MAX // actions.MB
    row = [
        buttons.plain_button(
            say("Back"), press=partial(setattr, draft, "open", False), key="attach-back"
        ),
        buttons.plain_button(
            say("Choose the file"),
            icon=ft.Icons.UPLOAD_FILE,
            action=pick,
            press=lambda: None,
            key="attach-file",
        ),
    ]
    return ft.Column(
        [
            ft.Row(kinds, wrap=True, spacing=10, run_spacing=10),
            title,
            text.small(say("A PDF or a picture, at most {limit} MB.", limit=limit)),
            ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12),
        ],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


async def _attach(
    sitting: Sitting, asset_id: str, folder: Path, draft: Attaching, file: Chosen
) -> None:
    """The file is on the disk, and looked at, before the screen waits for the database."""
    try:
        kept = await asyncio.to_thread(actions.keep, file.data, folder)
    except Refused as refused:
        sitting.tell(refused.sentence(sitting.language), bad=True)
        return
    except OSError:
        sitting.tell(sitting.say("There is no room for this file on the device."), bad=True)
        return
    title = draft.title.strip() or Path(file.name).stem
    made = sitting.make(actions.attach, asset_id, kept, kind=draft.kind, title=title)
    if made is not None:
        emptied(draft)
        sitting.tell(sitting.say("Attached: {title}. It is sent by itself.", title=made.title))

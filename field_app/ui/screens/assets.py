"""The assets: found by a word, by their place or by their tag; and beside the list, one of them."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.errors import Refused
from field_app.reads.asset_page import asset_by_tag
from field_app.reads.assets import Found, find_assets, nearest_assets
from field_app.scanning import can_scan, read_tags, tag_of
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, fields, panes, text
from field_app.ui.parts.asset_picker import found_row
from field_app.ui.parts.photos import photo_button
from field_app.ui.picking import Chosen, use_picker
from field_app.ui.screens.asset import AssetScreen
from field_app.ui.sitting import Sitting, use_sitting

FOUND_MAX, NEAR_MAX = 20, 12


@component
def Assets(asset_id: str) -> Any:
    sitting = use_sitting()
    if not sitting.wide:
        return AssetScreen(asset_id, key=asset_id) if asset_id else AssetListPane("", key="list")
    detail = AssetScreen(asset_id, key=asset_id) if asset_id else _nothing_chosen(sitting)
    return panes.side_by_side(AssetListPane(asset_id, key="list"), detail)


@component
def AssetListPane(chosen_id: str) -> Any:
    sitting = use_sitting()
    search, set_search = ft.use_state("")

    async def picked(file: Chosen) -> None:
        _open_scanned(sitting, file.data)

    picker = use_picker(picked)
    field = fields.text_field(
        sitting.say("Tag, street, address"),
        search,
        set_search,
        key="assets-search",
        icon=ft.Icons.SEARCH,
        sought="/",
        submit=lambda typed: _open_tag(sitting, tag_of(typed)),
    )
    head = panes.list_head(field, _scan(sitting, picker))
    return ft.Column(
        [
            head,
            ft.ListView(
                _rows(sitting, search.strip(), chosen_id),
                expand=True,
                spacing=6,
                padding=ft.Padding.all(12),
            ),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _scan(sitting: Sitting, picker: ft.FilePicker) -> list[ft.Control]:
    """A picture of the code; where no reader is installed, that the tag is to be typed."""
    if not can_scan():
        return [text.small(sitting.say("This device reads no codes: type the tag."))]
    word = sitting.say("Scan a tag")
    return [photo_button(word, picker, key="scan", icon=ft.Icons.QR_CODE_SCANNER)]


def _open_scanned(sitting: Sitting, data: bytes) -> None:
    try:
        tags = read_tags(data)
    except Refused as refused:
        sitting.tell(refused.sentence(sitting.language), bad=True)
        return
    known = [found for tag in tags if (found := sitting.read(asset_by_tag, tag))]
    if known:
        sitting.go(f"/assets/{known[0]}")
    elif tags:
        sentence = sitting.say("The tag {tag} is of no asset on this tablet.", tag=tags[0])
        sitting.tell(sentence, bad=True)
    else:
        sitting.tell(sitting.say("No code to be made out. Come closer, or type the tag."), bad=True)


def _open_tag(sitting: Sitting, tag: str) -> None:
    found = sitting.read(asset_by_tag, tag)
    if found is not None:
        sitting.go(f"/assets/{found}")


def _rows(sitting: Sitting, search: str, chosen_id: str) -> list[ft.Control]:
    say, here = sitting.say, sitting.position
    if not search:
        near = sitting.read(nearest_assets, here, limit=NEAR_MAX) if here else ()
        if not near:
            return [cards.empty(say("Scan a tag, or write one."), icon=ft.Icons.QR_CODE_2)]
        return [text.small(say("Near me")), *(_row(sitting, one, chosen_id) for one in near)]
    matches = sitting.read(find_assets, search, near=here, limit=FOUND_MAX)
    if not matches.found:
        sentence = say("Nothing here is called “{text}”.", text=search)
        return [cards.empty(sentence, icon=ft.Icons.SEARCH_OFF)]
    rows = [_row(sitting, one, chosen_id) for one in matches.found]
    shown = len(rows)
    if matches.total > shown:
        heading = say("{shown} of {total} results. Write more.", shown=shown, total=matches.total)
        rows.append(text.small(heading))
    return rows


def _row(sitting: Sitting, found: Found, chosen_id: str) -> ft.Control:
    return buttons.tap(
        found_row(sitting, found),
        press=partial(sitting.go, f"/assets/{found.id}"),
        key=f"asset-{found.tag}",
        chosen=found.id == chosen_id,
        padding=ft.Padding.symmetric(horizontal=12, vertical=10),
    )


def _nothing_chosen(sitting: Sitting) -> ft.Control:
    sentence = sitting.say("Choose an asset in the list, or scan its tag.")
    return panes.nothing_chosen(sentence, icon=ft.Icons.QR_CODE_2)

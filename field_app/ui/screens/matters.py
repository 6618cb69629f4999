"""What the foreman has to settle: the list, and beside it or after it, one matter."""

from typing import Any

import flet as ft

from asset_model.matters import TELLING, MatterKind
from field_app.reads.matter_page import MatterPage, matter_page
from field_app.reads.matters import matters
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keyboard import use_keys
from field_app.ui.parts import buttons, cards, fields, matter_words, panes, text
from field_app.ui.parts.form import scrolled
from field_app.ui.parts.list_keys import list_keys
from field_app.ui.parts.matter_card import KINDS, MatterCard
from field_app.ui.parts.reasons import why
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION_FILL, BAD, LINE, SURFACE, WARN, edge_px


@component
def Matters(matter_id: str) -> Any:
    sitting = use_sitting()
    if not sitting.wide:
        return MatterScreen(matter_id, key=matter_id) if matter_id else MatterListPane("")
    detail = MatterScreen(matter_id, key=matter_id) if matter_id else _nothing_chosen(sitting)
    return panes.side_by_side(MatterListPane(matter_id, key="list"), detail)


@component
def MatterListPane(chosen_id: str) -> Any:
    sitting = use_sitting()
    search, set_search = ft.use_state("")
    found = sitting.read(matters, text=search)
    rows = [_row(sitting, page, chosen=page.matter.id == chosen_id) for page in found.pages]
    ids = [page.matter.id for page in found.pages]
    use_keys(list_keys(sitting, ids, chosen_id, lambda id: sitting.go(f"/settle/{id}")))
    if not rows:
        rows = [_empty(sitting, search)]
    elif found.total > len(rows):
        rows.append(
            text.small(
                sitting.say(
                    "{shown} of {total} shown. Search to find the others.",
                    shown=len(rows),
                    total=found.total,
                )
            )
        )
    field = fields.text_field(
        sitting.say("Search a street, a person"),
        search,
        set_search,
        key="search",
        icon=ft.Icons.SEARCH,
        sought="/",
    )
    return ft.Column(
        [
            ft.Container(field, padding=ft.Padding.only(left=12, right=12, top=12)),
            ft.ListView(rows, expand=True, spacing=10, padding=ft.Padding.all(12)),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _row(sitting: Sitting, page: MatterPage, *, chosen: bool) -> ft.Control:
    icon, word = KINDS.get(page.matter.kind, (ft.Icons.HELP, page.matter.kind))
    grave = page.matter.kind not in TELLING
    colour = BAD if grave else WARN
    inside: list[ft.Control] = [
        text.strong(_where(sitting, page), size_px=tokens.LEAD_PX, lines=1),
        text.body(_what(sitting, page), lines=2),
        ft.Row(
            [ft.Icon(icon, size=20, color=colour), text.small(sitting.say(word), colour=colour)]
        ),
        text.small(_who(sitting, page), lines=1),
    ]
    content = ft.Container(
        ft.Column(inside, spacing=6),
        bgcolor=ACTION_FILL if chosen else SURFACE,
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
        padding=14,
    )
    return buttons.tap(
        content,
        press=lambda: sitting.go(f"/settle/{page.matter.id}"),
        key=f"open-{page.matter.id}",
        chosen=chosen,
    )


def _where(sitting: Sitting, page: MatterPage) -> str:
    if page.street:
        return page.street
    if page.matter.kind == MatterKind.DEVICE:
        return sitting.say("Tablet {device}", device=page.matter.device_code or "–")
    if page.matter.kind == MatterKind.NOTICE:
        return sitting.say("Told outside the town")
    return page.order.title if page.order else sitting.say("No order")


def _what(sitting: Sitting, page: MatterPage) -> str:
    """The first value contested, or the first thing asked, in one line."""
    for contest in page.contests:
        if contest.column not in matter_words.BESIDE:
            what = matter_words.label(sitting, contest.column, contest.step)
            kept, aside = (
                matter_words.shown(sitting, page, contest.column, side.value, contest.step)
                for side in (contest.kept, contest.set_aside)
            )
            return sitting.say("{what}: “{kept}” or “{other}”", what=what, kept=kept, other=aside)
    if page.matter.kind == MatterKind.DEVICE:
        mended = "repaired_at" in page.matter.details
        return sitting.say("It has mended itself.") if mended else sitting.say("Still different.")
    if page.matter.kind == MatterKind.TURN:
        return page.order.title if page.order else ""
    if page.matter.kind == MatterKind.NOTICE:
        return why(sitting, page.matter.code, page.matter.details)
    what, _, after = matter_words.asked_lines(sitting, page)[0]
    return sitting.say("{what}: “{value}”", what=what, value=after) if after else what


def _who(sitting: Sitting, page: MatterPage) -> str:
    number = (page.order.number or page.order.alias or "") if page.order else ""
    at = sitting.when(page.matter.made_at or page.matter.raised_at)
    return " · ".join(part for part in (number, page.person, at) if part)


@component
def MatterScreen(matter_id: str) -> Any:
    sitting = use_sitting()
    page = sitting.read(matter_page, matter_id)
    if page is None:
        return _nothing_chosen(sitting)
    parts: list[ft.Control] = [*_links(sitting, page), MatterCard(page, key=f"card-{matter_id}")]
    return ft.Column(
        [scrolled(parts, key=f"page-{matter_id}")],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _links(sitting: Sitting, page: MatterPage) -> list[ft.Control]:
    """Back to the list where it is not in sight; the order this is about, one press away."""
    row: list[ft.Control] = []
    if not sitting.wide:
        row.append(panes.back_to_list(sitting, "/settle"))
    order = page.order
    if order is None:
        return [ft.Row(row)] if row else []
    open_order = buttons.plain_button(
        sitting.say("See the order"),
        icon=ft.Icons.ASSIGNMENT,
        press=lambda: sitting.go(f"/orders/{order.id}"),
        key="see-order",
    )
    named = " · ".join(part for part in (order.number or order.alias, order.title) if part)
    heading = text.title(page.street or order.title)
    return [ft.Row([*row, open_order], spacing=12), heading, text.body(named)]


def _empty(sitting: Sitting, search: str) -> ft.Control:
    if search:
        sentence = sitting.say("Nothing to settle says “{text}”.", text=search)
        return cards.empty(sentence, icon=ft.Icons.SEARCH_OFF)
    sentence = sitting.say("Nothing to settle. What two people changed at once comes here.")
    return cards.empty(sentence, icon=ft.Icons.HANDSHAKE)


def _nothing_chosen(sitting: Sitting) -> ft.Control:
    sentence = sitting.say("Choose a matter in the list.")
    return panes.nothing_chosen(sentence, icon=ft.Icons.BALANCE)

"""A new defect, in under fifteen seconds: what, where (found by itself), a photo, and gone."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import flet as ft

from field_app.actions.reporting import Seen, found_by_itself, report
from field_app.reads.assets import Found, found_asset
from field_app.reads.corners import Position
from field_app.reads.map_pins import address_at
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.map.placing import position_in, to_the_map
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.asset_picker import AssetPicker
from field_app.ui.parts.common_defects import COMMON, classes_of, grid, in_our_language
from field_app.ui.parts.draft_photos import DraftPhotos, pictures_of
from field_app.ui.parts.form import form
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, WARN
from field_app.ui.words import noted

URGENCIES = (
    (1, noted("Danger, at once"), BAD),
    (2, noted("Today"), WARN),
    (3, noted("Normal"), ACTION),
)


@ft.observable
@dataclass
class Draft:
    asset_id: str = ""
    elsewhere: bool = False
    """Not where the tablet is: a place is being chosen."""
    shown: list[float] = field(default_factory=list)
    """The place that was shown on the map: longitude and latitude."""
    what: str = ""
    priority: int = 3
    note: str = ""
    photos: list[list[Any]] = field(default_factory=list)
    """The hash and the size of each, which are on the disk."""

    def choose(self, found: Found | None) -> None:
        self.asset_id, self.elsewhere = (found.id if found else ""), found is None

    def show(self, position: Position | None) -> bool:
        """Takes a place of the map, and finds its asset anew."""
        if position is not None:
            self.shown, self.asset_id, self.elsewhere = list(position), "", False
        elif not (self.what or self.note or self.photos):
            self.shown = []  # A place alone is of a visit that came to nothing.
        return position is not None

    def named(self, sitting: Sitting) -> str:
        return in_our_language(sitting, self.what)

    def position(self, sitting: Sitting) -> Position | None:
        """Of the defect: where it was shown, else where the tablet is."""
        return (self.shown[0], self.shown[1]) if self.shown else sitting.position


@component
def Report(rest: str) -> Any:
    """`rest`: the id of the asset whose page or tag one came from; or the place on the map, as
    ``at/LONGITUDE,LATITUDE``.
    """
    sitting = use_sitting()
    on_map = position_in(rest.removeprefix("at/")) if rest.startswith("at/") else None
    asset_id = "" if on_map else rest
    name = f"report-{asset_id}" if asset_id else "report"
    draft = use_draft(sitting, lambda: Draft(asset_id=asset_id), name=name)
    _shown: Any = ft.use_ref(lambda: draft.show(on_map))
    place = _place(sitting, draft)
    say = sitting.say
    parts = [
        cards.section(say("What"), _what(sitting, draft)),
        cards.section(say("Where"), [_where(sitting, draft, place)]),
        *_photos(sitting, draft),
        cards.section(say("How bad"), [_urgency(sitting, draft)]),
        fields.text_field(
            say("Note (optional)"),
            draft.note,
            partial(setattr, draft, "note"),
            key="defect-note",
            lines=2,
        ),
    ]
    button = buttons.main_button(
        say("Report"),
        icon=ft.Icons.SEND,
        press=lambda: _save(sitting, draft),
        disabled=not (place and draft.what.strip()),
        key="report",
    )
    return form(sitting, say("Report a defect"), parts, button, beside=_to_break(sitting))


def _place(sitting: Sitting, draft: Draft) -> Found | None:
    """What was chosen, else what is nearest of the assets that such a defect happens to."""
    asset_id = draft.asset_id
    position = draft.position(sitting)
    if not asset_id and not draft.elsewhere and position:
        near = sitting.read(found_by_itself, position, classes_of(sitting, draft.named(sitting)))
        asset_id = near.id if near else ""
    return sitting.read(found_asset, asset_id) if asset_id else None


def _where(sitting: Sitting, draft: Draft, place: Found | None) -> Any:
    parts = [AssetPicker(place, draft.choose, key="where")]
    if place is not None and not draft.asset_id:
        parts.append(text.small(_how_found(sitting, draft)))
    parts.append(ft.Row([to_the_map(sitting)]))
    return ft.Column(parts, spacing=6, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _how_found(sitting: Sitting, draft: Draft) -> str:
    if not draft.shown:
        return sitting.say("Found by the tablet’s position.")
    return sitting.say("Place shown: {address}", address=_address(sitting, draft))


def _address(sitting: Sitting, draft: Draft) -> str:
    """Of the place that was shown, while the asset is the one found there."""
    if not draft.shown or draft.asset_id:
        return ""
    return sitting.read(address_at, (draft.shown[0], draft.shown[1]))


def _save(sitting: Sitting, draft: Draft) -> None:
    """Read as it is at the press; a second press finds it emptied, and does nothing."""
    place = _place(sitting, draft)
    if place is None or not draft.what.strip():
        return
    seen = Seen(
        draft.named(sitting),
        draft.priority,
        draft.note,
        asset_id=place.id,
        spot=None if draft.asset_id else draft.position(sitting),
        address=_address(sitting, draft) or None,
    )
    code = sitting.workplace.link.device_code
    pictures = pictures_of(sitting.workplace.photos, draft.photos)
    order = sitting.make(report, seen, device_code=code, pictures=pictures)
    if order is None:
        return
    emptied(draft)
    sitting.tell(sitting.say("Reported: {what}, {where}.", what=order.title, where=place.name))
    sitting.go(f"/orders/{order.id}")


def _what(sitting: Sitting, draft: Draft) -> list[ft.Control]:
    choose, named = partial(setattr, draft, "what"), draft.named(sitting)
    field = fields.text_field(sitting.say("Or in your words"), named, choose, key="what")
    return [grid(sitting, COMMON, choose, key="what", chosen=named), field]


def _photos(sitting: Sitting, draft: Draft) -> list[Any]:
    folder = sitting.workplace.photos
    return [DraftPhotos(draft, folder, "defect-photo", key="defect-photos")] if folder else []


def _to_break(sitting: Sitting) -> ft.Control:
    return buttons.plain_button(
        sitting.say("A water main is broken: which valves?"),
        icon=ft.Icons.WATER_DROP,
        press=lambda: sitting.go("/break"),
        key="to-break",
    )


def _urgency(sitting: Sitting, draft: Draft) -> ft.Control:
    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=draft.priority == level,
            press=partial(setattr, draft, "priority", level),
            key=f"urgency-{level}",
            colour=colour,
        )
        for level, word, colour in URGENCIES
    ]
    return ft.Row(row, wrap=True, spacing=tokens.GRID_PX + 2, run_spacing=10)

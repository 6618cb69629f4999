"""One asset: what it is, what is to be done on it, what was done, what was measured."""

from typing import Any

import flet as ft

from asset_model.photos import Photo
from asset_model.roles import may_insert
from field_app.reads.asset_page import AssetPage, MeasuredStep, PlanLine, asset_page
from field_app.reads.orders import OrderLine
from field_app.store.photo_folder import PhotoFolder
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, panes, text
from field_app.ui.parts.asset_condition import AssetCondition
from field_app.ui.parts.asset_documents import AssetDocuments
from field_app.ui.parts.asset_facts import every_fact
from field_app.ui.parts.form import bar, scrolled
from field_app.ui.parts.matter_words import ASSET_STATUSES
from field_app.ui.parts.order_row import order_row
from field_app.ui.parts.street_passes import StreetPassesCard
from field_app.ui.parts.valve_finding import ValveFinding, turning
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION

TILE_PX = 120
SEEN_MAX = 4
"""Of a measure's past, what stands in one line."""


@component
def AssetScreen(asset_id: str) -> Any:
    sitting = use_sitting()
    page = sitting.read(asset_page, asset_id)
    if page is None:
        return cards.empty(
            sitting.say("This asset is not among those of this tablet."),
            icon=ft.Icons.FOLDER_OFF,
            action=_back(sitting),
        )
    parts = [
        *([] if sitting.wide else [ft.Row([_back(sitting)])]),
        _head(sitting, page),
        StreetPassesCard(asset_id, key=f"passes-{asset_id}"),
        *_work(sitting, sitting.say("To be done here"), page.open_work, len(page.open_work)),
        AssetCondition(asset_id, key=f"condition-{asset_id}"),
        *_measured(sitting, page),
        *_valve(sitting, page),
        *_documents(sitting, asset_id),
        *_plans(sitting, page),
        *_photos(sitting, page.photos),
        *_work(sitting, sitting.say("Done here"), page.past_work, page.past_total),
        *every_fact(sitting, page.asset, page.kind),
    ]
    return ft.Column(
        [scrolled(parts, key=f"asset-page-{asset_id}"), *_bar(sitting, page)],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _back(sitting: Sitting) -> ft.Control:
    return panes.back_to_list(sitting, "/assets")


def _bar(sitting: Sitting, page: AssetPage) -> list[ft.Control]:
    if not may_insert(sitting.signed.role, "work_order"):
        return []
    if sitting.signed.in_office:
        create = buttons.main_button(
            sitting.say("Create an order here"),
            icon=ft.Icons.ADD_BOX,
            press=lambda: sitting.go(f"/new/asset/{page.asset.id}"),
            key="create-here",
        )
        return [bar(create)]
    report = buttons.main_button(
        sitting.say("Report a problem"),
        icon=ft.Icons.ADD_ALERT,
        press=lambda: sitting.go(f"/report/{page.asset.id}"),
        key="report-here",
    )
    return [bar(report)]


def _on_map(sitting: Sitting, asset_id: str) -> ft.Control:
    return buttons.plain_button(
        sitting.say("Show on the map"),
        icon=ft.Icons.MAP,
        press=lambda: sitting.go(f"/map/asset/{asset_id}"),
        key="to-map",
    )


def _head(sitting: Sitting, page: AssetPage) -> ft.Control:
    asset, words = page.asset, sitting.words
    kind = words.either(page.kind.label_fr, page.kind.label_en) if page.kind else asset.class_code
    status = words.say(ASSET_STATUSES.get(asset.status, asset.status))
    told = (kind, asset.tag, page.district, page.parent.name if page.parent else None)
    lines: list[ft.Control] = [
        text.title(asset.name or asset.tag),
        text.body(" · ".join(part for part in told if part)),
        text.strong(status, colour=ACTION),
    ]
    if asset.address:
        lines.append(text.body(asset.address))
    lines += [_meter(sitting, meter) for meter in page.meters if meter.total is not None]
    if asset.note:
        lines.append(text.body(asset.note))
    if asset.geometry:
        lines.append(ft.Row([_on_map(sitting, asset.id)]))
    return cards.card(lines, gap_px=6)


def _meter(sitting: Sitting, meter: Any) -> ft.Control:
    value = f"{sitting.words.number(round(meter.total, 1))}\u00a0{meter.unit}"
    at = sitting.when(meter.read_at)
    return text.body(sitting.say("Meter: {value}, {at}", value=value, at=at))


def _work(
    sitting: Sitting, heading: str, lines: tuple[OrderLine, ...], total: int
) -> list[ft.Control]:
    if not lines:
        return []
    rows: list[ft.Control] = [
        ft.Column([order_row(sitting, line, mark=None, chosen=False), *_along(sitting, line)])
        for line in lines
    ]
    if total > len(lines):
        shown = sitting.say("{shown} of {total} shown.", shown=len(lines), total=total)
        rows.append(text.small(shown))
    return [cards.section(f"{heading} · {total}", rows)]


def _along(sitting: Sitting, line: OrderLine) -> list[ft.Control]:
    """Work on a street or a pipe is somewhere along it."""
    if line.from_m is None:
        return []
    numbers = [sitting.words.number(round(m)) for m in (line.from_m, line.to_m) if m is not None]
    if len(set(numbers)) == 1:
        return [text.small(sitting.say("at {metres} m from its start", metres=numbers[0]))]
    start, end = numbers
    return [text.small(sitting.say("from {start} m to {end} m", start=start, end=end))]


def _documents(sitting: Sitting, asset_id: str) -> list[Any]:
    folder = sitting.workplace.photos
    return [AssetDocuments(asset_id, folder, key=f"documents-{asset_id}")] if folder else []


def _valve(sitting: Sitting, page: AssetPage) -> list[ft.Control]:
    """How it turns, large: it is what one comes to look up with the key in hand."""
    if page.asset.class_code != "valve":
        return []
    told = " · ".join(turning(sitting, page.asset.attributes or {}))
    line = text.strong(told or sitting.say("Nobody has written down how it turns."))
    form: Any = ValveFinding(page.asset.tag, with_condition=True, key="finding")
    return [cards.section(sitting.say("How it closes"), [line, form])]


def _measured(sitting: Sitting, page: AssetPage) -> list[ft.Control]:
    if not page.measured:
        return []
    rows = [_measure(sitting, line) for line in page.measured]
    return [cards.section(sitting.say("Measured here"), rows)]


def _measure(sitting: Sitting, line: MeasuredStep) -> ft.Control:
    """The latest, where it goes, and what it was before."""
    words = sitting.words
    label = words.either(line.label_fr, line.label_en)
    (at, latest), *before = line.values
    unit = f"\u00a0{line.unit}" if line.unit else ""
    told = f"{words.number(latest)}{unit}, {sitting.when(at)}"
    rows: list[ft.Control] = [
        ft.Row(
            [text.body(label, expand=True), *_trend(latest, before), text.strong(told)], spacing=8
        )
    ]
    if before:
        past = " · ".join(
            f"{words.number(value)}{unit}, {sitting.when(when)}"
            for when, value in before[:SEEN_MAX]
        )
        rows.append(text.small(sitting.say("before: {past}", past=past)))
    return ft.Column(rows, spacing=2)


def _trend(latest: float, before: list[tuple[Any, float]]) -> list[ft.Control]:
    if not before or before[0][1] == latest:
        return []
    up = latest > before[0][1]
    return [ft.Icon(ft.Icons.TRENDING_UP if up else ft.Icons.TRENDING_DOWN, size=22)]


def _plans(sitting: Sitting, page: AssetPage) -> list[ft.Control]:
    if not page.plans:
        return []
    rows = [_plan(sitting, line) for line in page.plans]
    return [cards.section(sitting.say("Maintenance plans"), rows)]


def _plan(sitting: Sitting, line: PlanLine) -> ft.Control:
    say, plan = sitting.say, line.plan
    title = sitting.words.either(plan.title_fr, plan.title_en)
    told = []
    if line.upcoming:
        told.append(say("asked for {day}", day=line.upcoming.wanted_on.isoformat()))
    if line.last:
        day = line.last.done_at or line.last.due_on
        told.append(say("last done {day}", day=f"{day:%Y-%m-%d}"))
    foot = " · ".join([plan.code, *told])
    return ft.Column([text.body(title), text.small(foot)], spacing=2)


def _photos(sitting: Sitting, photos: tuple[Photo, ...]) -> list[ft.Control]:
    """Small, as far as they are on this disk; the order that each belongs to has it large."""
    folder = sitting.workplace.photos
    if folder is None or not photos:
        return []
    disk = PhotoFolder(folder)
    tiles = [_tile(sitting, disk, photo) for photo in photos]
    return [cards.section(sitting.say("Photos"), [ft.Row(tiles, wrap=True, spacing=12)])]


def _tile(sitting: Sitting, disk: PhotoFolder, photo: Photo) -> ft.Control:
    at = sitting.when(photo.taken_at)
    inside: ft.Control = ft.Icon(ft.Icons.IMAGE, size=40)
    if disk.holds(photo.thumbnail_sha256, photo.thumbnail_size):
        small = disk.read(photo.thumbnail_sha256, 0, photo.thumbnail_size)
        inside = ft.Image(src=small, width=TILE_PX, height=TILE_PX, fit=ft.BoxFit.COVER)
    return buttons.tap(
        ft.Column([inside, text.small(at)], spacing=4),
        press=lambda: sitting.go(f"/orders/{photo.work_order_id}"),
        key=f"asset-photo-{photo.id}",
        name=sitting.say("Photo of {day}", day=at),
    )

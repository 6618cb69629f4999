"""Passes on the map: each stretch by the time since its last pass, in colour and in dashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import flet as ft
import flet_map as fm

from asset_model.passes import PassKind
from asset_model.spatial import Box
from field_app.reads.passes import DrawnRun, runs_in
from field_app.ui.map import drawing
from field_app.ui.map.marks import GREEN, LIGHT, RED, VIOLET, Hue
from field_app.ui.sitting import Sitting
from field_app.ui.themes import SURFACE
from field_app.ui.words import noted

WHOLE_PX, ONE_SIDE_PX = 9.0, 4.0
SMALLER_BELOW, SMALLER = 15.0, 0.6
"""From afar streets lie close, and their lines must not run into each other."""


@dataclass(frozen=True)
class Band:
    """Passes no older than this; `dashes` tell it from the others where colours do not."""

    within: timedelta
    word: str
    hue: Hue
    dashes: tuple[int, ...] = ()


def _bands(*ends: tuple[timedelta, str]) -> tuple[Band, ...]:
    looks: tuple[tuple[Hue, tuple[int, ...]], ...] = (
        (GREEN, ()), (LIGHT, (18, 8)), (RED, (8, 7)), (VIOLET, (3, 8)),
    )  # fmt: skip
    return tuple(
        Band(within, word, hue, dashes)
        for (within, word), (hue, dashes) in zip(ends, looks, strict=True)
    )


def _h(hours: int) -> timedelta:
    return timedelta(hours=hours)


OF_A_STORM = _bands(
    (_h(2), noted("less than 2 h ago")), (_h(4), noted("2 to 4 h ago")),
    (_h(8), noted("4 to 8 h ago")), (_h(24), noted("8 to 24 h ago")),
)  # fmt: skip
OF_A_SUMMER = _bands(
    (timedelta(days=7), noted("less than a week ago")),
    (timedelta(days=30), noted("less than a month ago")),
    (timedelta(days=90), noted("less than 3 months ago")),
    (timedelta(days=365), noted("less than a year ago")),
)


def bands_of(kind: str) -> tuple[Band, ...]:
    return OF_A_SUMMER if kind == PassKind.SWEEPING else OF_A_STORM


def pass_layer(
    sitting: Sitting, kind: str, box: Box, *, dark: bool, zoom: float
) -> list[fm.MapLayer]:
    """Nothing where no kind is asked for."""
    if not kind:
        return []
    now, bands = sitting.workplace.clock(), bands_of(kind)
    found = sitting.read(runs_in, box, (kind,), since=now - bands[-1].within)
    share = SMALLER if zoom < SMALLER_BELOW else 1.0
    return [fm.PolylineLayer([_line(run, bands, now, share, dark=dark) for run in found])]


def _line(
    run: DrawnRun, bands: Sequence[Band], now: datetime, share: float, *, dark: bool
) -> fm.PolylineMarker:
    band = next((band for band in bands if now - run.at <= band.within), bands[-1])
    drawn = drawing.line(
        [drawing.place(position) for position in run.line],
        band.hue.on(dark=dark),
        (WHOLE_PX if run.whole else ONE_SIDE_PX) * share,
        dashes=band.dashes,
        edge=None if band.dashes else SURFACE,
    )
    drawn.stroke_cap = ft.StrokeCap.BUTT  # Round ends would close the gaps of so thick a line.
    return drawn

"""The part of the legend on passes: which kind is drawn, and what its lines mean."""

from dataclasses import replace
from functools import partial
from typing import Any

import flet as ft
import flet.canvas as cv

from field_app.ui import tokens
from field_app.ui.map.filters import Filters
from field_app.ui.map.passes import WHOLE_PX, Band, bands_of
from field_app.ui.parts import buttons, text
from field_app.ui.parts.pass_load import KINDS
from field_app.ui.sitting import Sitting

SAMPLE_PX = 64


def pass_legend(sitting: Sitting, filters: Filters, asks: Any) -> list[ft.Control]:
    """One kind at a time: two on the same street would hide each other. A press again: none."""
    say = sitting.say
    choices: list[ft.Control] = [
        buttons.choice_button(
            say(word),
            chosen=filters.passes == code,
            press=partial(asks, replace(filters, passes="" if filters.passes == code else code)),
            key=f"map-passes-{code}",
            compact=True,
        )
        for code, word in KINDS
    ]
    parts: list[ft.Control] = [
        text.title(say("Passes"), size_px=tokens.LEAD_PX),
        ft.Row(choices, spacing=8, wrap=True, run_spacing=8),
    ]
    if filters.passes:
        dark = tokens.LOOKS[sitting.look].dark
        parts += [_sample(sitting, band, dark=dark) for band in bands_of(filters.passes)]
        parts.append(text.small(say("A thin line: one way only. No line: not for as long.")))
    return parts


def _sample(sitting: Sitting, band: Band, *, dark: bool) -> ft.Control:
    """The line as it is on the map, with its dashes, and in words."""
    paint = ft.Paint(
        color=band.hue.on(dark=dark),
        stroke_width=WHOLE_PX,
        stroke_dash_pattern=list(band.dashes) or None,
        style=ft.PaintingStyle.STROKE,
    )
    drawn = cv.Canvas([cv.Line(0, 12, SAMPLE_PX, 12, paint=paint)], width=SAMPLE_PX, height=24)
    return ft.Row([drawn, text.body(sitting.say(band.word), expand=True)], spacing=12)

"""A pad to sign on with a finger, and the name of whoever signs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import flet as ft
import flet.canvas as cv

from field_app.store.drawings import LINE_PX, drawn, is_drawn
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, use_draft
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.photos import kept_picture
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import INK, SOFT, SURFACE

PAD_HEIGHT_PX = 200
PAD_WIDTH_PX = 560
EVERY_MS = 25

Signed = Callable[[Any, str], Any]
"""Takes the kept picture and the name of whoever drew it."""


@ft.observable
@dataclass
class Drawing:
    """Lines that are drawn, and the one under the finger: it is written down once it is lifted."""

    name: str = ""
    strokes: list[list[list[float]]] = field(default_factory=list)
    stroke: list[list[float]] = field(default_factory=list, metadata=FLEETING)
    saving: bool = field(default=False, metadata=FLEETING)

    def begin(self, at: Any) -> None:
        self.end()
        self.stroke = [_point(at)]

    def go_on(self, at: Any) -> None:
        if self.stroke:
            self.stroke = [*self.stroke, _point(at)]

    def end(self) -> None:
        if self.stroke:
            self.strokes, self.stroke = self.lines, []

    def clear(self) -> None:
        self.strokes, self.stroke = [], []

    @property
    def lines(self) -> list[list[list[float]]]:
        return [*self.strokes, self.stroke] if self.stroke else self.strokes

    @property
    def ready(self) -> bool:
        return bool(self.name.strip()) and is_drawn(self.lines) and not self.saving


def _point(at: Any) -> list[float]:
    return [round(at.x, 1), round(at.y, 1)]


@component
def SignaturePad(signed: Signed, of: str) -> Any:
    """The tablet's own person is offered as the signer; a resident's name is typed over it.

    `of`: what is signed; a drawing that was begun is found again there.
    """
    sitting = use_sitting()
    blank = partial(Drawing, sitting.signed.name)
    drawing = use_draft(sitting, blank, name=f"signature-{of}")
    name = fields.text_field(
        sitting.say("Name of who signs"),
        drawing.name,
        partial(setattr, drawing, "name"),
        key="signer",
    )
    clear = buttons.plain_button(
        sitting.say("Clear"),
        icon=ft.Icons.BACKSPACE,
        press=drawing.clear,
        key="signature-clear",
    )
    save = buttons.main_button(
        sitting.say("Sign"),
        icon=ft.Icons.DRAW,
        press=lambda: ft.context.page.run_task(_save, sitting, drawing, signed),
        disabled=not drawing.ready,
        key="signature-save",
    )
    return ft.Column(
        [
            name,
            _pad(sitting, drawing),
            ft.Row([clear, save], alignment=ft.MainAxisAlignment.END, spacing=12),
        ],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _pad(sitting: Sitting, drawing: Drawing) -> ft.Control:
    pen = ft.Paint(
        color=INK,
        stroke_width=LINE_PX,
        style=ft.PaintingStyle.STROKE,
        stroke_cap=ft.StrokeCap.ROUND,
        stroke_join=ft.StrokeJoin.ROUND,
    )
    lines: list[cv.Shape] = [cv.Path(_path(stroke), paint=pen) for stroke in drawing.lines]
    touch = ft.GestureDetector(
        drag_interval=EVERY_MS,
        on_pan_start=lambda event: drawing.begin(event.local_position),
        on_pan_update=lambda event: drawing.go_on(event.local_position),
        on_pan_end=lambda _event: drawing.end(),
        key="signature-pad",
    )
    hint = [] if drawing.lines else [text.small(sitting.say("Sign here with a finger"))]
    paper = ft.Container(
        ft.Stack(
            [
                *hint,
                cv.Canvas(lines, width=PAD_WIDTH_PX, height=PAD_HEIGHT_PX, content=touch),
            ]
        ),
        width=PAD_WIDTH_PX,
        height=PAD_HEIGHT_PX,
        bgcolor=SURFACE,
        border=ft.Border.all(2, SOFT),
        border_radius=tokens.RADIUS_PX,
        clip_behavior=ft.ClipBehavior.HARD_EDGE,
    )
    label = sitting.say("Pad to sign on")
    return ft.Row([ft.Semantics(content=paper, identifier="signature-pad", label=label)])


def _path(stroke: list[list[float]]) -> list[Any]:
    (x, y), *rest = stroke
    return [cv.Path.MoveTo(x, y), *(cv.Path.LineTo(*point) for point in rest)]


async def _save(sitting: Sitting, drawing: Drawing, signed: Signed) -> None:
    """The picture is on the disk before anything names it."""
    folder = sitting.workplace.photos
    if folder is None or not drawing.ready:
        return
    drawing.saving = True
    strokes = [list(stroke) for stroke in drawing.lines]
    data = drawn(strokes, width=PAD_WIDTH_PX, height=PAD_HEIGHT_PX)
    picture = await kept_picture(sitting, data, folder)
    if picture is not None:
        signed(picture, drawing.name.strip())
        drawing.clear()
    drawing.saving = False

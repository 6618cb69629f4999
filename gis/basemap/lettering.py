"""Letters: how far apart they stand, and a name as a picture of its letters along a line.

Letters are drawn three times as large, turned one by one, and made smaller together: names along
bends are as even as straight ones. A letter turned to the same angle is drawn once.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import degrees
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from gis.basemap.style import font_file

FINE = 3
TURN_STEP_DEG = 2.0
MIDDLE = 0.33
"""From the baseline to the middle of the letters, in their size: it lies on the line."""
REACH = 0.8
"""From there to the farthest corner of a letter, in its size."""


class Face(NamedTuple):
    size: float
    bold: bool


class Letter(NamedTuple):
    """A letter and where its middle stands, in pixels of the zoom; `turn` in radians."""

    text: str
    x: float
    y: float
    turn: float


@dataclass(frozen=True)
class Label:
    """A name where it has been placed. `box`: all that its letters and their halo may cover."""

    text: str
    face: Face
    letters: tuple[Letter, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        reach = self.face.size
        across, down = [s.x for s in self.letters], [s.y for s in self.letters]
        return min(across) - reach, min(down) - reach, max(across) + reach, max(down) + reach


class Masks(NamedTuple):
    """Where a name's halo and letters are, and where the masks' corner lies."""

    corner: tuple[int, int]
    halo: Image.Image
    letters: Image.Image


@lru_cache(maxsize=20_000)
def stops(text: str, face: Face) -> tuple[float, ...]:
    """Where each letter ends along the baseline, in pixels; the last is the width."""
    font = _font(face)
    return tuple(font.getlength(text[:end]) / FINE for end in range(1, len(text) + 1))


def masks(label: Label, halo_px: float) -> Masks:
    left, top, right, bottom = label.box
    corner = int(left) - 1, int(top) - 1
    size = (int(right) - corner[0] + 2) * FINE, (int(bottom) - corner[1] + 2) * FINE
    letters, halo = Image.new("L", size), Image.new("L", size)
    for letter in label.letters:
        turn = round(degrees(letter.turn) / TURN_STEP_DEG)
        x = round((letter.x - corner[0]) * FINE)
        y = round((letter.y - corner[1]) * FINE)
        around = (
            letter.text if letter.text != " " else "-"
        )  # What lies under stays apart there too.
        for canvas, text, stroke in (
            (halo, around, round(halo_px * FINE)),
            (letters, letter.text, 0),
        ):
            drawn, dx, dy = _turned(text, label.face, turn, stroke)
            box = (x + dx, y + dy, x + dx + drawn.width, y + dy + drawn.height)
            canvas.paste(255, box, drawn)
    return Masks(corner, halo.reduce(FINE), letters.reduce(FINE))


@lru_cache(maxsize=64)
def _font(face: Face) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        font_file(bold=face.bold), face.size * FINE, layout_engine=ImageFont.Layout.BASIC
    )


@lru_cache(maxsize=8_192)
def _turned(text: str, face: Face, turn: int, stroke: int) -> tuple[Image.Image, int, int]:
    """A letter turned about its middle, and from where to paste it."""
    half = round(REACH * face.size * FINE) + stroke
    drawn = Image.new("L", (2 * half, 2 * half))
    place = (half, half + MIDDLE * face.size * FINE)
    pen = ImageDraw.Draw(drawn)
    pen.text(place, text, fill=255, font=_font(face), anchor="ms", stroke_width=stroke)
    if turn:
        drawn = drawn.rotate(-turn * TURN_STEP_DEG, Image.Resampling.BILINEAR)
    box = drawn.getbbox() or (0, 0, 1, 1)
    return drawn.crop(box), box[0] - half, box[1] - half

"""What a finger drew, as a picture: black on white, so that it prints well."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

Stroke = Sequence[Sequence[float]]
"""Points that one touch went through, in pixels of the pad."""

LINE_PX = 4
POINTS_MIN = 8
"""Fewer are a slip of the finger, and no signature."""


def is_drawn(strokes: Sequence[Stroke]) -> bool:
    return sum(len(stroke) for stroke in strokes) >= POINTS_MIN


def drawn(strokes: Sequence[Stroke], *, width: int, height: int) -> bytes:
    """A PNG of the strokes, twice as fine as the pad."""
    picture = Image.new("L", (2 * width, 2 * height), "white")
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        points = [(2 * point[0], 2 * point[1]) for point in stroke]
        pen.line(points, fill="black", width=2 * LINE_PX, joint="curve")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()

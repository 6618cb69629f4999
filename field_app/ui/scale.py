"""How large letters are on this screen, as somebody chose it; and what has to give way to them.

A screen whose letters are twice as large holds half as much: it is laid out as one of half the
width would be, and nothing that letters stand in keeps a fixed height.
"""

import flet as ft

from field_app.ui import tokens

CHOICES = ("100", "125", "150", "200")
KEPT = "text_percent"
"""Where the browser keeps it (`assets/text_size.js`)."""


def percent_of(kept: object) -> int:
    return int(kept) if isinstance(kept, str) and kept in CHOICES else 100


def is_wide(width_px: float, percent: int) -> bool:
    """Whether list and detail fit side by side."""
    return width_px * 100 / percent >= tokens.WIDE_PX


def is_cramped(width_px: float, percent: int) -> bool:
    """Whether not even the five words of the bar at the foot fit in one row."""
    return width_px * 100 / percent < tokens.CRAMPED_PX


def enlarged() -> bool:
    """On the page that is being drawn."""
    sitting = ft.context.page.data
    return bool(sitting and sitting.text_percent > 100)


def lines_of(lines: int | None) -> int | None:
    """What is cut after some lines gets twice as many where letters are larger."""
    return lines * 2 if lines and enlarged() else lines

"""The colours and measures of the app, as data. Screens name roles, never colours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of one look. `*_fill` lie under `ink`; the others on ground or surface."""

    dark: bool
    ground: str
    surface: str
    ink: str
    soft: str
    line: str
    action: str
    on_action: str
    good: str
    warn: str
    bad: str
    action_fill: str
    good_fill: str
    warn_fill: str
    bad_fill: str
    off_fill: str
    """Of a button that cannot be pressed yet; its words are `soft`."""
    edge_px: int = 1
    """Of a card, a button, a field."""


DAY = Palette(
    dark=False,
    ground="#F6F7F9",
    surface="#FFFFFF",
    ink="#14181F",
    soft="#4A5361",
    line="#D5DAE1",
    action="#0B5CAD",
    on_action="#FFFFFF",
    good="#1B7F4B",
    warn="#9A5B00",
    bad="#B3261E",
    action_fill="#E1ECF8",
    good_fill="#E0F1E7",
    warn_fill="#FCEFD8",
    bad_fill="#FBE3E1",
    off_fill="#D5DAE1",
)

NIGHT = Palette(
    dark=True,
    ground="#0C0F13",
    surface="#151A21",
    ink="#E6E8EB",
    soft="#A9B2BE",
    line="#2C333D",
    action="#7FB4FF",
    on_action="#0C0F13",
    good="#6FD19B",
    warn="#F2B45C",
    bad="#FF8A80",
    action_fill="#1A2B42",
    good_fill="#153021",
    warn_fill="#35270F",
    bad_fill="#3D1B18",
    off_fill="#2C333D",
)

CONTRAST_DAY = Palette(
    dark=False,
    ground="#FFFFFF",
    surface="#FFFFFF",
    ink="#000000",
    soft="#000000",
    line="#000000",
    action="#001F5C",
    on_action="#FFFFFF",
    good="#003010",
    warn="#402000",
    bad="#5A0000",
    action_fill="#8FB4FF",
    good_fill="#FFFFFF",
    warn_fill="#FFFFFF",
    bad_fill="#FFFFFF",
    off_fill="#BDBDBD",
    edge_px=3,
)

CONTRAST_NIGHT = Palette(
    dark=True,
    ground="#000000",
    surface="#000000",
    ink="#FFEB3B",
    soft="#FFEB3B",
    line="#FFEB3B",
    action="#FFEB3B",
    on_action="#000000",
    good="#7CFFB0",
    warn="#FFD08A",
    bad="#FFCDC8",
    action_fill="#484200",
    good_fill="#000000",
    warn_fill="#000000",
    bad_fill="#000000",
    off_fill="#3D3D3D",
    edge_px=3,
)

LOOKS: dict[str, Palette] = {
    "day": DAY,
    "night": NIGHT,
    "contrast_day": CONTRAST_DAY,
    "contrast_night": CONTRAST_NIGHT,
}

FONT = "Atkinson Hyperlegible Next"
FONT_BOLD = "Atkinson Hyperlegible Next Bold"

SMALL_PX = 16
BODY_PX = 18
LEAD_PX = 20
TITLE_PX = 26

TARGET_PX = 48
ROW_PX = 56
MAIN_PX = 64
GRID_PX = 8
RADIUS_PX = 12

WIDE_PX = 1000
"""From this width on, list and detail stand side by side."""
CRAMPED_PX = 600
"""Below it the five words of the bar at the foot stand in two rows."""
LIST_PX = 400
READING_PX = 680
"""Text and forms grow no wider than this: they fit beside a list too."""

"""The frame: top bar, rail or bottom bar, and the destination in the middle."""

from collections.abc import Sequence
from typing import Any

import flet as ft

from asset_model.roles import may_edit
from asset_model.vocabulary import Role
from field_app.reads.incidents import waiting_count
from field_app.reads.matters import open_count
from field_app.reads.unit_page import unseen_exceptions
from field_app.ui import tokens
from field_app.ui.destinations import (
    INCIDENTS,
    OVERSIGHT,
    REPORT,
    ROUNDS,
    SETTLE,
    TODAY,
    UNITS,
    WITHIN,
    Destination,
    destinations_of,
)
from field_app.ui.guard import component
from field_app.ui.parts import buttons, panes, text
from field_app.ui.parts.alert_banner import AlertBanner
from field_app.ui.parts.positioning import Positioning
from field_app.ui.parts.running import RunningTime
from field_app.ui.parts.top_bar import TopBar
from field_app.ui.screens.alerts import Alerts
from field_app.ui.screens.assets import Assets
from field_app.ui.screens.breaks import BreakScreen
from field_app.ui.screens.call import CallScreen
from field_app.ui.screens.campaigns import Campaigns
from field_app.ui.screens.dashboard import Dashboard
from field_app.ui.screens.dispatch_board import DispatchBoard
from field_app.ui.screens.driving import Driving
from field_app.ui.screens.fleet_figures import FleetFigures
from field_app.ui.screens.handover import Handover, UnreadNotes, unread_notes
from field_app.ui.screens.incidents import Incidents
from field_app.ui.screens.map import MapScreen
from field_app.ui.screens.matters import Matters
from field_app.ui.screens.me import Me
from field_app.ui.screens.new_order import NewOrder
from field_app.ui.screens.plans import Plans
from field_app.ui.screens.report import Report
from field_app.ui.screens.rounds import RoundsScreen
from field_app.ui.screens.synchronization import Synchronization
from field_app.ui.screens.templates import Templates
from field_app.ui.screens.today import Today
from field_app.ui.screens.units import Units
from field_app.ui.screens.workshop import Workshop
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, INK, LINE, SURFACE

SCREENS: dict[str, Any] = {"call": CallScreen, "notes": Handover, "sync": Synchronization, "me": Me}
"""Those that are one page each, by their route."""

OPENED: dict[str, Any] = {
    "alerts": Alerts,
    "assets": Assets,
    "board": Dashboard,
    "campaigns": Campaigns,
    "figures": FleetFigures,
    "incidents": Incidents,
    "map": MapScreen,
    "new": NewOrder,
    "plans": Plans,
    "report": Report,
    "rounds": RoundsScreen,
    "templates": Templates,
    "units": Units,
    "workshop": Workshop,
}
"""Those in which one opens something: what it is follows in the route."""
TYPED = ("call",)
"""Where one types at once: whenever it is gone to, its first field has the focus."""
MAKING = ("new", "report")
"""Those that make an order, anew for each place that the route names."""


@component
def Shell() -> Any:
    sitting = use_sitting()
    # Those that lay there at the sign-in: one that arrives later takes no screen from anybody.
    left: Any = ft.use_ref(lambda: [page.note.id for page in unread_notes(sitting)])
    middle = ft.Column(
        [_screen(sitting, left.current)],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    if sitting.driving:
        frame = [TopBar(), AlertBanner(), Driving()]
    elif sitting.wide:
        under: Any = ft.Row(
            [panes.told_apart(_rail(sitting)), panes.told_apart(middle, expand=True)],
            expand=True,
            spacing=0,
            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        )
        frame = [TopBar(), AlertBanner(), RunningTime(), under]
    else:
        frame = [TopBar(), AlertBanner(), RunningTime(), middle, _bottom_bar(sitting)]
    if not sitting.signed.in_office:
        frame.append(Positioning())
    return ft.Column(
        frame, expand=True, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def _screen(sitting: Sitting, left: Sequence[str]) -> Any:
    """The screen of a route; an unknown one is today's work."""
    route = sitting.route
    place, _, rest = route.strip("/").partition("/")
    if place in SCREENS:
        return SCREENS[place](key=f"{place} {sitting.visits}" if place in TYPED else place)
    if place == "break":
        return BreakScreen(rest, key=f"break-{rest}")
    if place == "settle" and sitting.signed.in_office:
        return Matters(rest, key="settle")
    if place in OPENED:
        return OPENED[place](rest, key=f"{place} {rest}" if place in MAKING else place)
    if not place:
        return _first(sitting, left)
    return Today(rest if place == "orders" else "", key="today")


def _first(sitting: Sitting, left: Sequence[str]) -> Any:
    """What each finds on coming in; before it, notes that were `left` for them and are not read."""
    if left and any(page.note.id in left for page in unread_notes(sitting)):
        return UnreadNotes(left, key="unread-notes")
    if sitting.signed.role in OVERSIGHT:
        return Dashboard("", key="board")
    if sitting.signed.role == Role.FLEET_MANAGER:
        return Units("", key="units")
    if sitting.signed.role == Role.AGENT_311:
        return CallScreen(key="call")
    if sitting.signed.in_office:
        return DispatchBoard(key="dispatch-board")
    return Today("", key="today")


def _rail(sitting: Sitting) -> ft.Control:
    items = [_destination(sitting, item) for item in destinations_of(sitting)]
    return ft.Container(
        ft.Column(items, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        width=144,
        padding=8,
        bgcolor=SURFACE,
        border=ft.Border.only(right=ft.BorderSide(1, LINE)),
    )


def _bottom_bar(sitting: Sitting) -> ft.Control:
    items = [_destination(sitting, item, expand=True) for item in destinations_of(sitting)]
    first = (len(items) + 1) // 2 if sitting.cramped else len(items)
    rows: list[ft.Control] = [
        ft.Row(row, spacing=8) for row in (items[:first], items[first:]) if row
    ]
    return ft.Container(
        ft.Column(rows, spacing=8, tight=True),
        padding=8,
        bgcolor=SURFACE,
        border=ft.Border.only(top=ft.BorderSide(1, LINE)),
    )


def _destination(sitting: Sitting, item: Destination, *, expand: bool = False) -> ft.Control:
    here = _is_here(sitting, item)
    colour = ACTION if here else INK
    content = ft.Column(
        [
            _icon(sitting, item, colour),
            text.small(sitting.say(item.word), colour=colour, lines=1),
        ],
        spacing=2,
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return buttons.tap(
        content,
        press=lambda: sitting.go(item.route),
        key=item.name,
        chosen=here,
        height=tokens.MAIN_PX + 8,
        expand=expand,
    )


def _icon(sitting: Sitting, item: Destination, colour: str) -> ft.Control:
    """With how many wait there."""
    icon = ft.Icon(item.icon, color=colour, size=28)
    count = _waiting(sitting, item)
    if not count:
        return icon
    said = ft.Text(str(count), size=tokens.SMALL_PX, color=SURFACE, font_family=tokens.FONT_BOLD)
    badge = ft.Container(
        said,
        bgcolor=BAD,
        border_radius=tokens.RADIUS_PX,
        padding=ft.Padding.symmetric(horizontal=8),
    )
    return ft.Row([icon, badge], spacing=6, alignment=ft.MainAxisAlignment.CENTER)


def _waiting(sitting: Sitting, item: Destination) -> int:
    """How many wait for this person there: matters to settle, incidents soon late, exceptions."""
    if item is SETTLE:
        return sitting.read(open_count)
    if item is INCIDENTS:
        return sitting.read(waiting_count, now=sitting.workplace.clock())
    if item in (UNITS, ROUNDS) and may_edit(sitting.signed.role, "service_exception", "seen_at"):
        return len(sitting.read(unseen_exceptions))
    return 0


def _is_here(sitting: Sitting, item: Destination) -> bool:
    route = sitting.route
    if route == "/":
        return item is destinations_of(sitting)[0]  # What each finds on coming in.
    if route.startswith(WITHIN.get(item.route, "\n")):
        return True
    if item is TODAY:
        return route.startswith(("/orders", "/break/"))
    if item.route == "/":
        return False
    if item is REPORT and route == "/break":
        return True
    return route.startswith(item.route)

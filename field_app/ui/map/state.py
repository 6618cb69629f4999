"""The map as one person holds it: where it rests, what it shows, and how it is moved."""

from dataclasses import dataclass, field
from typing import Any

import flet as ft
import flet_map as fm

from field_app.reads.corners import Position
from field_app.reads.map_orders import Spot
from field_app.ui.map.camera import ZOOM_CLOSE, ZOOM_MAX, ZOOM_MIN, Camera
from field_app.ui.map.filters import Filters, keep_filters
from field_app.ui.sitting import Sitting

RESTS_AFTER_S = 0.15
"""A map that has not moved for so long has come to rest, and is read anew."""


class Hand:
    """The map control as it was last drawn, and where it looks while it is being moved.

    Apart from the state: what is written here draws nothing again.
    """

    def __init__(self) -> None:
        self.control: fm.Map | None = None
        self.camera: Camera | None = None
        self.moving = False
        self.spots: tuple[Spot, ...] = ()
        """The orders and the numbers that a finger can mean."""


@ft.observable
@dataclass
class View:
    """Where the map rests. Apart from the rest of the state, which is drawn for fewer reasons."""

    camera: Camera


@ft.observable
@dataclass
class MapState:
    filters: Filters
    view: View
    panel: str = ""
    """What is open beside the map: layers, list or nothing."""
    hand: Hand = field(default_factory=Hand)

    @property
    def camera(self) -> Camera:
        return self.view.camera

    def rests(self, camera: Camera) -> None:
        self.hand.camera = camera
        if self.view.camera != camera:
            self.view.camera = camera

    def asks(self, sitting: Sitting, filters: Filters) -> None:
        self.filters = filters
        keep_filters(sitting, filters)

    def turns(self, panel: str) -> None:
        self.panel = "" if self.panel == panel else panel

    def looks(self, sitting: Sitting, camera: Camera) -> None:
        """The map is being moved: what is drawn follows once it rests."""
        self.hand.camera = camera
        if not self.hand.moving:
            self.hand.moving = True
            self._wait(sitting, camera)

    def _wait(self, sitting: Sitting, seen: Camera) -> None:
        sitting.later(RESTS_AFTER_S, lambda: self._rest(sitting, seen))

    def _rest(self, sitting: Sitting, seen: Camera) -> None:
        now = self.hand.camera
        if now is not None and now != seen:
            self._wait(sitting, now)
            return
        self.hand.moving = False
        if now is not None:
            self.rests(now)

    def sized(self, width_px: float, height_px: float) -> None:
        camera = self.hand.camera or self.camera
        self.rests(camera.sized(width_px, height_px))

    def shows(self, position: Position) -> None:
        """Brings a place into view, if it is not."""
        if not self.camera.sees(position):
            self.goes_to(position)

    def goes_to(self, position: Position, *, zoom: float | None = None) -> None:
        aim = self.camera.at(position, zoom=zoom)
        self._move(fm.MapLatitudeLongitude(aim.latitude, aim.longitude), aim.zoom)

    def comes_close(self, position: Position) -> None:
        self.goes_to(position, zoom=ZOOM_CLOSE)

    def zooms(self, by: float) -> None:
        camera = self.hand.camera or self.camera
        self._move(None, min(ZOOM_MAX, max(ZOOM_MIN, round(camera.zoom + by))))

    def _move(self, destination: Any, zoom: float) -> None:
        if self.hand.control is not None:
            ft.context.page.run_task(self._moves, destination, zoom)

    async def _moves(self, destination: Any, zoom: float) -> None:
        """Through the control as it is by then: drawing the map again puts another in its place."""
        control = self.hand.control
        if control is not None:
            await control.move_to(destination, zoom, cancel_ongoing_animations=True)

"""Where the map looks: its middle, how close, and how large it is on the screen.

Tiles are 256 px wide and the world 2^zoom of them (Web Mercator). Within a town a degree of
latitude is as long on the screen as one of longitude divided by the cosine of the latitude.
"""

from dataclasses import dataclass, replace
from math import cos, hypot, log2, pi, radians
from typing import Self

from asset_model.spatial import Box
from field_app.reads.corners import Position

TILE_PX = 256
EQUATOR_M = 2 * pi * 6_378_137.0
ZOOM_MIN, ZOOM_MAX = 9.0, 19.0
ZOOM_CLOSE = 17.0
"""Close enough to tell one hydrant from the next."""
FINGER_PX = 30


@dataclass(frozen=True)
class Camera:
    longitude: float
    latitude: float
    zoom: float
    width_px: float = 800.0
    height_px: float = 700.0

    @property
    def position(self) -> Position:
        return self.longitude, self.latitude

    @property
    def degrees_per_px(self) -> float:
        """Of longitude."""
        return 360 / (TILE_PX * 2**self.zoom)

    @property
    def metres_per_px(self) -> float:
        return EQUATOR_M * cos(radians(self.latitude)) / (TILE_PX * 2**self.zoom)

    @property
    def box(self) -> Box:
        wide = self.width_px * self.degrees_per_px / 2
        deep = self.height_px * self.degrees_per_px * cos(radians(self.latitude)) / 2
        return Box(
            self.longitude - wide, self.latitude - deep, self.longitude + wide, self.latitude + deep
        )

    def sees(self, position: Position, *, margin: float = 0.15) -> bool:
        """Whether a place is in view and not at its very edge, where a card may cover it."""
        box = self.box
        wide, deep = (box.east - box.west) * margin, (box.north - box.south) * margin
        return (
            box.west + wide <= position[0] <= box.east - wide
            and box.south + deep <= position[1] <= box.north - deep
        )

    def apart_px(self, one: Position, other: Position) -> float:
        """How far apart two places are on the screen."""
        east = one[0] - other[0]
        north = (one[1] - other[1]) / cos(radians(self.latitude))
        return hypot(east, north) / self.degrees_per_px

    def at(self, position: Position, *, zoom: float | None = None) -> Self:
        longitude, latitude = position
        return replace(
            self, longitude=longitude, latitude=latitude, zoom=self.zoom if zoom is None else zoom
        )

    def sized(self, width_px: float, height_px: float) -> Self:
        return replace(self, width_px=width_px, height_px=height_px)

    def around(self, box: Box) -> Self:
        """The closest look that has all of a box in view, and a little around it."""
        middle = (box.west + box.east) / 2, (box.south + box.north) / 2
        across = cos(radians(middle[1]))
        wide = max((box.east - box.west) / (0.85 * self.width_px), 1e-9)
        deep = max((box.north - box.south) / (0.85 * self.height_px) / across, 1e-9)
        zoom = log2(360 / (TILE_PX * max(wide, deep)))
        return self.at(middle, zoom=min(ZOOM_CLOSE, max(ZOOM_MIN, zoom)))

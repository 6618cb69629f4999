"""Which tiles a pack holds: the whole town from afar, and from near what its bucket is in.

Far out, up to `TOWN_TO`, every pack shows the town. From `NEAR_FROM` on it has the squares (some
850 m wide) in which its bucket has anything, with all that the town has there, down to the last
zoom and with nothing left out: a tablet can tell a tile that is bare from one that it does not have
and draws larger from afar.
"""

from collections.abc import Iterable, Iterator, Sequence

from gis.basemap.features import Feature
from gis.basemap.scene import tiles_meeting
from gis.basemap.style import Style
from sync_server.basemap.drawings import Spot

TOWN_TO = 14
NEAR_FROM = TOWN_TO + 1


def spots_of(style: Style, town: Iterable[Feature], members: Iterable[Feature]) -> Sequence[Spot]:
    """The tiles of a bucket's pack, in order."""
    far = {
        Spot(zoom, x, y)
        for feature in town
        for zoom in range(style.zoom_min, min(TOWN_TO, style.zoom_max) + 1)
        for x, y in tiles_meeting(feature.box, zoom)
    }
    squares = {
        Spot(NEAR_FROM, x, y)
        for feature in members
        for x, y in tiles_meeting(feature.box, NEAR_FROM)
    }
    near = (spot for square in squares for spot in _down(square, style.zoom_max))
    return sorted({*far, *near})


def _down(spot: Spot, zoom_max: int) -> Iterator[Spot]:
    """A tile, and all that lie in it at the zooms after its own."""
    for zoom in range(spot.zoom, zoom_max + 1):
        times = 1 << (zoom - spot.zoom)
        for x in range(spot.x * times, (spot.x + 1) * times):
            for y in range(spot.y * times, (spot.y + 1) * times):
                yield Spot(zoom, x, y)

"""The road segments: each stretch with its civic numbers, its lanes and its winter level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from asset_model.assets import Asset
from sync_server.demo.ground import line_geometry
from sync_server.demo.names import StreetName
from sync_server.demo.placing import district_of, new_asset
from sync_server.demo.stretches import Stretch

LOT_M, RURAL_LOT_M = 18, 60
LANES = {"major_arterial": 4}
WIDTHS_M = {"major_arterial": 15.0, "minor_arterial": 12.0, "local": 9.0}
WINTER_LEVELS = {"major_arterial": 1, "minor_arterial": 1, "local": 3}


@dataclass(frozen=True)
class Segment:
    """A stretch with what an address needs: its odd numbers are on its left."""

    stretch: Stretch
    asset: Asset
    first_civic: int
    lots: int

    @property
    def street(self) -> StreetName:
        return self.stretch.street.name

    def address(self, share: float, *, left: bool = False) -> str:
        """The civic number at a share of the length, as it is written: ``123, rue des Érables``."""
        lot = min(self.lots - 1, int(share * self.lots))
        return f"{self.first_civic + 2 * lot + (0 if left else 1)}, {self.street.spoken}"


def build_segments(stretches: Sequence[Stretch]) -> list[Segment]:
    return list(_numbered(stretches))


def _numbered(stretches: Sequence[Stretch]) -> Iterator[Segment]:
    """Civic numbers go on along a street, with a gap at each corner."""
    reached: dict[StreetName, int] = {}
    for number, stretch in enumerate(stretches, start=1):
        street = stretch.street
        first = reached.get(street.name, street.first_civic)
        lots = max(1, int(stretch.length_m / (RURAL_LOT_M if street.rural else LOT_M)))
        reached[street.name] = first + 2 * lots + 2
        asset = new_asset(
            "road_segment",
            f"TR-{number:04}",
            street.name.full,
            geometry=line_geometry(stretch.line),
            attributes=_attributes(stretch, first, lots),
            district_id=district_of(stretch),
        )
        yield Segment(stretch, asset, first, lots)


def _attributes(stretch: Stretch, first: int, lots: int) -> dict[str, Any]:
    street, last = stretch.street, first + 2 * (lots - 1)
    return {
        **_name_parts(street.name),
        "road_class": street.road_class,
        "segment_kind": stretch.kind,
        "speed_limit_kmh": street.speed_kmh,
        "one_way": street.one_way,
        "civic_left_from": first,
        "civic_left_to": last,
        "civic_right_from": first + 1,
        "civic_right_to": last + 1,
        "lanes": 1 if street.one_way else LANES.get(street.road_class, 2),
        "surface": street.surface,
        "width_m": 7.0 if street.rural else WIDTHS_M.get(street.road_class, 11.0),
        "winter_level": WINTER_LEVELS.get(street.road_class, 2),
    }


def _name_parts(name: StreetName) -> dict[str, str]:
    parts = {"name_generic": name.generic, "name_link": name.link, "name_specific": name.specific}
    return {part: text for part, text in parts.items() if text}

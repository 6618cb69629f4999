"""From what size on a hole in a street is mended, and within how many days: measured, not guessed.

The limits are a figure of policy (`pothole_limits` in `asset_model/builtin_fleet_rules.py`): those
of Ontario's minimum maintenance standards, until the town sets its own, for Québec has no law like
it. A hole is over the limit when both its area and its depth are; the days run from when the town
first heard of it.
"""

from dataclasses import dataclass
from enum import StrEnum

from asset_model.fleet_rules import Figures
from asset_model.numbers import shown


class Ground(StrEnum):
    PAVED = "paved"
    UNPAVED = "unpaved"
    SHOULDER = "shoulder"


@dataclass(frozen=True)
class Limit:
    """Of one class of road, on one ground: cm², cm, and days to repair what is over both."""

    area_cm2: float
    depth_cm: float
    days: int


CLASSES = (1, 2, 3, 4, 5)
CLASS_OF = {
    "highway": 1,
    "major_arterial": 2,
    "minor_arterial": 3,
    "major_collector": 3,
    "minor_collector": 4,
    "local": 5,
}
"""Of a street's class as the inventory has it: Ontario goes by traffic and speed, which few
inventories know. Whoever measures may say otherwise.
"""
UNPAVED_SURFACES = ("gravel",)


def limit_in(figures: Figures, ground: Ground, road_class: int) -> Limit | None:
    """None where there is no figure, as of unpaved roads of classes 1 and 2."""
    said = figures["pothole_limits"].value[ground].get(str(road_class))
    return None if said is None else Limit(**said)


@dataclass(frozen=True)
class Hole:
    """One hole as it was measured in the street, and the limit of its road."""

    area_cm2: float
    depth_cm: float
    road_class: int
    limit: Limit | None

    @property
    def over(self) -> bool:
        limit = self.limit
        return bool(limit and self.area_cm2 > limit.area_cm2 and self.depth_cm > limit.depth_cm)


def told_below(hole: Hole, limit: Limit) -> tuple[str, str]:
    """What citizens are told, in French and in English, of a hole that is not over the limit."""
    area, depth, from_area, from_depth = (
        (shown(value, "fr"), shown(value, "en"))
        for value in (hole.area_cm2, hole.depth_cm, limit.area_cm2, limit.depth_cm)
    )
    french = (
        f"Mesuré\u00a0: {area[0]}\u00a0cm² sur {depth[0]}\u00a0cm de profondeur. Ici, la Ville"
        f" répare ce qui dépasse {from_area[0]}\u00a0cm² et {from_depth[0]}\u00a0cm. Si le trou"
        " grandit, dites-le-nous\u00a0: il sera mesuré de nouveau."
    )
    english = (
        f"Measured: {area[1]} cm² and {depth[1]} cm deep. Here the town repairs what is over"
        f" {from_area[1]} cm² and {from_depth[1]} cm. If the hole grows, tell us: it will be"
        " measured again."
    )
    return french, english

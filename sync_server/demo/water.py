"""The drinking water network under the streets: mains, valves, hydrants, and where it is fed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from asset_model.assets import Asset
from sync_server.demo.ground import beside, chance, line_geometry, point_geometry
from sync_server.demo.placing import district_of, new_asset
from sync_server.demo.roads import Segment
from sync_server.demo.supply import supply_assets

ZONES = {True: "Réservoir nord", False: "Réservoir sud"}
DIAMETERS_MM = {"major_arterial": 400, "minor_arterial": 300, "local": 150}
HYDRANT_EVERY_M = 330
VALVE_FROM_NODE_M = 6
KERB_M = 6.5
CONDITIONS, CONDITION_SHARES = ("working", "broken", "not_found"), (0.94, 0.03, 0.03)


def water_assets(segments: Sequence[Segment], *, seed: int) -> Iterator[Asset]:
    """Mains first, then what stands on them. The rural roads have wells."""
    random = chance(seed, "water")
    urban = [segment for segment in segments if not segment.stretch.street.rural]
    pipes = list(_pipes(urban, random))
    yield from pipes
    yield from _valves(urban, pipes, random, lost=chance(seed, "valves"))
    yield from _hydrants(urban, pipes, random)
    yield from supply_assets(urban, pipes)


def _pipes(segments: Sequence[Segment], random: Random) -> Iterator[Asset]:
    """One main per stretch, laid when its street was: the centre is the oldest."""
    laid: dict[str, int] = {}
    for number, segment in enumerate(segments, start=1):
        street, stretch = segment.stretch.street, segment.stretch
        built = laid.setdefault(street.name.full, _year(street.road_class, random))
        yield new_asset(
            "pipe",
            f"CD-{number:04}",
            f"{street.name.full}, conduite d’aqueduc",
            geometry=line_geometry(stretch.line),
            attributes={
                "network": "drinking_water",
                "material": _material(built),
                "diameter_mm": DIAMETERS_MM.get(street.road_class, 200),
                "year_built": built,
                "from_node": stretch.start,
                "to_node": stretch.end,
                "pressure_zone": ZONES[stretch.north],
            },
            district_id=district_of(stretch),
            parent_id=segment.asset.id,
            address=segment.address(0.5),
            installed_on=date(built, 9, 1),
        )


def _year(road_class: str, random: Random) -> int:
    first, last = (1958, 2004) if road_class != "local" else (1964, 2019)
    return random.randint(first, last)


def _material(built: int) -> str:
    """Grey iron until the sixties, ductile iron until PVC took its place in the eighties."""
    if built < 1970:
        return "cast_iron"
    return "ductile_iron" if built < 1985 else "pvc"


def _valves(
    segments: Sequence[Segment], pipes: Sequence[Asset], random: Random, *, lost: Random
) -> Iterator[Asset]:
    """`lost` is the dice of the valves that the last inspection could not turn or not find."""
    for number, (index, at_m) in enumerate(_valve_places(segments), start=1):
        segment, pipe = segments[index], pipes[index]
        diameter_mm = pipe.attributes["diameter_mm"]
        yield new_asset(
            "valve",
            f"VA-{number:04}",
            f"{segment.street.full}, vanne {number}",
            geometry=point_geometry(beside(segment.stretch.line, at_m)),
            attributes={
                "kind": "butterfly" if diameter_mm >= 400 else "gate",
                "normal_position": "closed" if random.random() < 0.02 else "open",
                "diameter_mm": diameter_mm,
                "turns_to_close": round(diameter_mm / 25.4) * 3 + 2,
                "condition": lost.choices(CONDITIONS, CONDITION_SHARES)[0],
            },
            district_id=district_of(segment.stretch),
            parent_id=pipe.id,
            address=segment.address(at_m / segment.stretch.length_m),
        )


def _valve_places(segments: Sequence[Segment]) -> Iterator[tuple[int, float]]:
    """(index of the main, metres along it): at each corner, on every main there but the first."""
    mains = Counter(node for s in segments for node in (s.stretch.start, s.stretch.end))
    spared = {node for node, count in mains.items() if count < 3}  # Bends and dead ends.
    first_seen: set[str] = set()
    for index, segment in enumerate(segments):
        stretch = segment.stretch
        for node, at_m in (
            (stretch.start, VALVE_FROM_NODE_M),
            (stretch.end, stretch.length_m - VALVE_FROM_NODE_M),
        ):
            if node in first_seen:
                yield index, at_m
            elif node not in spared:
                first_seen.add(node)


def _hydrants(
    segments: Sequence[Segment], pipes: Sequence[Asset], random: Random
) -> Iterator[Asset]:
    """Along each street, one every so many metres, on the right-hand kerb."""
    number, since_m = 0, dict[str, float]()
    for segment, pipe in zip(segments, pipes, strict=True):
        stretch, name = segment.stretch, segment.street.full
        walked_m = since_m.get(name, HYDRANT_EVERY_M / 2) + stretch.length_m
        since_m[name] = walked_m
        if walked_m < HYDRANT_EVERY_M:
            continue
        since_m[name] = 0
        number += 1
        at_m = stretch.length_m * random.uniform(0.15, 0.85)
        yield new_asset(
            "hydrant",
            f"BI-{number:04}",
            f"{name}, borne d’incendie {number}",
            geometry=point_geometry(beside(stretch.line, at_m, right_m=KERB_M)),
            attributes={
                "label": str(number),
                "owner": "municipal",
                "kind": "drinking_water",
                "street": name,
                "flow_class": _flow_class(pipe.attributes["diameter_mm"], random),
                "year_built": pipe.attributes["year_built"],
            },
            district_id=district_of(stretch),
            parent_id=pipe.id,
            address=segment.address(at_m / stretch.length_m),
            installed_on=pipe.installed_on,
        )


def _flow_class(diameter_mm: int, random: Random) -> str:
    if diameter_mm >= 300:
        return "aa"
    return random.choice("ab" if diameter_mm >= 200 else "abbc")

"""What stands beside the streets and under them: signs, lights, catch basins and culverts."""

from collections.abc import Iterator, Sequence

from asset_model.assets import Asset
from sync_server.demo.ground import beside, line_geometry, point_geometry
from sync_server.demo.placing import district_of, new_asset
from sync_server.demo.roads import Segment

KERB_M = 5.0
LIGHT_EVERY_M = 90
SIGN_FROM_CORNER_M = 9
CATCH_BASIN_EVERY = 3
"""One stretch in so many has a basin of its own in the demo; a real town has ten times that."""
STOP_EVERY = 4


def roadside_assets(segments: Sequence[Segment]) -> Iterator[Asset]:
    urban = [segment for segment in segments if not segment.stretch.street.rural]
    rural = [segment for segment in segments if segment.stretch.street.rural]
    yield from _signs(urban, rural)
    yield from _catch_basins(urban)
    yield from _street_lights(urban)
    yield from _culverts(rural)


def _signs(urban: Sequence[Segment], rural: Sequence[Segment]) -> Iterator[Asset]:
    """Stop signs where local streets end, speed limits, and one-way arrows. Codes: Tome V."""
    local = [s for s in urban if s.stretch.street.road_class == "local"]
    stops = [s for s in local if s.stretch.kind == "standard"][::STOP_EVERY]
    arrows = [s for s in local if s.stretch.street.one_way]
    fast = [s for s in urban if s.stretch.street.speed_kmh >= 50][::6] + list(rural[::4])
    posts = [
        *((s, "P-010", "Arrêt", s.stretch.length_m - SIGN_FROM_CORNER_M) for s in stops),
        *((s, "P-080", "Sens unique", SIGN_FROM_CORNER_M) for s in arrows),
        *(
            (s, "P-070", f"Maximum {s.stretch.street.speed_kmh}", s.stretch.length_m / 3)
            for s in fast
        ),
    ]
    for number, (segment, code, message, at_m) in enumerate(posts, start=1):
        yield _post(
            segment,
            "sign",
            f"PA-{number:04}",
            f"panneau « {message} »",
            at_m,
            {"family": "regulatory", "sign_code": code, "message": message},
        )


def _catch_basins(urban: Sequence[Segment]) -> Iterator[Asset]:
    for number, segment in enumerate(urban[::CATCH_BASIN_EVERY], start=1):
        yield _post(
            segment,
            "catch_basin",
            f"PU-{number:04}",
            f"puisard {number}",
            segment.stretch.length_m * 0.8,
            {"network": "storm", "depth_m": 1.8 if number % 3 else 2.4},
        )


def _street_lights(urban: Sequence[Segment]) -> Iterator[Asset]:
    """Along arterials and collectors, one every so many metres."""
    lit = [s for s in urban if s.stretch.street.road_class != "local"]
    number, left_m = 0, 0.0
    for segment in lit:
        left_m += segment.stretch.length_m
        while left_m >= LIGHT_EVERY_M:
            left_m -= LIGHT_EVERY_M
            number += 1
            yield _post(
                segment,
                "street_light",
                f"LA-{number:04}",
                f"lampadaire {number}",
                segment.stretch.length_m - left_m,
                {
                    "lamp": "led" if number % 4 else "sodium",
                    "power_w": 72 if number % 4 else 150,
                    "circuit": "Nord" if segment.stretch.north else "Sud",
                },
                left=True,
            )


def _culverts(rural: Sequence[Segment]) -> Iterator[Asset]:
    """Under the rural roads, from ditch to ditch."""
    for number, segment in enumerate(rural[1::4], start=1):
        stretch = segment.stretch
        middle_m, built = stretch.length_m / 2, 1978 + 5 * number
        ends = tuple(beside(stretch.line, middle_m, right_m=side) for side in (-6, 6))
        yield new_asset(
            "culvert",
            f"PO-{number:04}",
            f"{segment.street.full}, ponceau {number}",
            geometry=line_geometry(ends),
            attributes={
                "material": "steel" if number % 2 else "hdpe",
                "diameter_mm": 600 if number % 3 else 900,
                "year_built": built,
            },
            district_id=district_of(stretch),
            parent_id=segment.asset.id,
            address=segment.address(0.5),
        )


def _post(
    segment: Segment,
    class_code: str,
    tag: str,
    what: str,
    at_m: float,
    attributes: dict[str, object],
    *,
    left: bool = False,
) -> Asset:
    """Something that stands at one kerb of a segment."""
    stretch = segment.stretch
    spot = beside(stretch.line, at_m, right_m=-KERB_M if left else KERB_M)
    return new_asset(
        class_code,
        tag,
        f"{segment.street.full}, {what}",
        geometry=point_geometry(spot),
        attributes=attributes,
        district_id=district_of(stretch),
        parent_id=segment.asset.id,
        address=segment.address(at_m / stretch.length_m, left=left),
    )

"""Near, within, along: one contract, which each of the indexes keeps."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
import shapely
from sqlalchemy.orm import Session

from asset_model import spatial
from asset_model.assets import Asset
from asset_model.linear.ruler import metres_per_degree
from asset_model.work_orders import WorkOrder
from gis.nearness import nearest_of
from tests.network.ground import SOUTH, WEST, an_id, asset, line, on, place, standing, street

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def square(*corners: tuple[float, float]) -> list[list[float]]:
    return [place(*corner) for corner in (*corners, corners[0])]


PARK = {
    "type": "Polygon",
    "coordinates": [
        square((0, 100), (100, 100), (100, 200), (0, 200)),
        square((40, 140), (60, 140), (60, 160), (40, 160)),
    ],
}
"""With a pond, which is no part of it."""


@pytest.fixture
def session(indexed_url: str) -> Iterator[Session]:
    north = {"district_id": an_id("NORD")}
    rows = [
        street("TR-1", (0, 0), (100, 0), name="Rue du Lac", **north),
        street("TR-2", (100, 0), (200, 0), name="Rue du Lac"),
        street("TR-3", (100, 0), (100, 90), (160, 90), name="Rue des Pins", **north),
        street("TR-9", (0, 3), (100, 3), name="Ancienne rue", status="retired"),
        asset("public_place", "PL-1", PARK),
        asset("hydrant", "BI-1", point(30, 6), **north),
        on("hydrant", "BI-2", (90, -8)),
        on("hydrant", "BI-3", (150, 5)),
        on("hydrant", "BI-4", (20, 150)),
        on("hydrant", "BI-5", (50, 150)),
        on("sign", "PA-1", (110, 40)),
        asset("vehicle", "V-1", {"type": "Point", "coordinates": [0.0, 0.0]}, name="Loin"),
        order("near", (60, 0), NOON),
        order("far", (60, 149), NOON),
        order("farther", (60, 151), NOON),
        order("old", (60, 10), NOON - timedelta(hours=3)),
    ]
    with standing(*rows, url=indexed_url) as opened:
        yield opened


def point(east_m: float, north_m: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": place(east_m, north_m)}


def order(name: str, at: tuple[float, float], created_at: datetime) -> Any:
    longitude, latitude = place(*at)
    return WorkOrder(
        id=an_id(name), title=name, kind="emergency", priority=1, status="dispatched",
        source="person", created_at=created_at, longitude=longitude, latitude=latitude,
    )  # fmt: skip


def tags(found: Any) -> list[str]:
    return [getattr(each, "asset", each).tag for each in found]


def test_the_nearest_street_is_found_with_its_distance(session: Session) -> None:
    near = spatial.nearest_segment(session, place(40, 12))

    assert near is not None
    assert near.asset.tag == "TR-1"
    assert near.distance_m == pytest.approx(12, abs=0.02)


def test_a_retired_street_is_near_nobody(session: Session) -> None:
    near = spatial.nearest_segment(session, place(40, 3))

    assert near is not None
    assert near.asset.tag == "TR-1"


def test_of_two_as_near_the_first_by_tag_is_told(session: Session) -> None:
    near = spatial.nearest_segment(session, place(100, -20))

    assert near is not None
    assert near.asset.tag == "TR-1"


def test_no_street_within_reach_is_none(session: Session) -> None:
    assert spatial.nearest_segment(session, place(0, -151)) is None
    assert spatial.nearest_segment(session, place(0, -149)) is not None


def test_a_box_that_reaches_is_not_enough_where_the_line_does_not(session: Session) -> None:
    inner = place(145, 45)

    assert spatial.nearest_segment(session, inner, within_m=40) is None
    assert spatial.nearest_segment(session, inner, within_m=46) is not None


def test_what_is_within_a_distance_comes_nearest_first(session: Session) -> None:
    found = spatial.assets_within(session, place(100, 0), 60, classes=["hydrant"])

    assert tags(found) == ["BI-2", "BI-3"]
    assert found[1].distance_m == pytest.approx(50.25, abs=0.05)


def test_a_place_inside_a_park_is_at_no_distance_from_it_and_one_in_its_pond_is(
    session: Session,
) -> None:
    (inside,) = spatial.assets_within(session, place(20, 150), 50, classes=["public_place"])
    (pond,) = spatial.assets_within(session, place(50, 152), 50, classes=["public_place"])

    assert inside.distance_m == 0
    assert pond.distance_m == pytest.approx(8, abs=0.02)


def test_a_district_has_what_says_so(session: Session) -> None:
    assert tags(spatial.assets_of_district(session, an_id("NORD"))) == ["BI-1", "TR-1", "TR-3"]
    only = spatial.assets_of_district(session, an_id("NORD"), classes=["hydrant"])
    assert tags(only) == ["BI-1"]


def test_an_area_has_what_lies_in_it_and_not_in_its_holes(session: Session) -> None:
    assert tags(spatial.assets_in_area(session, PARK, classes=["hydrant"])) == ["BI-4"]


def test_what_is_along_a_route_comes_as_it_is_passed(session: Session) -> None:
    route = [line((200, 0), (100, 0)), line((100, 0), (100, 90))]

    found = spatial.assets_along(session, route, 15, classes=["hydrant", "sign"])

    told = [(a.asset.tag, round(a.measure_m), round(a.offset_m), a.side) for a in found]
    assert told == [("BI-3", 50, 5, "right"), ("BI-2", 100, 13, "left"), ("PA-1", 140, 10, "right")]


def test_a_route_of_nothing_passes_nothing(session: Session) -> None:
    assert spatial.assets_along(session, [], 15) == []


def test_orders_of_the_last_hours_within_150_m_may_be_the_same_break(session: Session) -> None:
    since = NOON - timedelta(hours=2)

    found = spatial.orders_within(session, place(60, 0), 150, since=since)

    assert [(order.title, round(far_m)) for order, far_m in found] == [("near", 0), ("far", 149)]


def test_random_places_find_what_shapely_finds(indexed_url: str) -> None:
    random = Random(7)
    segments = [_random_street(random, number) for number in range(60)]
    shapes = {segment.tag: _in_metres(segment) for segment in segments}
    with standing(*segments, url=indexed_url) as session:
        for _ in range(40):
            at = random.uniform(0, 1500), random.uniform(0, 1500)
            spot = shapely.Point(*at)
            far = {tag: float(spot.distance(shape)) for tag, shape in shapes.items()}
            found = spatial.assets_within(session, place(*at), 150, classes=["road_segment"])

            # The two are some centimetres apart in how far a degree is.
            assert set(tags(found)) >= {tag for tag, value in far.items() if value < 149.9}
            assert set(tags(found)) <= {tag for tag, value in far.items() if value < 150.1}
            for near in found:
                assert near.distance_m == pytest.approx(far[near.asset.tag], abs=0.1)


def test_several_places_are_told_what_each_is_told_alone(indexed_url: str) -> None:
    random = Random(8)
    segments = [_random_street(random, number) for number in range(60)]
    spots = [place(random.uniform(0, 1500), random.uniform(0, 1500)) for _ in range(43)]
    with standing(*segments, url=indexed_url) as session:
        alone = [spatial.assets_within(session, spot, 150) for spot in spots]

        assert spatial.assets_within_each(session, [*spots, spots[0]], 150) == [*alone, alone[0]]
        assert any(alone)


def test_many_at_once_have_the_same_nearest_street_as_one_by_one(indexed_url: str) -> None:
    random = Random(9)
    segments = [_random_street(random, number) for number in range(60)]
    lines = {segment.tag: segment.geometry or {} for segment in segments}
    spots = [place(random.uniform(0, 1500), random.uniform(0, 1500)) for _ in range(60)]
    many = [{"type": "Point", "coordinates": [*spot]} for spot in spots]
    tagged = list(lines)
    found = nearest_of(many, among=list(lines.values()), within_m=spatial.NEAR_M)
    with standing(*segments, url=indexed_url) as session:
        for spot, index in zip(spots, found, strict=True):
            near = spatial.nearest_segment(session, spot)

            assert (near is None) == (index is None)
            if near is not None and index is not None:
                # The plane and the ellipsoid may disagree by less than two streets may differ.
                far_m = spatial.distance_m(spot, lines[tagged[index]])
                assert far_m == pytest.approx(near.distance_m, abs=0.5)


def _random_street(random: Random, number: int) -> Asset:
    x, y = random.uniform(0, 1500), random.uniform(0, 1500)
    bends = [(x, y)]
    for _ in range(random.randint(1, 4)):
        x, y = x + random.uniform(-120, 120), y + random.uniform(-120, 120)
        bends.append((x, y))
    return street(f"TR-{number:03}", *bends)


def _in_metres(segment: Asset) -> Any:
    per_east, per_north = metres_per_degree(SOUTH)
    coordinates = (segment.geometry or {})["coordinates"]
    return shapely.LineString(
        [((x - WEST) * per_east, (y - SOUTH) * per_north) for x, y in coordinates]
    )

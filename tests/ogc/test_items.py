"""What a page of features holds: on both databases, exactly what was asked for."""

from itertools import pairwise
from typing import Any

import pytest

from asset_model.linear.ruler import Ruler
from sync_server import desk
from tests.layers import town
from tests.ogc.conftest import LIGHTS, Client

ROW = {f"RANG-{n:02}" for n in range(LIGHTS)}


def pages(client: Client, layer: str, **query: str) -> list[Any]:
    """Every page, by the links."""
    found = [client.items(layer, **query)]
    while onwards := [link for link in found[-1]["links"] if link["rel"] == "next"]:
        found.append(client.read(onwards[0]["href"]))
    return found


def test_pages_give_every_feature_once_and_then_end(either: Client) -> None:
    found = pages(either, "street_light", limit="4")

    tags = [f["properties"]["tag"] for page in found for f in page["features"]]
    assert sorted(tags) == sorted({*ROW, "LA-1"})
    assert [page["numberReturned"] for page in found] == [4] * 6 + [2]
    assert {page["numberMatched"] for page in found} == {LIGHTS + 1}


def test_a_page_that_is_just_full_is_the_last_one(either: Client) -> None:
    found = pages(either, "street_light", limit=str(LIGHTS + 1))

    assert [page["numberReturned"] for page in found] == [LIGHTS + 1]


def test_a_feature_that_comes_while_somebody_pages_moves_none_of_the_others(
    alone: Client,
) -> None:
    first = alone.items("street_light", limit="10")
    newer = town.asset("street_light", "NEUF", "Point", [-75.7, 45.4])
    newer.id = "00000000-0000-7000-8000-000000000000"
    with alone.database.writing() as session:
        desk.write(
            session, [desk.inserted(newer, new_id=town.new_id)], now=town.NOW, new_id=town.new_id
        )

    (onwards,) = [link["href"] for link in first["links"] if link["rel"] == "next"]
    rest = alone.read(onwards)
    ids = [f["id"] for f in (*first["features"], *rest["features"])]
    assert len(set(ids)) == 20
    assert all(one < other for one, other in pairwise(ids))


@pytest.mark.parametrize(
    ("query", "tags"),
    [
        ({"status": "planned"}, {"TR-2"}),
        ({"road_class": "local"}, {"TR-1"}),
        ({"speed_limit_kmh": "40"}, {"TR-1"}),
        ({"speed_limit_kmh": "40.0"}, {"TR-1"}),
        ({"width_m": "7.300000000000001"}, {"TR-1"}),
        ({"one_way": "false"}, {"TR-1"}),
        ({"one_way": "true"}, {"TR-2"}),
        ({"district": "N"}, {"TR-1"}),
        ({"installed_on": "1998-05-01"}, {"TR-1"}),
        ({"criticality": "2"}, {"TR-1"}),
        ({"name": "Chemin = 50 %"}, {"TR-3"}),
        ({"status": "planned", "one_way": "false"}, set()),
        ({"tag": "' OR 1=1 --"}, set()),
    ],
)
def test_fields_filter(either: Client, query: dict[str, str], tags: set[str]) -> None:
    assert either.tags("road_segment", **query) == tags
    assert either.items("road_segment", limit="1", **query)["numberMatched"] == len(tags)


@pytest.mark.parametrize(
    ("bbox", "tags"),
    [
        ("-75.9005,45.59,-75.8985,45.61", {"RANG-00", "RANG-01"}),
        ("-75.9,45.6,-75.9,45.6", {"RANG-00"}),
        ("-75.9005,45.59,-10,-75.8985,45.61,500", {"RANG-00", "RANG-01"}),
        ("-75.899,45.7,-75.8,45.8", set()),
        ("170,-90,-75.8985,90", {"RANG-00", "RANG-01"}),
        ("-180,-90,180,90", {*ROW, "LA-1"}),
    ],
)
def test_a_box_holds_the_points_within_it(either: Client, bbox: str, tags: set[str]) -> None:
    found = either.items("street_light", bbox=bbox, limit="1")

    assert either.tags("street_light", bbox=bbox) == tags
    assert found["numberMatched"] == len(tags)


@pytest.mark.parametrize(
    ("layer", "bbox", "tags"),
    [
        # TR-1 slants: its own box reaches these, its line only the second.
        ("road_segment", "-75.7409,45.4301,-75.7407,45.4302", set()),
        ("road_segment", "-75.7406,45.4304,-75.7404,45.4306", {"TR-1"}),
        # Between the two pieces of TR-3.
        ("road_segment", "-75.618,45.299,-75.612,45.302", set()),
        ("road_segment", "-75.609,45.299,-75.605,45.302", {"TR-3"}),
        # In the sector, where it has no edge; and in its hole.
        ("sector", "-75.79,45.41,-75.78,45.42", {"SE-1"}),
        ("sector", "-75.755,45.445,-75.75,45.45", set()),
        ("sector", "-75.755,45.445,-75.73,45.45", {"SE-1"}),
    ],
)
def test_a_box_holds_a_shape_only_where_the_shape_itself_is(
    either: Client, layer: str, bbox: str, tags: set[str]
) -> None:
    found = either.items(layer, bbox=bbox, limit="1")

    assert either.tags(layer, bbox=bbox) == tags
    assert found["numberMatched"] == len(tags)


def test_what_has_no_place_is_in_every_box(either: Client) -> None:
    orders = either.items("work_orders", bbox="-75.70001,45.39999,-75.69999,45.40001")

    titles = {f["properties"]["title"] for f in orders["features"]}
    assert titles == {"Voir", "Nulle part"}
    assert orders["numberMatched"] == 2


@pytest.mark.parametrize(
    ("moment", "titles"),
    [
        ("2026-01-06T00:00:00Z", {"Boucher"}),
        ("2026-01-09T08:00:00-05:00", {"Boucher"}),
        ("2026-01-09T08:00:01-05:00", set()),
        ("2026-01-20", set()),
        ("2026-01-09", {"Boucher"}),
        ("2026-02-15T00:00:00Z/..", {"Voir", "Nulle part"}),
        ("2026-02-15T00:00:00Z/", {"Voir", "Nulle part"}),
        ("../2026-02-15T00:00:00Z", {"Boucher", "Voir"}),
        ("/2026-02-15T00:00:00Z", {"Boucher", "Voir"}),
        ("2026-01-08T00:00:00Z/2026-02-02T00:00:00Z", {"Boucher", "Voir"}),
    ],
)
def test_an_order_is_there_from_its_making_to_its_end(
    either: Client, moment: str, titles: set[str]
) -> None:
    found = either.items("work_orders", datetime=moment)

    assert {f["properties"]["title"] for f in found["features"]} == titles


def test_assets_are_there_at_all_times(either: Client) -> None:
    assert either.tags("hydrant", datetime="1950-01-01T00:00:00Z") == {"BF-1", "BF-2"}


def test_a_box_a_moment_and_a_field_are_all_heeded(either: Client) -> None:
    here = {"bbox": "-75.71,45.39,-75.69,45.41", "datetime": "2026-02-15T00:00:00Z"}

    one = either.items("work_orders", **here, status="planned")
    none = either.items("work_orders", **here, status="done")

    assert [f["properties"]["title"] for f in one["features"]] == ["Voir"]
    assert (none["features"], none["numberMatched"]) == ([], 0)


def test_a_closure_is_the_stretch_that_is_closed(either: Client) -> None:
    (closure,) = either.items("closures", status="in_force")["features"]

    told = closure["properties"]
    assert (told["asset_tag"], told["detour"], told["cause"]) == (
        "TR-1", "Par la rue Rideau", "break",
    )  # fmt: skip
    ruler = Ruler(closure["geometry"])
    assert ruler.length_m == pytest.approx(50.0, abs=0.05)
    assert Ruler({"type": "LineString", "coordinates": town.LINE}).locate(ruler.at(25)).offset_m < 1


@pytest.mark.parametrize(
    ("moment", "kinds"),
    [
        ("2026-01-05T12:00:00Z", set()),
        ("2026-01-06T13:00:00Z", {"closed", "restricted"}),
        ("2026-06-01", {"closed"}),  # Long after its expected end: nobody has lifted it.
    ],
)
def test_closures_last_until_they_are_lifted(either: Client, moment: str, kinds: set[str]) -> None:
    found = either.items("closures", datetime=moment)["features"]

    assert {each["properties"]["kind"] for each in found} == kinds

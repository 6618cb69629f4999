"""Stored assets as a network, by what they say and by where they are."""

import pytest

from asset_model.network.stored import SEWERS, read_network
from tests.network.ground import an_id, asset, line, on, pipe, point, small_street, standing


def test_a_street_as_a_town_draws_it_becomes_a_network(database_url: str) -> None:
    with standing(*small_street(), url=database_url) as session:
        network = read_network(session).network

    first, second, third = (network.pipes[tag] for tag in ("CD-1", "CD-2", "CD-3"))
    assert (first.end, second.end) == (second.start, third.start)
    assert network.valves["VA-1"].pipe == "CD-1"
    assert network.valves["VA-1"].share == pytest.approx(0.96, abs=0.001)
    assert network.taps["BI-1"].pipe == network.taps["BR-1"].pipe == "CD-2"
    assert network.sources == {first.start}


def test_the_nodes_that_pipes_name_go_before_their_places() -> None:
    named = pipe("CD-1", (0, 0), (100, 0), from_node="N1", to_node="N2")
    apart = pipe("CD-2", (101, 0), (200, 0), from_node="N2", to_node="N3")
    with standing(named, apart) as session:
        network = read_network(session).network

    assert network.nodes == ("N1", "N2", "N3")


def test_an_end_without_a_name_joins_the_named_node_that_it_touches() -> None:
    named = pipe("CD-1", (0, 0), (100, 0), from_node="N1", to_node="N2")
    touching = pipe("CD-2", (100.3, 0), (200, 0))
    with standing(named, touching) as session:
        assert read_network(session).network.pipes["CD-2"].start == "N2"


def test_ends_a_metre_apart_are_two_nodes() -> None:
    with standing(pipe("CD-1", (0, 0), (99, 0)), pipe("CD-2", (100, 0), (200, 0))) as session:
        assert len(read_network(session).network.nodes) == 4


def test_a_valve_is_on_the_pipe_that_it_names_rather_than_on_the_nearest() -> None:
    pipes = pipe("CD-1", (0, 0), (100, 0)), pipe("CD-2", (0, 2), (100, 2))
    with standing(*pipes, on("valve", "VA", (50, 0), "CD-2")) as session:
        assert read_network(session).network.valves["VA"].pipe == "CD-2"


def test_a_valve_drawn_on_a_corner_stands_at_the_end_of_its_pipe() -> None:
    with standing(pipe("CD-1", (0, 0), (100, 0)), on("valve", "VA", (99.8, 0.1))) as session:
        assert read_network(session).network.valves["VA"].share == 1.0


def test_what_no_pipe_is_near_is_told() -> None:
    with standing(pipe("CD-1", (0, 0), (100, 0)), on("valve", "VA", (50, 40))) as session:
        assert read_network(session).astray == ("VA",)


@pytest.mark.parametrize("kind", ["check", "pressure_reducing"])
def test_a_valve_that_is_not_made_to_be_turned_holds_nothing(kind: str) -> None:
    valve = on("valve", "VA", (50, 0), kind=kind)
    with standing(pipe("CD-1", (0, 0), (100, 0)), valve) as session:
        assert read_network(session).network.valves == {}


def test_a_valve_out_of_service_is_broken() -> None:
    valve = asset("valve", "VA", point((50, 0)), status="out_of_service")
    with standing(pipe("CD-1", (0, 0), (100, 0)), valve) as session:
        assert read_network(session).network.valves["VA"].condition == "broken"


def test_what_the_last_inspection_wrote_of_a_valve_is_read() -> None:
    valve = on("valve", "VA", (50, 0), condition="not_found", normal_position="closed")
    with standing(pipe("CD-1", (0, 0), (100, 0)), valve) as session:
        found = read_network(session).network.valves["VA"]

    assert (found.condition, found.normally_closed) == ("not_found", True)


def test_planned_and_retired_pipes_are_not_there() -> None:
    gone = asset("pipe", "CD-2", line((0, 0), (9, 9)), status="retired")
    drawn = asset("pipe", "CD-3", line((0, 0), (9, 9)), status="planned")
    with standing(pipe("CD-1", (0, 0), (100, 0)), gone, drawn) as session:
        assert list(read_network(session).network.pipes) == ["CD-1"]


def test_sewers_and_drinking_water_are_apart() -> None:
    sewer = pipe("EG-1", (0, 5), (100, 5), network="storm")
    with standing(pipe("CD-1", (0, 0), (100, 0)), sewer) as session:
        assert list(read_network(session).network.pipes) == ["CD-1"]
        assert list(read_network(session, systems=SEWERS).network.pipes) == ["EG-1"]


def test_a_parent_that_is_no_pipe_does_not_keep_a_valve_off_its_pipe() -> None:
    valve = asset("valve", "VA", point((50, 0)), parent_id=an_id("chamber"))
    with standing(pipe("CD-1", (0, 0), (100, 0)), valve) as session:
        assert read_network(session).network.valves["VA"].pipe == "CD-1"

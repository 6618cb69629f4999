"""Isolating a break: the valves, their order, and who is without water."""

from random import Random

import pytest

from asset_model.errors import Refused
from asset_model.network.breaks import break_at
from asset_model.network.graph import Graph
from asset_model.network.isolation import isolate
from asset_model.network.network import Condition, Network, Pipe, Tap, Valve
from tests.network.nets import closed, isolated, network

# A street of four mains, fed at both ends; VA and VC hold BC apart.
STREET = ("S-A", "A-B", "B-C", "C-D", "D-T")
STREET_VALVES = {
    "V1": Valve("S-A", 1.0),
    "VA": Valve("A-B", 1.0),
    "VC": Valve("C-D", 0.0),
    "V9": Valve("D-T", 0.0),
}


def street(**changes: Valve) -> Network:
    return network(*STREET, valves=STREET_VALVES | changes, sources=["S", "T"])


def test_the_nearest_valve_on_each_side_is_closed() -> None:
    assert sorted(closed(isolated(street(), "B-C"))) == ["VA", "VC"]


def test_what_lies_between_the_closed_valves_is_isolated() -> None:
    found = isolated(street(), "B-C").isolated

    assert (found.pipes, found.nodes) == (("B-C",), ("B", "C"))


def test_past_a_valve_written_as_broken_the_next_one_is_closed_instead() -> None:
    found = isolated(street(VA=Valve("A-B", 1.0, condition="broken")), "B-C")

    assert [(one.valve, one.instead_of) for one in found.close] == [("VC", None), ("V1", "VA")]
    assert found.passed == ("VA",)


def test_a_valve_that_the_crew_does_not_find_is_as_one_that_is_broken() -> None:
    found = isolated(street(), "B-C", failed=["VC"])

    assert sorted(closed(found)) == ["V9", "VA"]


def test_a_normally_closed_valve_is_looked_at_and_not_turned() -> None:
    found = isolated(street(VC=Valve("C-D", 0.0, normally_closed=True)), "B-C")

    assert (closed(found), found.keep_closed) == (["VA"], ("VC",))


def test_no_water_is_counted_on_through_a_normally_closed_valve() -> None:
    net = network("S-A", "A-B", valves={"V": Valve("S-A", 1.0)}, sources=["S"])
    tied = Network(
        {**net.pipes, "B-T": Pipe("B", "T")},
        {**net.valves, "NC": Valve("B-T", 0.5, normally_closed=True), "VB": Valve("A-B", 1.0)},
        sources=frozenset({"S", "T"}),
    )

    assert isolated(tied, "A-B").without_water.nodes == ("A", "B")


def test_a_valve_in_the_middle_of_a_pipe_keeps_its_other_half_in_water() -> None:
    net = street(VM=Valve("B-C", 0.5))

    assert sorted(closed(isolated(net, "B-C", share=0.2))) == ["VA", "VM"]
    assert isolated(net, "B-C", share=0.2).without_water.nodes == ("B",)


def test_where_the_place_is_not_known_both_halves_are_taken_to_leak() -> None:
    assert sorted(closed(isolated(street(VM=Valve("B-C", 0.5)), "B-C"))) == ["VA", "VC"]


def test_a_break_whose_place_is_not_known_is_not_on_the_stub_before_a_corner_valve() -> None:
    net = street(VC=Valve("B-C", 0.94))

    assert isolated(net, "B-C").isolated.nodes == ("B",)


def test_what_hangs_on_the_isolated_pieces_is_without_water() -> None:
    taps = {
        "C1": Tap("B-C", 0.2, "customer"),
        "C2": Tap("B-C", 0.8, "customer"),
        "H": Tap("B-C", 0.1, "hydrant"),
    }
    valves = STREET_VALVES | {"VM": Valve("B-C", 0.5)}
    net = network(*STREET, valves=valves, taps=taps, sources=["S", "T"])

    found = isolated(net, "B-C", share=0.3).without_water

    assert (found.customers, found.hydrants) == (("C1",), ("H",))


def test_a_dead_end_behind_the_break_is_without_water_though_not_isolated() -> None:
    valves = {"V1": Valve("S-A", 1.0), "V2": Valve("B-C", 0.0)}
    net = network("S-A", "A-B", "B-C", valves=valves, sources=["S"])

    found = isolated(net, "A-B")

    assert found.isolated.nodes == ("A", "B")
    assert found.without_water.nodes == ("A", "B", "C")


def test_what_had_no_water_before_is_not_counted_for_the_break() -> None:
    net = network(*STREET, "X-Y", valves=STREET_VALVES, sources=["S", "T"])

    assert "X" not in isolated(net, "B-C").without_water.nodes


def test_valves_that_water_presses_on_come_first_and_the_nearest_of_them() -> None:
    valves = {
        "far": Valve("S-A", 0.0),
        "near": Valve("B-T", 0.0),
        "dead": Valve("B-C", 0.0),
    }
    net = network("S-A", "A-B", "B-C", "B-T", valves=valves, sources=["S", "T"])

    assert closed(isolated(net, "A-B")) == ["near", "far", "dead"]


def test_with_no_source_known_only_the_isolated_part_is_told() -> None:
    found = isolated(network(*STREET, valves=STREET_VALVES), "A-B")

    assert (found.supply_known, found.without_water) == (False, found.isolated)


def test_a_source_that_no_valve_holds_back_is_told() -> None:
    found = isolated(network("S-A", "A-B", sources=["S"]), "A-B")

    assert (closed(found), found.sources) == ([], ("S",))


def test_a_valve_that_leaks_itself_cannot_hold() -> None:
    assert sorted(closed(isolated(street(), "VC"))) == ["V9", "VA"]


def test_of_two_valves_in_one_place_one_is_enough() -> None:
    assert closed(isolated(street(VB=Valve("A-B", 1.0)), "B-C")).count("VB") == 0


def test_a_tag_that_is_nowhere_in_the_network_is_named() -> None:
    with pytest.raises(Refused, match="“CD-9999” is not part of a network"):
        isolated(street(), "CD-9999")


@pytest.mark.parametrize("seed", range(40))
def test_closing_them_stops_the_flood_and_each_of_them_is_needed(seed: int) -> None:
    graph = Graph(random_network(Random(seed)))
    where = break_at(graph, "P0")
    found = isolate(graph, where)
    still = {*closed(found), *found.keep_closed}
    inside = graph.flooded(where.spots, still.__contains__)

    assert {graph.spots[s] for s in inside} == {*found.isolated.pieces, *found.isolated.nodes}
    for tag in still:
        others = still - {tag}
        assert graph.flooded(where.spots, others.__contains__) > inside


@pytest.mark.parametrize("seed", range(40))
def test_without_water_is_what_a_flood_from_the_sources_no_longer_reaches(seed: int) -> None:
    graph = Graph(random_network(Random(seed)))
    found = isolate(graph, break_at(graph, "P7"))
    valves = graph.network.valves
    inside = set(found.isolated.pieces) | set(found.isolated.nodes)
    sources = {graph.node_spots[node] for node in graph.network.sources - inside}
    shut = set(closed(found))

    before = graph.flooded(
        [graph.node_spots[node] for node in graph.network.sources],
        lambda tag: valves[tag].normally_closed,
    )
    after = graph.flooded(sources, lambda tag: tag in shut or valves[tag].normally_closed)

    lost = {graph.spots[spot] for spot in before - after} | inside
    assert {*found.without_water.pieces, *found.without_water.nodes} == lost


def random_network(random: Random) -> Network:
    """A grid of five by five, with valves of every kind anywhere, at most one in a place."""
    pipes: dict[str, Pipe] = {}
    valves: dict[str, Valve] = {}
    conditions: list[Condition] = ["working", "working", "working", "broken", "not_found"]
    for x in range(5):
        for y in range(5):
            for a, b in ((x + 1, y), (x, y + 1)):
                pipes[f"P{len(pipes)}"] = Pipe(f"{x}/{y}", f"{a}/{b}", random.uniform(20, 200))
    for name in pipes:
        for share in random.sample([0.0, 0.3, 0.6, 1.0], random.choice([0, 0, 1, 2])):
            closed, condition = random.random() < 0.1, random.choice(conditions)
            valves[f"V{len(valves)}"] = Valve(name, share, closed, condition)
    return Network(pipes, valves, sources=frozenset({"0/0", "4/4"}))


def test_a_valve_that_the_crew_has_closed_holds_whatever_is_written_of_it() -> None:
    net = street(VA=Valve("A-B", 1.0, condition="not_found"))
    graph = Graph(net)

    found = isolate(graph, break_at(graph, "B-C"), closed=["VA"])

    assert sorted(closed(found)) == ["VA", "VC"]


def test_a_valve_closed_for_nothing_takes_water_away_all_the_same() -> None:
    net = network("S-A", "A-B", "B-C", valves={
        "V1": Valve("A-B", 0.0), "V2": Valve("A-B", 1.0), "V3": Valve("B-C", 1.0),
    }, sources=["S", "C"])  # fmt: skip
    graph = Graph(net)

    found = isolate(graph, break_at(graph, "A-B"), closed=["V3"])

    assert found.closed_besides == ("V3",)
    assert set(found.without_water.pipes) == {"A-B", "B-C"}

"""The reopening checklist."""

from asset_model.network.breaks import break_at
from asset_model.network.graph import Graph
from asset_model.network.isolation import isolate
from asset_model.network.network import Tap, Valve
from asset_model.network.reopening import ReopeningStep, reopening
from tests.network.nets import isolated, network

VALVES = {
    "V1": Valve("S-A", 1.0),
    "V2": Valve("B-T", 0.0),
    "NC": Valve("B-C", 0.0, normally_closed=True),
}
TAPS = {"H": Tap("A-B", 0.5, "hydrant"), "C": Tap("A-B", 0.6, "customer")}


def checklist() -> list[tuple[str, str | None]]:
    net = network("S-A", "A-B", "B-T", "B-C", valves=VALVES, taps=TAPS, sources=["S", "T"])
    return [(step.doing, step.tag) for step in reopening(isolated(net, "A-B"))]


def test_one_valve_fills_the_pipe_while_hydrants_flush_before_the_others_open() -> None:
    doings = [doing for doing, _ in checklist()]

    assert doings[:4] == ["confirm_repair", "open_to_fill", "flush", "open"]


def test_every_valve_that_was_closed_is_opened_fully_the_one_that_fills_first() -> None:
    steps = checklist()
    opened = [tag for doing, tag in steps if doing == "open"]

    assert sorted(map(str, opened)) == ["V1", "V2"]
    assert ("open_to_fill", opened[0]) in steps


def test_a_valve_closed_for_nothing_is_opened_as_well() -> None:
    net = network("S-A", "A-B", "B-T", "B-C", valves=VALVES, taps=TAPS, sources=["S", "T"])
    graph = Graph(net)
    found = isolate(graph, break_at(graph, "S-A"), closed=["V1", "V2"])

    assert found.closed_besides == ("V2",)
    assert ReopeningStep("open", "V2") in list(reopening(found))


def test_a_normally_closed_valve_is_confirmed_closed_and_not_opened() -> None:
    assert [doing for doing, tag in checklist() if tag == "NC"] == ["confirm_closed"]


def test_customers_are_asked_about_their_water_last() -> None:
    assert checklist()[-1] == ("confirm_water", "C")

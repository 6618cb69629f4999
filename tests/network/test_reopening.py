"""The reopening checklist."""

from asset_model.network.network import Tap, Valve
from asset_model.network.reopening import reopening
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


def test_every_valve_that_was_closed_is_opened_once() -> None:
    opened = [tag for doing, tag in checklist() if doing in ("open", "open_to_fill")]

    assert sorted(map(str, opened)) == ["V1", "V2"]


def test_a_normally_closed_valve_is_confirmed_closed_and_not_opened() -> None:
    assert [doing for doing, tag in checklist() if tag == "NC"] == ["confirm_closed"]


def test_customers_are_asked_about_their_water_last() -> None:
    assert checklist()[-1] == ("confirm_water", "C")

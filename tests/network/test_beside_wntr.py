"""Beside wntr: the same valves cut the same networks into the same segments."""

import warnings
from pathlib import Path
from random import Random
from typing import Any

import pytest
import wntr
from pandas import DataFrame

from asset_model.network.breaks import break_at
from asset_model.network.graph import Graph
from asset_model.network.isolation import isolate
from tests.network.nets import members, of_wntr, segments_of_wntr

NAMES = ("Net3", "ky4", "Net6")


def model_of(folder: Path, name: str) -> Any:
    return wntr.network.WaterNetworkModel(str(folder / "water" / f"epanet_{name}.inp"))


def segments_by_wntr(model: Any, layer: Any) -> set[frozenset[str]]:
    with warnings.catch_warnings():
        # It counts on a pandas that is older than ours, and says so.
        warnings.simplefilter("ignore")
        nodes, links, _ = wntr.metrics.topographic.valve_segments(model.to_graph(), layer)
    return segments_of_wntr(nodes, links)


def segments_by_us(model: Any, layer: Any) -> set[frozenset[str]]:
    graph = Graph(of_wntr(model, layer))
    return {members(graph, segment) for segment in graph.segments(lambda _: True)}


def valves_at(model: Any, share: float, seed: int) -> DataFrame:
    """Valves at a share of all the ends of links."""
    random = Random(seed)
    ends = [
        (name, node)
        for name, link in model.links()
        for node in (link.start_node_name, link.end_node_name)
        if random.random() < share
    ]
    return DataFrame(ends, columns=["link", "node"])


@pytest.mark.parametrize("name", NAMES)
def test_a_strategic_layer_gives_the_same_segments(shared_data: Path, name: str) -> None:
    model = model_of(shared_data, name)
    layer = wntr.network.generate_valve_layer(model, "strategic", 1, seed=7)

    assert segments_by_us(model, layer) == segments_by_wntr(model, layer)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("share", [0.05, 0.3, 0.7, 1.0])
def test_random_layers_on_a_small_network_give_the_same_segments(
    shared_data: Path, share: float, seed: int
) -> None:
    model = model_of(shared_data, "Net3")
    layer = valves_at(model, share, seed)

    assert segments_by_us(model, layer) == segments_by_wntr(model, layer)


# wntr takes many seconds on a network of this size with few valves missing.
@pytest.mark.parametrize(("name", "share"), [("ky4", 0.2), ("ky4", 0.8), ("Net6", 0.1)])
def test_random_layers_on_a_town_give_the_same_segments(
    shared_data: Path, name: str, share: float
) -> None:
    model = model_of(shared_data, name)
    layer = valves_at(model, share, seed=1)

    assert segments_by_us(model, layer) == segments_by_wntr(model, layer)


def test_a_break_on_any_link_isolates_the_segment_that_wntr_puts_it_in(shared_data: Path) -> None:
    model = model_of(shared_data, "Net3")
    layer = valves_at(model, 0.4, seed=3)
    segments = segments_by_wntr(model, layer)
    graph = Graph(of_wntr(model, layer))
    for link in model.link_name_list:
        found = isolate(graph, break_at(graph, link)).isolated

        named = {f"P{pipe}" for pipe in found.pipes} | {f"N{node}" for node in found.nodes}
        assert named == next(segment for segment in segments if f"P{link}" in segment)

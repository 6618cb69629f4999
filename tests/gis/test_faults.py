"""What a check finds wrong with a network, each fault on a drawing that has it and no other."""

from collections.abc import Sequence
from typing import Any

import pytest
from shapely.geometry import shape

from asset_model.assets import Asset
from gis.faults import Fault, line_faults, point_faults, value_faults
from gis.inventory import Item, Lines, Plane
from tests.gis.builders import CLASSES
from tests.network.ground import SOUTH, WEST, on, pipe, place

SCHEMAS = {code: built_in["attributes"] for code, built_in in CLASSES.items()}
PLANE = Plane(WEST, SOUTH)


def item(row: Asset) -> Item:
    assert row.geometry is not None
    return Item(row.id, row.tag, row.class_code, row.name, row.geometry, row.attributes)


def lines(*pipes: Asset) -> Lines:
    return Lines([item(row) for row in pipes], PLANE)


def found(*pipes: Asset) -> list[tuple[str, tuple[str, ...]]]:
    return told(list(line_faults(lines(*pipes))))


def told(faults: Sequence[Fault]) -> list[tuple[str, tuple[str, ...]]]:
    return [(fault.code, fault.tags) for fault in faults]


def cross() -> list[Asset]:
    """Three pipes that meet: nothing is wrong with them."""
    ends = {"A": (0, 0), "B": (200, 0), "C": (100, 80)}
    return [pipe(tag, (100.0, 0.0), end, diameter_mm=150) for tag, end in ends.items()]


def test_a_sound_network_has_no_faults() -> None:
    assert found(*cross()) == []


def test_a_line_drawn_twice_is_a_duplicate_whichever_way_it_runs() -> None:
    again = pipe("D", (0, 0), (100, 0))

    assert ("duplicate", ("D", "A")) in found(*cross(), again)


def test_lines_that_share_a_length_overlap() -> None:
    assert ("overlap", ("A", "D")) in found(*cross(), pipe("D", (50, 0), (100, 0), (100, -50)))


def test_lines_that_cross_do_not_overlap() -> None:
    assert found(*cross(), pipe("D", (50, -40), (50, 40)))[0][0] == "island"


def test_ends_a_hand_apart_are_told_and_snapped() -> None:
    apart = pipe("D", (200.3, 0), (300, 0), diameter_mm=200)

    (fault,) = [f for f in line_faults(lines(*cross(), apart)) if f.tags[0] == "D"][:1]

    assert (fault.code, fault.mend) == ("ends_apart", "snap")
    assert fault.geometry is not None
    start = shape(fault.geometry).coords[0]
    assert start == pytest.approx(tuple(place(200, 0)), abs=2e-7)


def test_an_end_short_of_a_line_is_a_dangle() -> None:
    assert ("dangle", ("D", "A")) in found(*cross(), pipe("D", (50, 2), (50, 60)))


def test_an_end_on_a_line_without_a_node_is_a_tee() -> None:
    assert ("tee", ("D", "A")) in found(*cross(), pipe("D", (50, 0), (50, 60)))


def test_a_dead_end_is_no_fault() -> None:
    assert found(*cross(), pipe("D", (200, 0), (260, 0), diameter_mm=100)) == []


def test_two_like_lines_that_meet_alone_are_a_pseudo_node() -> None:
    a, b = cross()[:2]
    a.name = b.name = "Conduite du lac"

    assert found(a, b) == [("pseudo_node", ("A", "B"))]


def test_a_change_of_diameter_is_a_true_node() -> None:
    a, b = cross()[:2]
    a.name = b.name = "Conduite du lac"
    b.attributes = {"diameter_mm": 200}

    assert found(a, b) == []


def test_what_hangs_on_nothing_is_an_island() -> None:
    apart = [pipe("D", (500, 0), (600, 0)), pipe("E", (600, 0), (600, 50))]

    assert found(*cross(), *apart) == [("island", ("D", "E"))]


def test_a_line_without_length_is_told_and_may_be_retired() -> None:
    (fault,) = line_faults(lines(*cross(), pipe("D", (100, 0), (100, 0.01))))

    assert (fault.code, fault.tags, fault.mend) == ("zero_length", ("D",), "retire")


def test_a_line_that_crosses_itself_is_told() -> None:
    bow = pipe("D", (200, 0), (260, 40), (260, 0), (200, 40), diameter_mm=100)

    assert found(*cross(), bow) == [("self_crossing", ("D",))]


def test_a_hydrant_and_a_valve_far_from_every_main_are_told() -> None:
    points = [
        on("hydrant", "BI-1", (50, 8)),
        on("hydrant", "BI-2", (50, 45)),
        on("valve", "VA-1", (50, 1)),
        on("valve", "VA-2", (50, 6)),
    ]

    faults = list(point_faults([item(row) for row in points], lines(*cross())))

    assert told(faults) == [("hydrant_far", ("BI-2",)), ("valve_far", ("VA-2",))]


def test_a_value_outside_its_domain_and_a_missing_diameter_are_told() -> None:
    odd = pipe("D", (0, 0), (50, 50), diameter_mm=9_000)
    bare = pipe("E", (0, 0), (50, 50))

    faults = list(value_faults([item(odd), item(bare)], PLANE, schemas=SCHEMAS))

    assert told(faults) == [("wrong_value", ("D",)), ("no_diameter", ("E",))]


def test_a_fault_is_where_it_is_on_the_map() -> None:
    (fault,) = line_faults(lines(*cross(), pipe("D", (500, 0), (600, 0))))

    assert fault.position == pytest.approx(tuple(place(550, 0)), abs=2e-6)


def test_a_town_outside_quebec_is_measured_as_well() -> None:
    plane = Plane(2.1, 41.3)
    geometry: dict[str, Any] = {"type": "LineString", "coordinates": [[2.1, 41.3], [2.1, 41.301]]}

    assert plane.shape(geometry).length == pytest.approx(111.05, abs=0.05)

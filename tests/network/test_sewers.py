"""Sewers: upstream and downstream."""

import pytest

from asset_model.errors import Refused
from asset_model.network.sewers import course
from tests.network.nets import network

#  A -> B -> C -> out, with D joining at B, and E apart.
SEWER = network("A-B", "D-B", "B-C", "C-out", "E-F")


def test_downstream_of_a_pipe_is_where_its_water_goes_to_the_outfall() -> None:
    found = course(SEWER, "D-B", "downstream")

    assert (found.pipes, found.ends) == (("B-C", "C-out"), ("out",))


def test_upstream_of_a_node_is_all_that_drains_to_it() -> None:
    found = course(SEWER, "C", "upstream")

    assert (set(found.pipes), found.ends) == ({"A-B", "D-B", "B-C"}, ("A", "D"))


def test_a_loop_is_walked_once() -> None:
    ring = network("A-B", "B-C", "C-A")

    assert course(ring, "A-B", "downstream").pipes == ("B-C", "C-A")


def test_a_tag_that_is_not_there_is_named() -> None:
    with pytest.raises(Refused, match="“Z”"):
        course(SEWER, "Z", "upstream")

"""What lay on a segment is found again when the segment is cut, joined, turned or redrawn."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.linear.ruler import Ruler
from asset_model.linear.stretches import (
    Heir,
    Stretch,
    ancestry,
    merged,
    realigned,
    reanchored,
    split,
    turned,
)
from tests.network.ground import line

LENGTH = 120.0
CUTS = st.lists(st.integers(1, 119), min_size=1, max_size=4, unique=True)
SPANS = st.tuples(st.floats(0, 120), st.floats(0, 120)).map(sorted).filter(lambda s: s[0] < s[1])


def pieces(at_m: list[int]) -> list[Heir]:
    return split("A", LENGTH, at_m, [f"A{n}" for n in range(len(at_m) + 1)])


def total_m(stretches: list[Stretch]) -> float:
    return sum(stretch.to_m - stretch.from_m for stretch in stretches)


@given(at_m=CUTS, span=SPANS)
def test_a_cut_loses_nothing_of_a_stretch(at_m: list[int], span: list[float]) -> None:
    now = reanchored(Stretch("A", span[0], span[1]), pieces(at_m))

    assert total_m(now) == pytest.approx(span[1] - span[0], abs=1e-6)


@given(at_m=CUTS, span=SPANS)
def test_the_history_of_the_pieces_is_the_stretch_that_was(
    at_m: list[int], span: list[float]
) -> None:
    heirs = pieces(at_m)
    now = reanchored(Stretch("A", span[0], span[1], "left"), heirs)

    before = [old for stretch in now for old in ancestry(stretch, heirs)]

    assert min(old.from_m for old in before) == pytest.approx(span[0], abs=1e-6)
    assert max(old.to_m for old in before) == pytest.approx(span[1], abs=1e-6)
    assert {(old.segment, old.side) for old in before} == {("A", "left")}


def test_a_place_on_a_cut_is_on_the_piece_that_begins_there() -> None:
    assert reanchored(Stretch("A", 40, 40), pieces([40])) == [Stretch("A1", 0, 0)]


def test_a_place_at_the_end_stays_at_the_end() -> None:
    assert reanchored(Stretch("A", 120, 120), pieces([40])) == [Stretch("A1", 80, 80)]


@pytest.mark.parametrize("at_m", [[0], [120], [130], [40, 40]])
def test_a_cut_that_leaves_a_piece_without_length_is_refused(at_m: list[int]) -> None:
    with pytest.raises(ValueError, match="cuts lie inside"):
        pieces(at_m)


def test_joined_segments_follow_on_and_a_turned_one_changes_its_sides() -> None:
    heirs = merged([("A", 100.0, False), ("B", 50.0, True)], "C")

    assert reanchored(Stretch("A", 90, 100, "left"), heirs) == [Stretch("C", 90, 100, "left")]
    assert reanchored(Stretch("B", 0, 10, "left"), heirs) == [Stretch("C", 140, 150, "right")]


def test_a_stretch_over_a_joint_was_on_both() -> None:
    heirs = merged([("A", 100.0, False), ("B", 50.0, False)], "C")

    assert ancestry(Stretch("C", 80, 120), heirs) == [Stretch("A", 80, 100), Stretch("B", 0, 20)]


@given(span=SPANS)
def test_turning_twice_changes_nothing(span: list[float]) -> None:
    (once,) = reanchored(Stretch("A", span[0], span[1], "right"), turned("A", LENGTH))
    (twice,) = reanchored(once, turned("A", LENGTH))

    assert once.side == "left"
    assert (twice.from_m, twice.to_m) == pytest.approx(tuple(span), abs=1e-9)


def test_what_lies_before_a_bend_that_stayed_does_not_move_when_the_rest_is_redrawn() -> None:
    old, new = ruler((0, 0), (60, 0), (120, 0)), ruler((0, 0), (60, 0), (60, 80), (120, 80))

    heirs = realigned("A", old, new)

    (before,) = reanchored(Stretch("A", 10, 30), heirs)
    (after,) = reanchored(Stretch("A", 60, 120), heirs)
    assert (before.from_m, before.to_m) == pytest.approx((10, 30), abs=0.01)
    assert (after.from_m, after.to_m) == pytest.approx((60, 200), abs=0.01)


def test_a_line_redrawn_as_it_was_moves_nothing() -> None:
    same = ruler((0, 0), (60, 20), (120, 0))

    (now,) = reanchored(Stretch("A", 15, 95), realigned("A", same, same))

    assert (now.from_m, now.to_m) == pytest.approx((15, 95), abs=1e-6)


def ruler(*points: Any) -> Ruler:
    return Ruler(line(*points))

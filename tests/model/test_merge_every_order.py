"""Whatever the order in which changes come and come again, nothing is invented or lost unsaid."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.sync.merge import RULES, append, earliest, larger, merge, server_wins, union
from asset_model.sync.wire import Change
from asset_model.transitions import status_rule
from asset_model.vocabulary import WorkOrderStatus
from tests.sync.rig import edit

TIMES = st.none() | st.sampled_from([f"2026-11-{day:02}T08:00:00.000Z" for day in range(1, 9)])
PLAIN = st.none() | st.integers() | st.text(max_size=5) | st.booleans()
NUMBERS = st.none() | st.integers(-9, 9)
SETS = st.none() | st.lists(st.sampled_from("abcde"), unique=True)
STATUSES = st.sampled_from(list(WorkOrderStatus))


@given(rule=st.sampled_from(["server_wins", "device_wins"]), values=st.tuples(PLAIN, PLAIN, PLAIN))
def test_a_winner_is_one_of_the_two_and_the_other_is_recorded(
    rule: str, values: tuple[Any, Any, Any]
) -> None:
    before, server, device = values

    merged = merge(edit("t", "1", {"x": before}, x=device), {"x": server}, {"x": RULES[rule]})

    after = merged.columns.get("x", server)
    assert after in (server, device)
    overwritten_unseen = server not in (before, device, after)
    assert not overwritten_unseen or merged.set_aside == {"x": server}
    assert after == device or merged.set_aside == {"x": device}


@pytest.mark.parametrize(("rule", "kind"), [(earliest, TIMES), (larger, NUMBERS)])
def test_a_measure_is_the_same_whoever_comes_first(rule: Any, kind: Any) -> None:
    @given(one=kind, other=kind)
    def holds(one: Any, other: Any) -> None:
        assert rule(None, one, other).value == rule(None, other, one).value
        assert {rule(None, one, other).value, rule(None, one, other).set_aside} == {one, other}

    holds()


@given(before=SETS, server=SETS, device=SETS)
def test_a_set_holds_nothing_that_neither_side_had(before: Any, server: Any, device: Any) -> None:
    kept = union(before, server, device).value

    assert set(kept) <= set(server or []) | set(device or [])
    assert set(kept) >= (set(server or []) | set(device or [])) - set(before or [])
    assert len(kept) == len(set(kept))


@given(before=STATUSES, server=STATUSES, device=STATUSES)
def test_a_status_is_one_of_the_two_and_the_loser_is_recorded(
    before: str, server: str, device: str
) -> None:
    merged = merge(
        edit("work_order", "1", {"status": before}, status=device),
        {"status": server},
        {"status": status_rule},
    )

    after = merged.columns.get("status", server)
    assert after in (server, device)
    assert after == device or merged.set_aside == {"status": device}


WORDS = [edit("t", "1", {"x": "base"}, x=f"base\n{word}") for word in ("un", "deux", "trois")]
TITLES = [edit("t", "1", {"x": "base"}, x=word) for word in ("un", "deux", "trois")]


def apply_once_each(changes: Sequence[Change], rule: Any) -> tuple[Any, set[Any]]:
    """What the row holds after these changes, each answered once, and the values that lost."""
    current, lost, seen = {"x": "base"}, set(), set()
    for change in changes:
        if change.id in seen:
            continue
        seen.add(change.id)
        merged = merge(change, current, {"x": rule})
        current |= merged.columns
        lost |= set(merged.set_aside.values())
    return current["x"], lost


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("again", range(3))
def test_words_of_three_crews_all_stay_in_any_order_with_any_repeat(
    order: tuple[int, ...], again: int
) -> None:
    text, _ = apply_once_each([WORDS[n] for n in (*order, again)], append)

    assert sorted(text.split("\n")) == ["base", "deux", "trois", "un"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("again", range(3))
def test_of_three_titles_one_stands_and_two_are_recorded(
    order: tuple[int, ...], again: int
) -> None:
    stands, lost = apply_once_each([TITLES[n] for n in (*order, again)], server_wins)

    assert {stands, *lost} == {"un", "deux", "trois"}

"""Each rule by which two edits of one value meet."""

from typing import Any

import pytest

from asset_model.sync.merge import (
    RULES,
    Settled,
    append,
    by_key,
    device_wins,
    earliest,
    larger,
    merge,
    server_wins,
    union,
)
from tests.sync.rig import edit

EARLY, LATE = "2026-11-23T08:00:00.000Z", "2026-11-23T09:00:00.000Z"


def test_the_server_wins_and_the_device_s_value_is_contested() -> None:
    assert server_wins("a", "b", "c") == Settled("b", set_aside="c", contested=True)


def test_the_device_wins_and_the_server_s_value_is_contested() -> None:
    assert device_wins("a", "b", "c") == Settled("c", set_aside="b", contested=True)


@pytest.mark.parametrize(("server", "device"), [(EARLY, LATE), (LATE, EARLY)])
def test_the_earliest_time_stands_whoever_noted_it(server: str, device: str) -> None:
    assert earliest(None, server, device) == Settled(EARLY, set_aside=LATE)


@pytest.mark.parametrize(("server", "device"), [(None, EARLY), (EARLY, None)])
def test_a_time_stands_before_none(server: str | None, device: str | None) -> None:
    assert earliest(LATE, server, device) == Settled(EARLY)


@pytest.mark.parametrize(("server", "device"), [(3, 8), (8, 3)])
def test_the_larger_number_stands(server: int, device: int) -> None:
    assert larger(1, server, device) == Settled(8, set_aside=3)


def test_what_the_device_added_goes_below_the_server_s_words() -> None:
    assert append("base", "base\nserver", "base\ndevice") == Settled("base\nserver\ndevice")


def test_words_that_are_there_already_are_not_said_twice() -> None:
    assert append("base", "base\nsame", "base\nsame\n") == Settled("base\nsame")


def test_words_inside_a_longer_line_are_not_taken_for_said() -> None:
    assert append(None, "dépôt de sel", "sel") == Settled("dépôt de sel\nsel")


def test_words_of_a_device_that_rewrote_everything_are_all_kept() -> None:
    assert append("old", "old\nserver", "new") == Settled("old\nserver\nnew")


def test_a_set_keeps_what_either_added_and_drops_what_either_removed() -> None:
    assert union(["a", "b"], ["a", "b", "s"], ["b", "d"]) == Settled(["b", "s", "d"])


def test_a_column_moves_freely_where_the_crew_saw_the_server_s_value() -> None:
    change = edit("work_order", "1", {"title": "old"}, title="new")

    assert merge(change, {"title": "old"}, {}).columns == {"title": "new"}


def test_a_column_where_both_came_to_the_same_value_asks_no_rule() -> None:
    merged = merge(edit("t", "1", {"x": 1}, x=2), {"x": 2}, {})

    assert (merged.columns, merged.set_aside, merged.contested) == ({}, {}, frozenset())


def test_each_column_of_a_change_is_decided_by_itself() -> None:
    change = edit("t", "1", {"free": 1, "both": 1}, free=2, both=2)

    merged = merge(change, {"free": 1, "both": 9}, {"both": server_wins})

    assert merged.columns == {"free": 2}
    assert (merged.set_aside, merged.contested) == ({"both": 2}, frozenset({"both"}))


def test_a_value_that_was_cleared_is_contested_as_well() -> None:
    merged = merge(edit("t", "1", {"x": "a"}, x=None), {"x": "b"}, {"x": server_wins})

    assert (merged.set_aside, merged.contested) == ({"x": None}, frozenset({"x"}))


@pytest.mark.parametrize("rule", [server_wins, device_wins, earliest, larger])
def test_the_value_that_loses_is_always_named(rule: Any) -> None:
    settled = rule(1, 2, 3)

    assert {settled.value, settled.set_aside} == {2, 3}


def test_every_rule_is_in_the_table_by_its_name() -> None:
    assert {name: rule.__name__ for name, rule in RULES.items()} == {name: name for name in RULES}


def test_values_by_name_move_by_themselves() -> None:
    told = by_key({"a": 1, "b": 2, "c": 3}, {"a": 9, "b": 2, "c": 3}, {"a": 1, "b": 5})

    assert told == Settled({"a": 9, "b": 5})


def test_a_name_that_both_moved_apart_is_contested_and_the_others_are_not() -> None:
    told = by_key({"a": 1}, {"a": 2, "d": 4}, {"a": 3, "b": 5})

    assert told == Settled({"a": 2, "d": 4, "b": 5}, {"a": 3, "d": 4, "b": 5}, contested=True)


def test_two_who_find_the_same_agree() -> None:
    assert by_key({}, {"a": 2}, {"a": 2}) == Settled({"a": 2})

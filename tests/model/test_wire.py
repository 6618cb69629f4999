"""Messages are read strictly where we need something, and deafly where we do not know it."""

import json
from contextlib import suppress
from copy import deepcopy
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.sync.reading import Malformed, page_or_terms_from, pull_from, push_from, reply_from
from asset_model.sync.wire import Outcome, Page, PushReply, Removal, TableRows, Terms
from tests.sync.rig import a_push, edit, group

PUSH = json.loads(json.dumps(asdict(a_push(group(edit("t", "1", {"x": 1}, x=2))))))
PULL = {"protocol": 1, "schema": 1, "epoch": "e", "scope": "s", "positions": {"town": 3}}
REPLY = json.loads(
    json.dumps(
        asdict(PushReply(epoch="e", now="n", outcomes=(Outcome(change="c", result="applied"),)))
    )
)
TERMS = {"protocol": 1, "epoch": "e", "scope": "s", "buckets": ["town"], "now": "n"}
PAGE = {
    **TERMS,
    "asked": {"town": 3},
    "position": 4,
    "more": False,
    "tables": [{"table": "crew", "columns": ["code"], "rows": [[1, 4, "id", "VN"]]}],
    "removed": [["crew", "id", "town", "moved"]],
}
READERS = {
    "push": (push_from, PUSH),
    "pull": (pull_from, PULL),
    "reply": (reply_from, REPLY),
    "terms": (page_or_terms_from, TERMS),
    "page": (page_or_terms_from, PAGE),
}
MESSAGES = pytest.mark.parametrize("name", list(READERS))


def fields(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every named field of a message, those of its first group and change too."""
    if isinstance(data, list):
        return fields(data[0], (*path, 0)) if data else []
    if not isinstance(data, dict) or path[-1:] in (("before",), ("after",), ("asked",)):
        return []
    inner = [found for name, value in data.items() for found in fields(value, (*path, name))]
    return [(*path, name) for name in data] + inner


def with_field(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = place = deepcopy(data)
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


def test_a_push_is_read_as_it_was_written() -> None:
    push = a_push(group(edit("work_order", "1", {"title": "é"}, title=None)))

    assert push_from(json.loads(json.dumps(asdict(push)))) == push


def test_a_page_is_read_whole() -> None:
    page = page_or_terms_from(PAGE)

    assert isinstance(page, Page)
    assert page.tables == (TableRows(table="crew", columns=("code",), rows=[[1, 4, "id", "VN"]]),)
    assert page.removed == (Removal(table="crew", row="id", bucket="town", reason="moved"),)


def test_terms_are_told_from_a_page() -> None:
    assert isinstance(page_or_terms_from(TERMS), Terms)


@MESSAGES
def test_a_field_of_a_newer_side_is_ignored(name: str) -> None:
    reader, data = READERS[name]
    newer = {**data, "mood": "bright"}

    assert reader(newer) == reader(data)


@pytest.mark.parametrize("path", fields(PUSH), ids=lambda path: ".".join(map(str, path)))
def test_a_wrong_field_of_a_push_is_named(path: tuple[Any, ...]) -> None:
    with pytest.raises(Malformed, match=str(path[-1])):
        push_from(with_field(PUSH, path, 1.5))


@MESSAGES
@pytest.mark.parametrize("odd", [None, [], "text", 3, True])
def test_what_is_no_object_is_no_message(name: str, odd: Any) -> None:
    with pytest.raises(Malformed, match="an object expected"):
        READERS[name][0](odd)


@pytest.mark.parametrize("schema", [-(2**31), 2**31, 10**400])
@pytest.mark.parametrize(("message", "reader"), [(PUSH, push_from), (PULL, pull_from)])
def test_a_schema_is_a_number_that_a_database_can_hold(
    message: Any, reader: Any, schema: int
) -> None:
    with pytest.raises(Malformed, match="schema"):
        reader({**message, "schema": schema})


@pytest.mark.parametrize(
    "positions", [{"town": "3"}, {"town": True}, {"town": -1}, {"town": 2**63}]
)
def test_a_position_is_a_whole_number_that_a_database_can_hold(positions: Any) -> None:
    with pytest.raises(Malformed, match="positions"):
        pull_from({**PULL, "positions": positions})


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("heard", -1),
        ("heard", 2**63),
        ("digests", {"town": 3}),
        ("digests", {"town": []}),
        ("digests", {"town": [1, None]}),
        ("waiting", [3]),
        ("waiting", ["a\x00b"]),
    ],
)
def test_what_a_pull_adds_is_read_as_strictly(name: str, odd: Any) -> None:
    with pytest.raises(Malformed, match=name):
        pull_from({**PULL, name: odd})


def test_a_first_pull_knows_neither_epoch_nor_scope() -> None:
    assert pull_from({**PULL, "epoch": None, "scope": None}).epoch is None


def test_an_empty_group_is_no_group() -> None:
    with pytest.raises(Malformed, match="changes: empty"):
        push_from(with_field(PUSH, ("groups", 0, "changes"), []))


def test_an_unknown_operation_is_named() -> None:
    with pytest.raises(Malformed, match="'delete' is neither insert nor edit"):
        push_from(with_field(PUSH, ("groups", 0, "changes", 0, "op"), "delete"))


def test_two_changes_of_a_group_never_bear_the_same_id() -> None:
    change = edit("t", "1", x=1)

    with pytest.raises(Malformed, match="id: twice"):
        push_from(json.loads(json.dumps(asdict(a_push(group(change, change))))))


IDS = [("groups", 0, "id"), ("groups", 0, "changes", 0, "id"), ("groups", 0, "changes", 0, "row")]


@pytest.mark.parametrize("odd", ["", "x" * 37, "a\x00b", "\ud800"])
@pytest.mark.parametrize("path", IDS, ids=lambda path: ".".join(map(str, path)))
def test_an_id_is_text_that_both_databases_can_hold(path: tuple[Any, ...], odd: str) -> None:
    with pytest.raises(Malformed, match=str(path[-1])):
        push_from(with_field(PUSH, path, odd))


DEEP: Any = "end"
for _ in range(30):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "odd", [float("nan"), float("inf"), "\ud800", {"\udfff": 1}, [["\ud800"]], DEEP]
)
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_value_that_no_answer_could_repeat_is_malformed(side: str, odd: Any) -> None:
    with pytest.raises(Malformed, match=side):
        push_from(with_field(PUSH, ("groups", 0, "changes", 0, side), {"x": odd}))


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.sampled_from(list(READERS)), st.data())
def test_whatever_stands_in_a_field_is_read_or_malformed_and_nothing_else(
    name: str, data: st.DataObject
) -> None:
    reader, message = READERS[name]
    path = data.draw(st.sampled_from(fields(message)))

    with suppress(Malformed):
        reader(with_field(message, path, data.draw(ANY)))

"""Rows become wire columns and come back; a wrong value is refused before it reaches SQL."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Float, Integer, insert, select

from asset_model.base import Base, Day, UtcDateTime
from asset_model.codec import checked, columns_of, kept_by_server, rules_of, table_of, wire_columns
from asset_model.database import Database, open_database
from asset_model.errors import Refused
from asset_model.sync.values import can_be_kept
from asset_model.tables import SYNCED
from asset_model.work_orders import WorkOrder
from tests.sync.town import START

COLUMNS = [(table, column) for table in SYNCED for column in wire_columns(table)]
WHEN, DAY = "2026-11-23T08:00:00.000Z", "2026-11-23"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = open_database(database_url)
    Base.metadata.create_all(made.engine)
    yield made
    made.close()


def fitting(column: Column[Any]) -> Any:
    """A value that fits the column."""
    kind = column.type
    if isinstance(kind, UtcDateTime | Day):
        return DAY if isinstance(kind, Day) else WHEN
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Integer | Float):
        return 1
    return {} if kind.__visit_name__ == "JSON" else "text"


def whole_row(table: str) -> dict[str, Any]:
    columns = table_of(table).columns
    return {"id": "id"} | {name: fitting(columns[name]) for name in wire_columns(table)}


ODD: list[Any] = [
    *(
        "",
        "x" * 37,
        "a\x00b",
        "é\U0001f6a7",
        DAY,
        WHEN,
        "2026-13-01",
        "NaN",
        "2026-W01-1",
        "20261123",
    ),
    *("2026-11-23T08:00:00Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "0000-00-00"),
    *(2**31 - 1, 2**31, -(2**31), 2**63, 10**400, 1e308, 5e-324, -0.0, 0.5, 1.0, True, None),
    *({"a": ["\x00", None, 1e308]}, [10**400], [[], {}]),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(ODD),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
).filter(can_be_kept)


def one_of_each_kind() -> list[tuple[str, str]]:
    """A column of every type there is, one that must be filled and one that need not."""
    kinds: dict[tuple[str, bool | None], tuple[str, str]] = {}
    for table, name in COLUMNS:
        column = table_of(table).columns[name]
        kinds.setdefault((repr(column.type), column.nullable), (table, name))
    return list(kinds.values())


def store(database: Database, table: str, column: str, value: Any) -> None:
    """Write the value and read it, then forget it; nothing when the check refuses it."""
    try:
        checked(table, {column: value})
    except Refused:
        return
    with database.engine.connect() as connection:
        connection.execute(insert(table_of(table)), [whole_row(table) | {column: value}])
        connection.execute(select(table_of(table).columns[column])).one()
        connection.rollback()


def test_an_odd_value_that_passes_the_check_never_fails_in_sql(database: Database) -> None:
    for table, column in one_of_each_kind():
        for value in ODD:
            store(database, table, column, value)


def test_no_value_that_passes_the_check_ever_fails_in_sql(database: Database) -> None:
    @settings(max_examples=200, suppress_health_check=list(HealthCheck))
    @given(place=st.sampled_from(one_of_each_kind()), value=VALUES)
    def holds(place: tuple[str, str], value: Any) -> None:
        store(database, *place, value)

    holds()


@pytest.mark.parametrize("table", list(SYNCED))
def test_a_row_of_fitting_values_passes_whole(table: str) -> None:
    row = whole_row(table)
    del row["id"]

    assert checked(table, row) == row


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("work_order", "title", None),
        ("work_order", "title", 3),
        ("work_order", "title", "a\x00b"),
        ("work_order", "crew_id", "x" * 37),
        ("work_order", "priority", "3"),
        ("work_order", "priority", 2.5),
        ("work_order", "priority", True),
        ("work_order", "priority", 2**31),
        ("work_order", "longitude", "75"),
        ("work_order", "longitude", True),
        ("work_order", "longitude", 10**400),
        ("work_order", "due_at", "2026-11-23T08:00:00+00:00"),
        ("work_order", "due_at", "2026-11-23T08:00:00.000"),
        ("work_order", "due_at", "2026-02-30T08:00:00.000Z"),
        ("asset", "installed_on", "2026-11"),
        ("asset", "installed_on", "20261123"),
        ("time_worked", "overtime", 1),
    ],
)
def test_a_wrong_value_is_refused_with_its_field(table: str, column: str, value: Any) -> None:
    with pytest.raises(Refused) as refused:
        checked(table, {column: value})

    assert refused.value.code == "bad_value"
    assert refused.value.details["field"] == column


@pytest.mark.parametrize("column", ["colour", "id", "version", "buckets"])
def test_a_column_that_is_none_of_the_row_s_is_refused(column: str) -> None:
    with pytest.raises(Refused) as refused:
        checked("work_order", {column: "x"})

    assert refused.value.code == "column_unknown"


def test_a_table_that_we_do_not_know_is_refused() -> None:
    with pytest.raises(Refused, match="table_unknown"):
        table_of("moon")


def test_a_row_is_told_in_the_words_of_the_wire() -> None:
    order = WorkOrder(id="1", title="Nid-de-poule", created_at=START, longitude=-75.7)

    told = columns_of(order)

    assert (told["created_at"], told["longitude"]) == ("2026-11-23T08:00:00.000Z", -75.7)
    assert told.keys().isdisjoint({"id", "version", "buckets"})


def test_the_number_and_the_flag_of_an_order_are_the_server_s() -> None:
    assert kept_by_server("work_order") == {"number", "flag"}
    assert rules_of("work_order").keys().isdisjoint({"number", "flag", "created_at", "created_by"})

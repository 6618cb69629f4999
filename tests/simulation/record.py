"""What must hold on the server when a schedule has come to rest, whatever the tablets hold."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any

from asset_model.codec import kept_by_server, rules_of, table_of
from asset_model.ids import derived_id
from asset_model.sync.digest import MODULUS, row_hash
from asset_model.sync.merge import device_wins, server_wins
from asset_model.tables import OF_AN_ORDER
from tests.simulation import plain
from tests.simulation.plain import LANDED, Row
from tests.simulation.violation import Violation

MADE_BY_THE_SERVER = frozenset({"contested_value", "matter"})
"""Rows that follow from changes, and are nobody's own."""

Tables = dict[str, dict[str, Row]]
Journal = dict[str, Row]


def record_violations(
    raw: sqlite3.Connection, tables: Tables, journal: Journal
) -> Iterator[Violation]:
    yield from _feed_tells_the_rows(raw, tables)
    yield from _digests_add_up(raw)
    yield from _rows_are_placed(tables)
    yield from _nothing_doubled(tables, journal)
    yield from _groups_whole(journal)
    yield from _replays(tables, journal)
    yield from _losers_kept(tables, journal)
    yield from _nothing_waits_for_what_is_here(tables, journal)


def _feed_tells_the_rows(raw: sqlite3.Connection, tables: Tables) -> Iterator[Violation]:
    """The texts that the feed ships say what the tables say, of every row and of no other."""
    query = "SELECT table_name, row_id, position, buckets, wire FROM row_image"
    shipped = {(table, id): told for table, id, *told in raw.execute(query)}
    for name, rows in tables.items():
        for id, row in rows.items():
            texts = plain.text_of(id, row)
            if shipped.pop((name, id), None) != [row["version"], row["buckets"], texts]:
                yield Violation("diverged", f"{name} {id}: the feed tells another row, or none")
    for table, id in shipped:
        yield Violation("diverged", f"{table} {id} is in the feed and in no table")


def _digests_add_up(raw: sqlite3.Connection) -> Iterator[Violation]:
    """Each bucket's count and sum, kept as rows come and go, are those of its rows."""
    rows: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for table, buckets, wire in raw.execute("SELECT table_name, buckets, wire FROM row_image"):
        for bucket in buckets.split():
            rows[bucket] += 1
            sums[bucket] += row_hash(table, wire)
    for bucket, count, total in raw.execute("SELECT bucket, rows, sum FROM bucket_digest"):
        if (count, total) != (rows[bucket], sums[bucket] % MODULUS):
            yield Violation("diverged", f"the digest of {bucket} is not that of its rows")


def _rows_are_placed(tables: Tables) -> Iterator[Violation]:
    """An order is where its district and its crew are; who holds it holds all that is its."""
    orders: dict[str, set[str]] = {}
    for id, order in tables["work_order"].items():
        places = {"district": order["district_id"], "crew": order["crew_id"]}
        expected = {f"{kind}:{place}" for kind, place in places.items() if place} or {"office"}
        orders[id] = set(order["buckets"].split())
        if orders[id] != expected:
            yield Violation("diverged", f"work_order {id} is in {order['buckets']!r}")
    for name in OF_AN_ORDER:
        for id, row in tables[name].items():
            if row["work_order_id"] and orders.get(row["work_order_id"]) != {
                *row["buckets"].split()
            }:
                yield Violation("diverged", f"{name} {id} is not where its order is")


def _nothing_doubled(tables: Tables, journal: Journal) -> Iterator[Violation]:
    """Each added row comes from one change that landed; a number is given to one order."""
    births = Counter(e["row_id"] for e in journal.values() if _landed(e) and e["op"] == "insert")
    for id, count in births.items():
        if count > 1:
            yield Violation("doubled", f"{id} was added {count} times")
    for name in {"work_order", *OF_AN_ORDER} - MADE_BY_THE_SERVER:
        for id in tables[name].keys() - births.keys():
            yield Violation("doubled", f"{name} {id} was added by nobody")
    numbers = Counter(order["number"] for order in tables["work_order"].values())
    for number, count in numbers.items():
        if count > 1:
            yield Violation("doubled", f"{count} orders have the number {number}")
    for id, order in tables["work_order"].items():
        for word, count in Counter((order["description"] or "").splitlines()).items():
            if count > 1 and word.startswith("n"):
                yield Violation("doubled", f"{word!r} is {count} times in the words of {id}")


def _groups_whole(journal: Journal) -> Iterator[Violation]:
    groups: dict[str, set[bool]] = {}
    for entry in journal.values():
        groups.setdefault(entry["group_id"], set()).add(_landed(entry))
        if entry["code"] == "server_error":
            yield Violation("stuck", f"{entry['id']} broke the server: {entry['details']}")
    for id, landed in groups.items():
        if len(landed) > 1:
            yield Violation("lost", f"group {id} landed in part")


def _losers_kept(tables: Tables, journal: Journal) -> Iterator[Violation]:
    """A value that lost by a rule that takes a side waits for a person, where they see it."""
    for entry in journal.values():
        for column in entry["set_aside"] if _landed(entry) else ():
            takes_a_side = rules_of(entry["table_name"])[column] in (server_wins, device_wins)
            kept = derived_id("contested", entry["id"], column) in tables["contested_value"]
            if takes_a_side and not kept:
                yield Violation("lost", f"{_named(entry)}.{column} of {entry['id']}, set aside")


def _nothing_waits_for_what_is_here(tables: Tables, journal: Journal) -> Iterator[Violation]:
    here = {id for rows in tables.values() for id in rows}
    for entry in journal.values():
        parked = entry["result"] == "parked" and entry["code"] == "row_unknown"
        if parked and entry["waits_for"] in here:
            words = f"{entry['id']} waits for {entry['waits_for']}, which is here"
            yield Violation("stuck", words)


def _replays(tables: Tables, journal: Journal) -> Iterator[Violation]:
    """Replayed from the journal, a value goes only if its successor saw it, by a rule that keeps
    both, or into the contested values; and in the end each row holds what landed, and nothing else.
    """
    values: dict[tuple[str, str], Any] = {}
    for entry in _as_they_landed(journal):
        for column, after in entry["after"].items():
            stands = entry["columns"].get(column, after)
            key = (entry["row_id"], column)
            held = values.get(key, entry["before"].get(column))
            if not _may_follow(entry, column, held, stands):
                words = f"{_named(entry)}.{column}: {held!r} was lost to {stands!r}, unseen"
                yield Violation("lost", words)
            values[key] = stands
    for name, rows in tables.items():
        if name not in MADE_BY_THE_SERVER:
            yield from _holds_what_landed(name, rows, values)


def _as_they_landed(journal: Journal) -> list[Row]:
    """What was parked lands with the row that it waited for, after what brought that row."""
    landed = [entry for entry in journal.values() if _landed(entry)]
    return sorted(landed, key=lambda entry: (entry["position"], "was_parked" in entry["details"]))


def _holds_what_landed(
    name: str, rows: dict[str, Row], values: dict[tuple[str, str], Any]
) -> Iterator[Violation]:
    columns = table_of(name).columns
    for id, row in rows.items():
        for column, value in plain.told(row).items():
            if column in kept_by_server(name) or columns[column].default is not None:
                continue
            if (name, column) == ("settlement", "work_order_id"):
                continue  # It goes where its matter goes; a restore may have undone the order.
            if value != values.get((id, column)):
                words = (
                    f"{name} {id}.{column}: {value!r}, where {values.get((id, column))!r} landed"
                )
                yield Violation("lost", words)


def _may_follow(entry: Row, column: str, held: Any, stands: Any) -> bool:
    if entry["op"] == "insert" or held in (stands, entry["before"].get(column)):
        return True
    rule = rules_of(entry["table_name"]).get(column)
    if column in entry["set_aside"] or rule is None:
        return True  # Contested; or the server's own, which is no tablet's to write.
    words_kept = rule.__name__ == "append" and {*(held or "").split()} <= {*(stands or "").split()}
    return words_kept or rule.__name__ == "status_rule"


def _landed(entry: Row) -> bool:
    return entry["result"] in LANDED


def _named(entry: Row) -> str:
    return f"{entry['table_name']} {entry['row_id']}"

"""What must hold when a schedule has come to rest: on each tablet, against the server."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from asset_model.sync.digest import MODULUS, row_hash, wire_text
from asset_model.sync.wire import PROTOCOL
from asset_model.tables import SYNCED
from field_app.store.local import LAID_OVER, UNSETTLED, State
from tests.simulation import plain
from tests.simulation.plain import LANDED, Row
from tests.simulation.record import record_violations
from tests.simulation.tablet import SCHEMA_1, Tablet
from tests.simulation.violation import Violation
from tests.simulation.watch import Made, Seen
from tests.simulation.world import KEPT_TOO_LONG, World, first_epoch


@dataclass(frozen=True)
class Record:
    """All that the server holds."""

    raw: sqlite3.Connection
    tables: dict[str, dict[str, Row]]
    journal: dict[str, Row]


def violations(world: World) -> Iterator[Violation]:
    """Everything that is wrong, in words."""
    raw = world.server.database.raw
    tables = {name: plain.rows(raw, name) for name in SYNCED}
    record = Record(raw, tables, plain.journal(raw))
    yield from record_violations(raw, record.tables, record.journal)
    yield from _acknowledged_is_kept(world, record)
    yield from _history_goes_on(world, record)
    for tablet in world.tablets.values():
        for found in _of_tablet(tablet, record, world):
            yield found.of(tablet.name)


def _of_tablet(tablet: Tablet, record: Record, world: World) -> Iterator[Violation]:
    connection = tablet.database.raw
    yield from _equal(tablet, record)
    seen = world.watch.seen.get(tablet.name, Seen())
    yield from _every_change_answered(seen.made, tablet, record)
    yield from _at_rest(connection)
    yield from _bounded(connection, world)
    for table, id in connection.execute(plain.ORPHANS):
        yield Violation("diverged", f"{table} {id} is here without its order")
    if tablet.protocol == PROTOCOL:
        yield from _proven_equal(connection, record)


def _equal(tablet: Tablet, record: Record) -> Iterator[Violation]:
    """Convergence: exactly the server's rows of the scope, column by column, and nothing else."""
    scope = _scope(record, tablet.code)
    for name, rows in record.tables.items():
        if tablet.protocol == 1 and name not in SCHEMA_1:
            continue
        here = plain.rows(tablet.database.raw, name)
        there = {id: row for id, row in rows.items() if scope & set(row["buckets"].split())}
        for id in here.keys() - there.keys():
            yield Violation("diverged", f"{name} {id} is here and should not be")
        for id in there.keys() - here.keys():
            yield Violation("diverged", f"{name} {id} is missing")
        for id in here.keys() & there.keys():
            yield from _same(f"{name} {id}", here[id], there[id], scope)


def _scope(record: Record, code: str) -> set[str]:
    """The buckets that a device must hold, by what its row says."""
    query = "SELECT kind, crew_id, district_id FROM device WHERE code = ?"
    kind, crew, district = record.raw.execute(query, (code,)).fetchone()
    if kind != "office":
        return {"town", f"crew:{crew}", f"district:{district}"}
    crews = {f"crew:{id}" for id in record.tables["crew"]}
    return {"town", "office", *crews, *(f"district:{id}" for id in record.tables["district"])}


def _same(what: str, here: Row, there: Row, scope: set[str]) -> Iterator[Violation]:
    for column in here.keys() - {"buckets"}:
        if here[column] != there[column]:
            words = f"{what}.{column}: {here[column]!r} here, {there[column]!r} on the server"
            yield Violation("diverged", words)
    shared = scope & set(there["buckets"].split())
    if set(here["buckets"].split()) != shared:
        words = f"{what}: buckets {here['buckets']!r}, {sorted(shared)} expected"
        yield Violation("diverged", words)


def _every_change_answered(
    made: dict[str, Made], tablet: Tablet, record: Record
) -> Iterator[Violation]:
    """Every change ever committed here is in the journal, and both sides say the same of it.

    But for what was turned down, and lifted or settled since: the app of protocol 1 never asks.
    """
    query = "SELECT id, state, code FROM local_change"
    local = {id: (state, code) for id, state, code in tablet.database.raw.execute(query)}
    for id, change in made.items():
        if change.forgotten:
            continue
        state, code = local[id]
        told = record.journal.get(id)
        if code == "change_oversized" and state == State.PARKED:
            continue  # Parked here: no server would take it.
        if told is None:
            yield Violation(
                "stuck", f"{id} of {change.table} is {state}, and nowhere in the journal"
            )
        elif state in LAID_OVER:
            yield Violation("stuck", f"{id} of {change.table} is still {state}")
        elif tablet.protocol == 1 and state in UNSETTLED:
            continue
        elif (state == State.SETTLED) != (told["result"] in LANDED):
            yield Violation("diverged", f"{id} is {state} here, {told['result']} on the server")
        elif state != State.SETTLED and code is None:
            yield Violation("lost", f"{id} is {state} without a reason")


def _at_rest(connection: sqlite3.Connection) -> Iterator[Violation]:
    if connection.execute("SELECT 1 FROM server_image LIMIT 1").fetchone():
        yield Violation("stuck", "an image is kept with nothing over it")
    if connection.execute("SELECT sweeping FROM replica").fetchone()[0]:
        yield Violation("stuck", "a new history is still being read")


def _bounded(connection: sqlite3.Connection, world: World) -> Iterator[Violation]:
    """The local journal keeps a month, by the server's clock."""
    (count,) = connection.execute(KEPT_TOO_LONG, (world.month_ago(),)).fetchone()
    if count:
        yield Violation("stuck", f"{count} changes are kept for longer than a month")


def _proven_equal(connection: sqlite3.Connection, record: Record) -> Iterator[Violation]:
    """Each bucket was found equal since it last changed; and it is, by a digest of our own."""
    query = "SELECT bucket, verified, differed FROM bucket_position"
    for bucket, verified, differed in connection.execute(query):
        if verified < 0:
            yield Violation("diverged", f"{bucket} was never proven equal ({differed})")
        if _digest(connection, bucket) != _digest(record.raw, bucket):
            yield Violation("diverged", f"{bucket} has another digest here than on the server")


def _digest(connection: sqlite3.Connection, bucket: str) -> tuple[int, int]:
    hashes = [
        row_hash(name, wire_text(id, plain.told(row).values()))
        for name in SYNCED
        for id, row in plain.rows(connection, name).items()
        if bucket in row["buckets"].split()
    ]
    return len(hashes), sum(hashes) % MODULUS


def _history_goes_on(world: World, record: Record) -> Iterator[Violation]:
    """Tablets that were ahead of the server would begin a new history; they never are."""
    (epoch,) = record.raw.execute("SELECT epoch FROM server_state").fetchone()
    if epoch != (world.epoch or first_epoch()) and not world.put_back:
        yield Violation("diverged", "a new history began, and no older copy had been put back")


def _acknowledged_is_kept(world: World, record: Record) -> Iterator[Violation]:
    """What a tablet was told the server has, it has, whatever became of the tablet since."""
    (epoch,) = record.raw.execute("SELECT epoch FROM server_state").fetchone()
    for id, history in world.watch.acknowledged.items():
        if history == epoch and id not in record.journal:
            yield Violation("lost", f"{id} was answered, and is nowhere in the journal")

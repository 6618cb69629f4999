"""What must hold when a storm has come to rest, read from the tables and not from flags."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from asset_model.codec import rules_of, table_of, to_wire, wire_columns
from asset_model.database import Database
from asset_model.ids import derived_id
from asset_model.sync.merge import device_wins, server_wins
from asset_model.tables import OF_AN_ORDER, SYNCED
from field_app.store.local import LAID_OVER, BucketPosition, LocalChange, ServerImage, State
from sync_server.feed import images
from sync_server.scope import scope_of
from sync_server.tables import Device, JournalEntry, RowImage
from tests.simulation.violation import Violation

LANDED = {"applied", "merged"}


@dataclass
class Made:
    """A change that a tablet committed, as it was then."""

    id: str
    group: str
    device: str
    table: str
    row: str


class AtRest(Protocol):
    """A tablet that has stopped talking."""

    @property
    def code(self) -> str: ...

    @property
    def protocol(self) -> int: ...

    @property
    def database(self) -> Database: ...

    @property
    def made(self) -> list[Made]: ...


def violations(held: Database, tablets: Iterable[AtRest]) -> Iterator[Violation]:
    """Everything that is wrong between a server's database and its tablets, in words."""
    with held.reading() as server:
        journal = {entry.id: entry for entry in server.scalars(select(JournalEntry))}
        yield from _images_tell_the_rows(server)
        yield from _nothing_overwritten_unseen(server)
        yield from _nothing_doubled(server, journal)
        yield from _losers_kept(server, journal)
        yield from _children_with_their_orders(server)
        yield from _nothing_waits_for_what_is_here(server, journal)
        for tablet in tablets:
            with tablet.database.reading() as session:
                for violation in _tablet(session, server, tablet, journal):
                    yield replace(violation, words=f"{tablet.code}: {violation.words}")
        yield from _groups_whole(journal)


def _tablet(
    session: Session, server: Session, tablet: AtRest, journal: dict[str, Any]
) -> Iterator[Violation]:
    yield from _equal(session, server, tablet)
    yield from _every_change_answered(session, tablet, journal)
    yield from _no_orphans(session)
    yield from _proven_equal(session, tablet)


def _proven_equal(session: Session, tablet: AtRest) -> Iterator[Violation]:
    """The digests have been compared since the last change of each bucket, and agreed."""
    if tablet.protocol == 1:
        return
    for held in session.scalars(select(BucketPosition).where(BucketPosition.verified < 0)):
        yield Violation("diverged", f"{held.bucket} was never proven equal ({held.differed})")


def _nothing_doubled(server: Session, journal: dict[str, Any]) -> Iterator[Violation]:
    """Each added row comes from one change that landed; a number is given to one order."""
    births = Counter(e.row for e in journal.values() if e.op == "insert" and e.result in LANDED)
    for row, count in births.items():
        if count > 1:
            yield Violation("doubled", f"{row} was added {count} times")
    for name in OF_AN_ORDER:
        for id in server.scalars(select(table_of(name).columns.id)):
            if id not in births and name not in ("contested_value", "matter"):
                yield Violation("doubled", f"{name} {id} was added by nobody")


def _equal(session: Session, server: Session, tablet: AtRest) -> Iterator[Violation]:
    """Convergence: exactly the server's rows of the scope, column by column."""
    scope = scope_of(server, _device(server, tablet.code))
    for name in SYNCED:
        here = dict(_rows(session, name))
        there = {id: row for id, row in _rows(server, name) if scope.meets(row["buckets"].split())}
        for id in here.keys() - there.keys():
            yield Violation("diverged", f"{name} {id} is here and should not be")
        for id in there.keys() - here.keys():
            yield Violation("diverged", f"{name} {id} is missing")
        for id in here.keys() & there.keys():
            yield from _same(name, id, here[id], there[id], scope.buckets)


def _same(
    name: str, id: str, here: dict[str, Any], there: dict[str, Any], held: tuple[str, ...]
) -> Iterator[Violation]:
    shared = {bucket for bucket in there["buckets"].split() if bucket in held}
    for column in (*wire_columns(name), "version"):
        if here[column] != there[column]:
            yield Violation(
                "diverged",
                f"{name} {id}.{column}: {here[column]!r} here, {there[column]!r} on the server",
            )
    if set(here["buckets"].split()) != shared:
        yield Violation(
            "diverged", f"{name} {id}: buckets {here['buckets']!r}, {shared!r} expected"
        )


def _device(server: Session, code: str) -> Device:
    return server.scalars(select(Device).where(Device.code == code)).one()


def _rows(session: Session, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in session.execute(select(table_of(name))).mappings():
        yield row["id"], {column: to_wire(value) for column, value in row.items()}


def _every_change_answered(
    session: Session, tablet: AtRest, journal: dict[str, Any]
) -> Iterator[Violation]:
    """Every change ever committed here is in the journal, and both sides say the same of it."""
    local = {entry.id: entry for entry in session.scalars(select(LocalChange))}
    for made in tablet.made:
        entry, record = local.get(made.id), journal.get(made.id)
        if entry is None:
            yield Violation("lost", f"change {made.id} vanished from the tablet")
        elif record is None:
            yield Violation(
                "stuck",
                f"change {made.id} of {made.table} never reached the journal ({entry.state})",
            )
        elif entry.state in LAID_OVER:
            yield Violation("stuck", f"change {made.id} is still {entry.state}")
        elif (entry.state == State.SETTLED) != (record.result in LANDED):
            yield Violation(
                "diverged", f"change {made.id} is {entry.state} here, {record.result} on the server"
            )
        elif entry.state != State.SETTLED and entry.code is None:
            yield Violation("lost", f"change {made.id} is {entry.state} without a reason")
    if session.scalars(select(ServerImage)).first() is not None:
        yield Violation("stuck", "an image is kept with nothing over it")


def _no_orphans(session: Session) -> Iterator[Violation]:
    for name in OF_AN_ORDER:
        columns = table_of(name).columns
        orders = select(table_of("work_order").columns.id)
        lone = select(columns.id).where(
            columns.work_order_id.is_not(None), columns.work_order_id.not_in(orders)
        )
        for id in session.scalars(lone):
            yield Violation("diverged", f"{name} {id} is here without its order")


def _losers_kept(server: Session, journal: dict[str, Any]) -> Iterator[Violation]:
    """A value that lost by a rule that takes a side waits for a person, where they see it."""
    kept = set(server.scalars(select(table_of("contested_value").columns.id)))
    for entry in journal.values():
        for column in entry.set_aside if entry.result in LANDED else ():
            takes_a_side = rules_of(entry.table)[column] in (server_wins, device_wins)
            if takes_a_side and derived_id("contested", entry.id, column) not in kept:
                yield Violation("lost", f"{entry.table} {entry.row}.{column} of {entry.id}")


def _children_with_their_orders(server: Session) -> Iterator[Violation]:
    """Who holds an order holds all that belongs to it."""
    orders = dict(_rows(server, "work_order"))
    for name in OF_AN_ORDER:
        for id, row in _rows(server, name):
            order = orders.get(row["work_order_id"])
            if order is not None and set(order["buckets"].split()) != set(row["buckets"].split()):
                yield Violation("diverged", f"{name} {id} is not where its order is")


def _nothing_waits_for_what_is_here(
    server: Session, journal: dict[str, Any]
) -> Iterator[Violation]:
    here = set(server.scalars(select(RowImage.row)))
    for entry in journal.values():
        if entry.result == "parked" and entry.code == "row_unknown" and entry.waits_for in here:
            yield Violation("stuck", f"{entry.id} waits for {entry.waits_for}, which is here")


def _groups_whole(journal: dict[str, Any]) -> Iterator[Violation]:
    groups: dict[str, set[bool]] = {}
    for entry in journal.values():
        groups.setdefault(entry.group_id, set()).add(entry.result in LANDED)
    for id, landed in groups.items():
        if len(landed) > 1:
            yield Violation("lost", f"group {id} landed in part")


def _images_tell_the_rows(server: Session) -> Iterator[Violation]:
    """The texts that the feed ships say what the tables say."""
    keys = [(image.table, image.row) for image in server.scalars(select(RowImage))]
    shipped = {(image.table, image.row): image for image in images(server, keys, lock=False)}
    for name in SYNCED:
        for id, row in _rows(server, name):
            image = shipped.pop((name, id), None)
            if image is None:
                yield Violation("diverged", f"{name} {id} is not in the feed")
            elif image.columns != {column: row[column] for column in wire_columns(name)}:
                yield Violation("diverged", f"{name} {id}: the feed tells another row")
    for key in shipped:
        yield Violation("diverged", f"{key} is in the feed and in no table")


def _nothing_overwritten_unseen(server: Session) -> Iterator[Violation]:
    """Replayed from the journal: a value goes only if its successor saw it, by a rule that keeps
    both, or into the contested values.
    """
    values: dict[tuple[str, str], Any] = {}
    if server.get_bind().dialect.name != "sqlite":
        return  # Only SQLite says in which order rows came.
    order = text("SELECT id FROM journal ORDER BY position, rowid")
    entries = {entry.id: entry for entry in server.scalars(select(JournalEntry))}
    for id in server.scalars(order):
        entry = entries[id]
        if entry.result not in LANDED:
            continue
        for column, after in entry.after.items():
            stands = entry.columns.get(column, after)
            held = values.get((entry.row, column), entry.before.get(column))
            yield from _lost(entry, column, held, stands)
            values[entry.row, column] = stands


def _lost(entry: Any, column: str, held: Any, stands: Any) -> Iterator[Violation]:
    if entry.op == "insert" or held in (stands, entry.before.get(column)):
        return
    if column in entry.set_aside:
        return
    rule = rules_of(entry.table)[column].__name__
    words_kept = rule == "append" and set((held or "").split()) <= set((stands or "").split())
    moved_on = rule == "status_rule"
    if not words_kept and not moved_on:
        yield Violation(
            "lost", f"{entry.table} {entry.row}.{column}: {held!r} was lost to {stands!r}, unseen"
        )

"""The rows a batch of changes works on: read at once, changed in memory, written at once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert, Update, bindparam, insert, select, update
from sqlalchemy.orm import Session

from asset_model.codec import table_of
from asset_model.people import Credential
from asset_model.sync.wire import Change, Columns
from asset_model.tables import OF_AN_ORDER, SYNCED
from sync_server import feed
from sync_server.feed import Before, Image
from sync_server.reading_books import Books
from sync_server.scope import buckets_of
from sync_server.spoken import Decided, Spoken

T = TypeVar("T")

Key = tuple[str, str]
"""(table, row id)"""


@dataclass
class Ensuing:
    """What a settlement does beyond rows: to the journal, and to changes that wait."""

    entailed: list[Decided] = field(default_factory=list)
    """Changes that somebody's choice makes, to be journalled as theirs."""
    amended: list[Decided] = field(default_factory=list)
    """Changes that were turned down, and what has become of them now."""

    def add(self, other: "Ensuing") -> None:
        self.entailed += other.entailed
        self.amended += other.amended


class Workspace:
    """What the database holds, with what has been decided so far laid over it."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self.session = session
        self.now = now
        self.spoken = Spoken()
        self.ensuing = Ensuing()
        self.books = Books()
        self.endings: dict[str, Callable[[Workspace], None]] = {}
        """What is worked out once for all of a write, by name, before it is written."""
        self.numbers: dict[str, int] = {}
        """How far each series of short numbers that this write holds has come (`numbers.py`)."""
        self.changes: Sequence[Change] = ()
        """What is to be decided: what one of them asks of the database can be asked for all."""
        self._known: dict[Any, Any] = {}
        self._images: dict[Key, Image | None] = {}
        self._stored: dict[Key, Before | None] = {}
        """What the feed says of each touched row until now; None where it is new."""

    def known(self, what: Hashable, ask: Callable[[], T]) -> T:
        """What no write of ours changes: it is asked once for all of them, by this name."""
        if what not in self._known:
            self._known[what] = ask()
        found: T = self._known[what]
        return found

    def load(self, keys: Iterable[Key]) -> None:
        missing = [key for key in set(keys) if key not in self._images]
        self._images |= dict.fromkeys(missing)
        for image in feed.images(self.session, missing, lock=True):
            self._images[image.table, image.row] = image

    def get(self, table: str, row: str) -> Image | None:
        if (table, row) not in self._images:
            self.load([(table, row)])
        return self._images[table, row]

    def held(self, table: str, row: str) -> Image | None:
        """The same, where it was asked for before."""
        return self._images.get((table, row))

    def is_new(self, table: str, row: str) -> bool:
        """Whether it is in no table until this write brings it."""
        stored = self.get(table, row)
        return stored is None or self._stored.get((table, row), stored) is None

    def put(self, image: Image) -> None:
        key = (image.table, image.row)
        stored = self.get(*key)
        if key not in self._stored:
            self._stored[key] = _before(stored)
        self._images[key] = image

    def touched(self, table: str) -> list[Image]:
        """The rows of a table that were put."""
        return [self._present(key) for key in self._stored if key[0] == table]

    def position(self, table: str, row: str) -> int:
        """Where the row stands in the feed; after `write`, where this batch has put it."""
        image = self._images.get((table, row))
        return 0 if image is None else image.position

    def born(self, table: str) -> set[str]:
        """The rows of a table that this batch makes."""
        return {row for (name, row), old in self._stored.items() if name == table and old is None}

    def before(self, image: Image) -> Columns:
        """What a touched row was until now; nothing, where it is new."""
        old = self._stored[image.table, image.row]
        return {} if old is None else old.columns

    def write(self) -> bool:
        """Write what was put, rows and feed; whether there was any. It is spent afterwards."""
        for end in self.endings.values():
            end(self)
        self._move_children()
        self._move_credentials()
        rank = {name: place for place, name in enumerate(SYNCED)}
        touched = sorted(
            ((self._present(key), old) for key, old in self._stored.items()),
            key=lambda pair: rank[pair[0].table],
        )
        feed.publish(
            self.session, [(image, old or Before({})) for image, old in touched], now=self.now
        )
        self._insert_rows([image for image, old in touched if old is None])
        self._update_rows([(image, old) for image, old in touched if old is not None])
        return bool(touched)

    def _present(self, key: Key) -> Image:
        image = self._images[key]
        assert image is not None, key
        return image

    def _move_children(self) -> None:
        """What belongs to an order is where the order is, born in this batch or before.

        An order that left and came back within the batch may have left children behind.
        """
        orders = {row: old for (table, row), old in self._stored.items() if table == "work_order"}
        now = {row: self._present(("work_order", row)).buckets for row in orders}
        moved = [row for row, old in orders.items() if old is not None and old.buckets != now[row]]
        if moved:
            self.load(self._children(moved))
        for image in [image for image in self._images.values() if image is not None]:
            buckets = now.get(image.columns.get("work_order_id", ""))
            if buckets is not None and buckets != image.buckets:
                self.put(replace(image, buckets=buckets))

    def _children(self, orders: Iterable[str]) -> Iterable[Key]:
        wanted = list(orders)
        for name in OF_AN_ORDER:
            columns = table_of(name).columns
            query = select(columns.id).where(columns.work_order_id.in_(wanted))
            yield from ((name, row) for row in self.session.scalars(query))

    def _move_credentials(self) -> None:
        """What signs a person in without signal is on the tablets of the crew they are in now."""
        people = [row for (table, row), old in self._stored.items() if table == "person" and old]
        if not people:
            return
        query = select(Credential.id).where(Credential.person_id.in_(people))
        self.load([("credential", id) for id in self.session.scalars(query)])
        for image in [image for image in self._images.values() if image is not None]:
            if image.table == "credential" and image.columns["person_id"] in people:
                person = self._present(("person", image.columns["person_id"]))
                buckets = buckets_of("credential", image.columns, {person.row: of_crew(person)})
                if buckets != image.buckets:
                    self.put(replace(image, buckets=buckets))

    def _insert_rows(self, images: list[Image]) -> None:
        for name in dict.fromkeys(image.table for image in images):
            rows = [_row(image) for image in images if image.table == name]
            self.session.connection().execute(_insert(name), rows)

    def _update_rows(self, touched: list[tuple[Image, Before]]) -> None:
        """The columns that moved, with one statement for all rows in which the same ones did."""
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for image, old in touched:
            moved = {c: v for c, v in image.columns.items() if v != old.columns[c]}
            row = {"key": image.row, **moved, **_bookkeeping(image)}
            alike[image.table, *moved].append(row)
        for (name, *_), rows in alike.items():
            self.session.connection().execute(_update(name), rows)


@cache
def _insert(table: str) -> Insert:
    return insert(table_of(table))


@cache
def _update(table: str) -> Update:
    """Of the columns that its values name."""
    rows = table_of(table)
    return update(rows).where(rows.c.id == bindparam("key"))


def _before(stored: Image | None) -> Before | None:
    return None if stored is None else Before(stored.columns, stored.buckets, stored.hash)


def of_crew(person: Image) -> frozenset[str]:
    """Where what belongs to a person is, as the orders of their crew are."""
    crew = person.columns["crew_id"]
    return frozenset({f"crew:{crew}"} if crew else ())


class Draft:
    """One group's work on a workspace: it lands whole with `land`, or is forgotten."""

    def __init__(self, workspace: Workspace, images: Mapping[Key, Image] | None = None) -> None:
        self.workspace = workspace
        self.ensuing = Ensuing()
        self.books = Books()
        self._images: dict[Key, Image] = dict(images or {})

    def get(self, table: str, row: str) -> Image | None:
        return self._images.get((table, row)) or self.workspace.get(table, row)

    def put(self, image: Image) -> None:
        self._images[image.table, image.row] = image

    @property
    def images(self) -> Mapping[Key, Image]:
        """The rows as this draft would leave them."""
        return self._images

    def touched(self, table: str) -> list[Image]:
        """The rows of a table that this write has changed so far, by this group or another."""
        landed = self.workspace.touched(table)
        return [*({i.row: i for i in landed} | self._rows_of(table)).values()]

    def _rows_of(self, table: str) -> dict[str, Image]:
        return {image.row: image for image in self._images.values() if image.table == table}

    def land(self) -> None:
        for image in self._images.values():
            self.workspace.put(image)
        self.workspace.ensuing.add(self.ensuing)
        self.workspace.books.take(self.books)

    def fork(self) -> "Draft":
        """A draft upon this one, to be joined to it or forgotten."""
        forked = Draft(self.workspace, self._images)
        forked.books.take(self.books)
        return forked

    def join(self, forked: "Draft") -> None:
        self._images |= forked.images
        self.ensuing.add(forked.ensuing)
        self.books.take(forked.books)


def _row(image: Image) -> dict[str, Any]:
    return {**image.columns, "id": image.row, **_bookkeeping(image)}


def _bookkeeping(image: Image) -> dict[str, Any]:
    return {"version": image.position, "buckets": " ".join(sorted(image.buckets))}

"""The spatial index of assets: laid beside their table, and kept in step by the database itself.

SQLite has an R*Tree, or where its module is missing a plain table with a covering index under the
same view; PostgreSQL has its own R-tree over `box` (docs/decisions/0022). Triggers fill them, so
that no way of writing an asset can pass them by. They are no part of the record: whoever opens a
database lays them anew where they are missing.
"""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, and_, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from asset_model.assets import Asset
from asset_model.bounds_in_sqlite import statements

TREE, PLAIN = "bounds_tree", "bounds_plain"

TRIGGERS = frozenset({"bounds_on_insert", "bounds_on_update", "bounds_on_delete"})
_ON_POSTGRESQL = (
    "CREATE INDEX server_asset_bounds ON asset"
    " USING gist (box(point(west, south), point(east, north)))"
)


_UNPLACED = "CREATE INDEX server_asset_unplaced ON asset (class_code, id) WHERE west IS NULL"
"""What has no place is in no index of places: a list of what a box holds tells it apart."""


def lay_unplaced(connection: Connection) -> None:
    """Make the server's index of assets without a place, unless it is there."""
    name = "server_asset_unplaced"
    there = "SELECT 1 FROM sqlite_master WHERE name = :name"
    if connection.dialect.name == "postgresql":
        there = "SELECT to_regclass(:name)"
    if connection.scalar(text(there), {"name": name}) is None:
        connection.execute(text(_UNPLACED))


def lay(connection: Connection) -> None:
    """Make the index and fill it, unless this database has the one that it can have."""
    if connection.dialect.name == "postgresql":
        # Asked first: to make an index waits for all who write, even where it is there already.
        if connection.scalar(text("SELECT to_regclass('server_asset_bounds')")) is None:
            connection.execute(text(_ON_POSTGRESQL))
        return
    wanted = TREE if has_tree(connection) else PLAIN
    if laid(connection) != wanted:
        for statement in statements(wanted):
            connection.execute(text(statement))


def has_tree(connection: Connection) -> bool:
    """Whether this SQLite was built with its R*Tree."""
    return bool(connection.scalar(text("SELECT sqlite_compileoption_used('ENABLE_RTREE')")))


def laid(connection: Connection) -> str | None:
    """Which of the two a database of SQLite keeps in step; None: neither, or not wholly."""
    query = text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'asset'"
    )
    told: dict[str, str] = {row.name: row.sql for row in connection.execute(query)}
    if not told.keys() >= TRIGGERS:
        return None
    return TREE if TREE in told["bounds_on_insert"] else PLAIN


Edge = float | ColumnElement[float]


def meets(west: Edge, south: Edge, east: Edge, north: Edge) -> ColumnElement[bool]:
    """Assets whose bounding box meets this one: found by the index, then exactly."""
    indexed = _Indexed(
        Asset.id, Asset.west, Asset.south, Asset.east, Asset.north, west, south, east, north
    )
    # An R*Tree's numbers are of 32 bits, rounded outward.
    return and_(
        indexed, Asset.west <= east, Asset.east >= west, Asset.south <= north, Asset.north >= south
    )


class _Indexed(FunctionElement[bool]):
    """Assets that the index finds in a box: (id, four edges of the asset, four of the box)."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> Any:
        """As it is: told as ``… = 1``, which SQLAlchemy would make of it, no index is used."""
        return self


@compiles(_Indexed, "sqlite")
def _in_sqlite(element: _Indexed, compiler: SQLCompiler, **options: Any) -> str:
    id, *_, west, south, east, north = _told(element, compiler, options)
    there = f"west <= {east} AND east >= {west} AND south <= {north} AND north >= {south}"
    return f"{id} IN (SELECT asset_id FROM asset_bounds WHERE {there})"  # noqa: S608 -- bound


@compiles(_Indexed, "postgresql")
def _in_postgresql(element: _Indexed, compiler: SQLCompiler, **options: Any) -> str:
    _, *edges = _told(element, compiler, options)
    mine, asked = edges[:4], [f"CAST({edge} AS double precision)" for edge in edges[4:]]
    boxes = (f"box(point({w}, {s}), point({e}, {n}))" for w, s, e, n in (mine, asked))
    return " && ".join(boxes)


def _told(element: _Indexed, compiler: SQLCompiler, options: dict[str, Any]) -> list[str]:
    return [compiler.process(clause, **options) for clause in element.clauses]

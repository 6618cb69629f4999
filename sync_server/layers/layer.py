"""A layer of the town's database: where its rows are, what they say, where they lie."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.vocabulary import GeometryKind
from gis.features import Feature, Geometry
from sync_server.layers.columns import Column

Box = tuple[float, float, float, float]
"""(west, south, east, north), in degrees."""
Edges = tuple[
    ColumnElement[float], ColumnElement[float], ColumnElement[float], ColumnElement[float]
]


@dataclass(frozen=True)
class Layer:
    """`edges` are the SQL expressions of (west, south, east, north) of a row's shape."""

    code: str
    label_fr: str
    label_en: str
    geometry_kind: GeometryKind
    columns: tuple[Column, ...]
    id: Any
    edges: Edges
    base: Select[Any]
    """Its rows, with nothing selected but what its joins need."""
    placing: Sequence[Any]
    """What `shape` is told of a row besides its columns, each by its label."""
    shape: Callable[[Mapping[Any, Any]], Geometry | None]
    bare: Select[Any] | None = None
    """The same without joins, to be counted quickly: each row would cost its district."""
    meeting: "Callable[[Sequence[Box]], Layer] | None" = None
    """The same with only the rows whose box meets one of these, and those without a place, as the
    spatial index tells them; None where it knows nothing of its rows.
    """
    lifetime: tuple[Any, Any] | None = None
    """(from, until) of a row that lives in time; until is empty while it lasts."""

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.field.name == name), None)

    def rows(self, *conditions: Any) -> Select[Any]:
        """Its features in the order of their ids; read them by `feature`."""
        own = [c.value.label(c.field.name) for c in self.columns if c.attribute is None]
        chosen = self.base.with_only_columns(self.id.label("_id"), *self.placing, *own)
        return chosen.where(*conditions).order_by(self.id)

    def only(self, *expressions: Any, joined: bool = True) -> Select[Any]:
        """Nothing but these of its rows; not `joined`: they name no other table than its own."""
        base = self.base if joined or self.bare is None else self.bare
        return base.with_only_columns(*expressions)

    def feature(self, row: Row[Any]) -> Feature:
        told = row._mapping  # noqa: SLF001 -- SQLAlchemy's public name for it
        attributes = told.get("_attributes") or {}
        values = {
            column.field.name: (
                attributes.get(column.attribute)
                if column.attribute
                else _plain(told[column.field.name], column)
            )
            for column in self.columns
        }
        return Feature(told["_id"], self.shape(told), values)


def features(session: Session, layer: Layer, query: Select[Any]) -> Iterator[Feature]:
    for row in session.execute(query):
        yield layer.feature(row)


def _plain(value: Any, column: Column) -> Any:
    """A value as JSON has it: days and instants as text."""
    if value is None:
        return None
    match column.field.kind:
        case "instant":
            return instant(value)
        case "date":
            return value.isoformat()
    return value

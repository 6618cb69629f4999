"""What leaves the house as geography, as plain values: layers, their fields and their features.

A *layer* is one table of a map: the assets of a class, or the work orders. Nothing here needs
geopandas: a server without the extra `gis` can still answer in GeoJSON.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from asset_model.vocabulary import GeometryKind

Kind = Literal["text", "integer", "number", "boolean", "date", "choice", "instant"]
Geometry = dict[str, Any]
"""GeoJSON in WGS 84, longitude first."""


@dataclass(frozen=True)
class Choice:
    code: str
    label_fr: str
    label_en: str


@dataclass(frozen=True)
class Field:
    """One column of a layer, the same in a file and on the web."""

    name: str
    kind: Kind
    label_fr: str
    label_en: str
    choices: tuple[Choice, ...] = ()

    def label(self, language: str) -> str:
        return self.label_fr if language == "fr" else self.label_en


@dataclass(frozen=True)
class Feature:
    """One row: where it is, if it is anywhere, and the values of its fields by name."""

    id: str
    geometry: Geometry | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class OutLayer:
    """A layer on its way into a file. `features` may be walked several times, a while each."""

    code: str
    label_fr: str
    label_en: str
    geometry_kind: GeometryKind
    several_parts: bool
    """Whether a line of it is in several pieces: such layers are of multi-part shapes."""
    fields: tuple[Field, ...]
    count: int
    features: Callable[[], Iterable[Feature]]

    def label(self, language: str) -> str:
        return self.label_fr if language == "fr" else self.label_en

    @property
    def placed(self) -> bool:
        return self.geometry_kind is not GeometryKind.NONE

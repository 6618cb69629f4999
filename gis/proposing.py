"""A first mapping for a file that nobody has described yet, to be read by a person and kept."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pandas import DataFrame

from gis.crs import USED_IN_QUEBEC, WGS_84
from gis.guesses import Guess, attribute_guesses, key_column, name_column, place_columns, tag_column
from gis.mapping import OWN_CRS, OWN_GEOMETRY, OWN_SHAPE, QUEBEC, Box, GeometryRule
from gis.problems import listed, refuse
from gis.shapes import looks_like_wkt, read_shapes
from gis.table import Table

LOOKED_AT = 200
"""Rows from which a coordinate system is told: the first of them are enough."""
ROOM_DEGREES, ROOM_SHARE = 0.1, 0.25
TAG_PREFIXES = {
    "road_segment": "TR", "pipe": "CD", "valve": "VA", "hydrant": "BI", "catch_basin": "PU",
    "manhole": "RE", "street_light": "LU", "sign": "PA", "culvert": "PO", "sidewalk": "TT",
    "service_connection": "BR", "water_source": "SE",
}  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """What was guessed. `systems` are the coordinate systems in which the rows fall in Québec."""

    key: str
    tag: str
    name: str
    geometry: GeometryRule
    systems: tuple[str, ...]
    guesses: tuple[Guess, ...]
    ignored: tuple[str, ...]


def propose(table: Table, *, asset_class: dict[str, Any], layer: str | None = None) -> Proposal:
    """Guess what the columns of a table mean for an asset class.

    :raises ImportRefused: ``places_none``
    """
    frame = table.frame.drop(index=list(table.faults))
    geometry = _geometry(table, layer)
    columns = [column for column in table.columns if column not in geometry.columns]
    systems = _systems(table, geometry)
    if len(systems) == 1 and not _there(table, geometry, systems[0]):
        geometry = replace(geometry, within=around(table, geometry, systems[0]))
    key = key_column(frame, columns)
    tag = tag_column(frame, columns, key=key)
    name = name_column(columns) or key
    rest = [column for column in columns if column not in (key, tag)]
    guesses = tuple(attribute_guesses(frame, rest, attributes=asset_class["attributes"]))
    used = {key, tag, name, *(guess.rule.column for guess in guesses)}
    ignored = tuple(column for column in columns if column not in used)
    return Proposal(key, tag, name, geometry, systems, guesses, ignored)


def written(
    proposal: Proposal, *, source: str, class_code: str, version: int = 1, crs: str | None = None
) -> str:
    """The proposal as the TOML of a mapping, with a word where a person must look."""
    return "\n".join(_lines(proposal, source, class_code, version, crs)) + "\n"


def _geometry(table: Table, layer: str | None) -> GeometryRule:
    if OWN_GEOMETRY in table.frame:
        return GeometryRule(layer=layer)
    first = table.frame.head(LOOKED_AT)
    for column in table.columns:
        told = first[column][first[column].str.strip() != ""]
        if len(told) and told.map(looks_like_wkt).mean() > 0.5:
            return GeometryRule(wkt=column)
    places = place_columns(first, table.columns)
    if places is None:
        raise refuse("places_none", columns=listed(table.columns))
    return GeometryRule(longitude=places[0], latitude=places[1])


def _systems(table: Table, geometry: GeometryRule) -> tuple[str, ...]:
    """The file's own system; else every one of Québec's in which the rows fall there."""
    own = table.frame[OWN_CRS].iloc[0] if OWN_CRS in table.frame else ""
    if own:
        return (str(own),)
    return tuple(name for name in USED_IN_QUEBEC if _there(table, geometry, name))


def _there(table: Table, geometry: GeometryRule, crs: str) -> bool:
    """Whether most of the rows, read in this system, are in Québec."""
    bounds = _bounds(table, geometry, crs, rows=LOOKED_AT)
    west, south, east, north = QUEBEC
    inside = (bounds.minx > west) & (bounds.maxx < east)
    inside &= (bounds.miny > south) & (bounds.maxy < north)
    return bool(inside.mean() > 0.5)


def _bounds(
    table: Table, geometry: GeometryRule, crs: str, *, rows: int | None = None
) -> DataFrame:
    frame = table.frame.drop(index=list(table.faults))[:rows]
    series = read_shapes(frame, rule=geometry).series
    return series.set_crs(crs, allow_override=True).to_crs(WGS_84).bounds


def around(table: Table, geometry: GeometryRule, crs: str) -> Box:
    """Where most rows are, with some room: what lies outside is a stray."""
    bounds = _bounds(table, geometry, crs)
    low, high = bounds.quantile(0.02), bounds.quantile(0.98)
    wide = ROOM_DEGREES + (high["maxx"] - low["minx"]) * ROOM_SHARE
    deep = ROOM_DEGREES + (high["maxy"] - low["miny"]) * ROOM_SHARE
    west, south = _rounded(low["minx"] - wide), _rounded(low["miny"] - deep)
    return west, south, _rounded(high["maxx"] + wide), _rounded(high["maxy"] + deep)


def _rounded(degrees: Any) -> float:
    return round(float(degrees), 2)


def _lines(
    proposal: Proposal, source: str, class_code: str, version: int, crs: str | None
) -> Iterator[str]:
    yield f"source = {_text(source)}"
    yield f"version = {version}"
    yield f"class = {_text(class_code)}"
    yield f"key = {_text(proposal.key)}" + (
        " # no column is each row's own: a redrawn shape is another asset"
        if proposal.key == OWN_SHAPE
        else ""
    )
    prefix = TAG_PREFIXES.get(class_code, class_code[:2].upper())
    yield f"tag = {_text(f'{prefix}-{{{proposal.tag}}}')}"
    yield f"name = {_text(f'{{{proposal.name}}}')}"
    yield f"ignored = {_texts(proposal.ignored)}"
    yield ""
    yield "[geometry]"
    yield from _place_lines(proposal, crs)
    for guess in proposal.guesses:
        yield ""
        yield from _attribute_lines(guess)


def _place_lines(proposal: Proposal, crs: str | None) -> Iterator[str]:
    rule = proposal.geometry
    named = {name: getattr(rule, name) for name in ("wkt", "longitude", "latitude", "layer")}
    yield from (f"{name} = {_text(value)}" for name, value in named.items() if value)
    if rule.within != QUEBEC:
        yield f"within = {list(rule.within)}"
    if crs:
        yield f"crs = {_text(crs)}"
    elif len(proposal.systems) > 1:
        yield f"# Choose one, its author knows which: {', '.join(proposal.systems)}"
        yield '# crs = "…"'


def _attribute_lines(guess: Guess) -> Iterator[str]:
    rule = guess.rule
    yield f"[attributes.{rule.name}]"
    yield f"column = {_text(rule.column)}"
    if rule.none:
        told = " # look at these" if guess.doubtful else ""
        yield f"none = {_texts(sorted(rule.none))}{told}"
    if rule.values:
        pairs = ", ".join(f"{_text(cell)} = {_value(v)}" for cell, v in rule.values.items())
        yield f"values = {{ {pairs} }}"


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes are among its own."""
    return json.dumps(value, ensure_ascii=False)


def _texts(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"


def _value(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else _text(str(value))

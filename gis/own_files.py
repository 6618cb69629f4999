"""Files that `voirie export` wrote, perhaps edited since: read back by their own columns.

Such a file needs no mapping, and an asset is found again by its id: importing it changes what was
edited in it and nothing else, and an empty town gets the assets as they were.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from asset_model.vocabulary import GeometryKind
from gis.asset_fields import (
    ASSET_FIELDS,
    ASSET_ID,
    CONDITION_FIELDS,
    NOTE,
    attribute_fields,
)
from gis.features import Field
from gis.mapping import AttributeRule, GeometryRule, Pattern
from gis.mapping import Mapping as ColumnMapping
from gis.short_names import short_names
from gis.table import Table
from gis.text_files import LATITUDE, LONGITUDE, WKT

OWN = "voirie"
"""The source of such a file: assets keep the source that they had before."""

APART = {ASSET_ID, "tag", "name", "status", "address", "length_m"}
OTHERS: dict[str, dict[str, Any]] = {
    field.name: {"name": field.name, "type": field.kind}
    for field in (*ASSET_FIELDS, NOTE)
    if field.name not in APART
}
"""Columns of the asset that only a file of ours fills, described like attributes."""

OF_THE_FORMAT = frozenset({"id", "gml_id", "fid", "ogc_fid"})
"""What GDAL adds to the columns of some formats."""


def own_mapping(table: Table, asset_class: Mapping[str, Any]) -> ColumnMapping | None:
    """The mapping of a file of ours for this class; None where it is another's."""
    attributes = attribute_fields(asset_class["attributes"])
    fields = [*ASSET_FIELDS, *attributes.values(), *CONDITION_FIELDS]
    names = _names(table.columns, fields)
    # GDAL leaves out of a GML the columns without any value.
    if not {names[ASSET_ID], names["tag"], names["status"]} <= set(table.columns):
        return None
    there = {name: column for name, column in names.items() if column in table.columns}
    told = {"name", "status", "address"} & there.keys()
    return ColumnMapping(
        title="voirie export",
        source=OWN,
        class_code=asset_class["code"],
        key=_verbatim(there[ASSET_ID]),
        tag=_verbatim(there["tag"]),
        name=_verbatim(there["name" if "name" in told else "tag"]),
        address=_verbatim(there["address"]) if "address" in told else None,
        status=_rule("status", there) if "status" in told else None,
        geometry=_geometry(table, GeometryKind(asset_class["geometry_kind"])),
        attributes=tuple(
            AttributeRule(name, _verbatim(there[field.name]))
            for name, field in attributes.items()
            if field.name in there
        ),
        others=tuple(_rule(name, there) for name in OTHERS if name in there),
        ignored=frozenset(
            {names["length_m"], *(names[field.name] for field in CONDITION_FIELDS)}
            | {LATITUDE, LONGITUDE, *OF_THE_FORMAT}
        ),
    )


def _names(columns: Iterable[str], fields: Iterable[Field]) -> dict[str, str]:
    """What each field is called in this file: cut to ten characters if it was a shapefile.

    The note comes last there: a file may be without it.
    """
    names = [field.name for field in fields]
    short = short_names(names)
    cut = not set(names) & set(columns) - set(short.values()) and short["criticality"] in columns
    return {**(short if cut else dict(zip(names, names, strict=True))), NOTE.name: NOTE.name}


def _geometry(table: Table, kind: GeometryKind) -> GeometryRule:
    if kind is GeometryKind.NONE:
        return GeometryRule(placed=False)
    if WKT in table.columns:
        return GeometryRule(wkt=WKT, crs="EPSG:4326")
    return GeometryRule()


def _rule(name: str, there: Mapping[str, str]) -> AttributeRule:
    return AttributeRule(name, _verbatim(there[name]))


def _verbatim(column: str) -> Pattern:
    return Pattern(f"{{{column}}}", verbatim=True)

"""Whether a mapping fits a file's columns and an asset class, and which mapping does."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from asset_model import attributes
from asset_model.vocabulary import AssetStatus, GeometryKind
from gis.mapping import OWN_GEOMETRY, AttributeRule, Mapping
from gis.problems import ImportRefused, Problem, listed, nearest, refuse
from gis.table import Table

STATUS: dict[str, Any] = {
    "name": "status",
    "type": "choice",
    "choices": [{"code": s.value, "label_en": s.value, "label_fr": s.value} for s in AssetStatus],
}
"""The status of an asset, described like an attribute of its class."""
CUT_AT = 10
"""As many characters of a column's name as a shapefile keeps."""


def mapping_for(table: Table, *, class_code: str, mappings: Sequence[Mapping]) -> Mapping:
    """The one mapping for this class that expects exactly the table's columns.

    :raises ImportRefused: none does, or several do
    """
    candidates = [mapping for mapping in mappings if mapping.class_code == class_code]
    if not candidates:
        known = listed(sorted({mapping.class_code for mapping in mappings}))
        raise refuse("mapping_none", class_code=class_code, known=known)
    problems = {
        mapping.title: column_problems(full_names(table, mapping=mapping), mapping=mapping)
        for mapping in candidates
    }
    fitting = [mapping for mapping in candidates if not problems[mapping.title]]
    if len(fitting) > 1:
        raise refuse("mapping_several", known=listed([mapping.title for mapping in fitting]))
    if not fitting:
        raise _unfit(table, candidates)
    return fitting[0]


def _unfit(table: Table, candidates: Sequence[Mapping]) -> ImportRefused:
    """Told against the mapping that comes nearest, unless even that one is for something else."""

    def missing(mapping: Mapping) -> int:
        return len(set(mapping.used) - set(table.columns) - mapping.optional)

    closest = min(candidates, key=lambda mapping: (missing(mapping), mapping.title))
    if missing(closest) * 2 > len(closest.used):
        details = {"class_code": closest.class_code, "closest": closest.title}
        return refuse("mapping_unfit", columns=listed(table.columns), **details)
    return ImportRefused(column_problems(table, mapping=closest))


def full_names(table: Table, *, mapping: Mapping) -> Table:
    """The table with the names that its mapping knows, where a shapefile cut them short."""
    there = {name.casefold(): name for name in table.columns}
    known = [*mapping.used, *mapping.ignored, *mapping.optional]
    whole = {
        there[cut]: name
        for name in known
        if name not in table.columns
        and len(name) > CUT_AT
        and (cut := name[:CUT_AT].casefold()) in there
        and there[cut] not in known
    }
    if not whole:
        return table
    found, wanted = next(iter(whole.items()))
    told = Problem("names_cut", details={"found": found, "wanted": wanted})
    frame = table.frame.rename(columns=whole)
    return replace(table, frame=frame, notices=(*table.notices, told))


def check_mapping(mapping: Mapping, table: Table, *, class_code: str) -> None:
    """:raises ImportRefused: the mapping is for another class, or for other columns"""
    if mapping.class_code != class_code:
        details = {"mapping": mapping.title, "found": mapping.class_code, "wanted": class_code}
        raise refuse("mapping_class", **details)
    if problems := column_problems(table, mapping=mapping):
        raise ImportRefused(problems)


def column_problems(table: Table, *, mapping: Mapping) -> list[Problem]:
    """Every column that is missing from the table, or that the mapping knows nothing of."""
    there = set(table.columns)
    needed = [column for column in mapping.used if column not in mapping.optional]
    missing = [column for column in needed if column not in there]
    unknown = sorted(there - {*mapping.used, *mapping.ignored, *mapping.optional})
    problems = [_column("column_missing", column, unknown, mapping) for column in missing]
    rule = mapping.geometry
    if rule.placed and not rule.columns and OWN_GEOMETRY not in table.frame:
        problems.append(_column("column_missing", OWN_GEOMETRY, unknown, mapping))
    spare = missing or [*mapping.used, *sorted(mapping.ignored)]
    return problems + [_column("column_unknown", column, spare, mapping) for column in unknown]


def class_problems(mapping: Mapping, *, asset_class: dict[str, Any]) -> Iterator[Problem]:
    """What the mapping fills that the asset class does not have, or does not allow."""
    has_place = asset_class["geometry_kind"] != GeometryKind.NONE
    if mapping.geometry.placed and not has_place:
        yield Problem("class_unplaced", details={"class_code": mapping.class_code})
    elif has_place and not mapping.geometry.placed:
        details = {"mapping": mapping.title, "key": "geometry"}
        yield Problem("mapping_key_missing", details=details)
    known = {attribute["name"]: attribute for attribute in asset_class["attributes"]}
    if mapping.status:
        known[mapping.status.name] = STATUS
    for rule in (*mapping.attributes, *([mapping.status] if mapping.status else ())):
        details = {"mapping": mapping.title, "key": rule.name, "class_code": mapping.class_code}
        if rule.name not in known:
            closest = nearest(rule.name, among=known)
            yield Problem("attribute_unknown", details={**details, "nearest": closest})
            continue
        for value in _not_allowed(rule, attribute=known[rule.name]):
            codes = [choice["code"] for choice in known[rule.name].get("choices", ())]
            closest = nearest(str(value), among=codes)
            yield Problem(
                "attribute_value", details={**details, "value": repr(value), "nearest": closest}
            )


def _not_allowed(rule: AttributeRule, *, attribute: dict[str, Any]) -> Iterator[Any]:
    for value in dict.fromkeys(map(_hashable, rule.values.values())):
        if any(attributes.problems([attribute], {rule.name: value})):
            yield value


def _hashable(value: Any) -> Any:
    return str(value) if isinstance(value, dict | list) else value


def _column(code: str, column: str, others: Iterable[str], mapping: Mapping) -> Problem:
    closest = nearest(column, among=others)
    details = {"column": column, "mapping": mapping.title, "nearest": closest}
    return Problem(code, details=details)

"""From a table to a plan: what each row would become, and everything wrong with those refused.

Some thousands of rows at a time: shapes and drafts of all of them at once would take ten times
the memory of the file.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any

from pandas import DataFrame

from gis.mapping import OWN_GEOMETRY, OWN_SHAPE, Box, Mapping
from gis.matching import check_mapping, class_problems, full_names
from gis.placing import Places, Placing
from gis.plan import AssetDraft, ImportPlan
from gis.problems import ImportRefused, Problem
from gis.rows import Rows
from gis.spool import Spool
from gis.table import Table

ROWS_AT_ONCE = 4_000


def plan_import(
    table: Table,
    *,
    mapping: Mapping,
    asset_class: dict[str, Any],
    town: Box | None = None,
    advance: Callable[[], object] = lambda: None,
) -> ImportPlan:
    """Draft every sound row of the table; `advance` is called once for each row.

    `asset_class` is the class as a dict: its ``code``, ``geometry_kind`` and ``attributes``.
    `town` is where the town's assets are, if it has some: rows far from all of them are misread.

    :raises ImportRefused: the mapping or the coordinate system is wrong as a whole
    """
    table = full_names(table, mapping=mapping)
    check_mapping(mapping, table, class_code=asset_class["code"])
    if misfits := list(class_problems(mapping, asset_class=asset_class)):
        raise ImportRefused(misfits)
    placing = Placing(table.frame, mapping, asset_class, town) if mapping.geometry.placed else None
    rows = Rows(mapping, {a["name"]: a for a in asset_class["attributes"]})
    drafts, left_aside = Spool[AssetDraft](), 0
    for part in _parts(table):
        wanted = _wanted(_with_optional(part, mapping), mapping)
        left_aside += len(part) - len(wanted)
        places = placing.places(wanted) if placing else None
        for draft in _drafts(wanted, mapping, rows, places, advance):
            drafts.append(draft)
    if placing:
        placing.check()
    problems = [*table.faults.values(), *(placing.problems if placing else ()), *rows.problems]
    return ImportPlan(
        table,
        mapping,
        remarks=(*(placing.remarks if placing else ()), *rows.remarks),
        drafts=drafts,
        problems=tuple(_in_order(problems)),
        left_aside=left_aside,
        keys=rows.keys,
    )


def _parts(table: Table) -> Iterator[DataFrame]:
    """The rows that could be cut into cells, some at a time."""
    for start in range(0, len(table.frame), ROWS_AT_ONCE):
        part = table.frame.iloc[start : start + ROWS_AT_ONCE]
        yield part.drop(index=[row for row in part.index if row in table.faults])


def _with_optional(frame: DataFrame, mapping: Mapping) -> DataFrame:
    """The rows with the columns that may be missing, and with the key that a shape can be."""
    absent = [column for column in mapping.optional if column not in frame]
    whole = frame.assign(**dict.fromkeys(absent, ""))
    if OWN_SHAPE not in mapping.key.columns or frame.empty:
        return whole
    rule = mapping.geometry
    shapes = whole[list(rule.columns) or [OWN_GEOMETRY]].agg(" ".join, axis=1)
    return whole.assign(**{OWN_SHAPE: shapes.map(_short)})


def _short(shape: str) -> str:
    return sha256(shape.encode()).hexdigest()[:12] if shape.strip() else ""


def _wanted(frame: DataFrame, mapping: Mapping) -> DataFrame:
    for column, cells in mapping.only.items():
        frame = frame[frame[column].str.strip().isin(cells)]
    return frame


def _drafts(
    frame: DataFrame,
    mapping: Mapping,
    rows: Rows,
    places: Places | None,
    advance: Callable[[], object],
) -> Iterator[AssetDraft]:
    """Of the rows with which nothing is wrong, neither with their place nor with their cells."""
    used = [column for column in (*mapping.used, OWN_SHAPE) if column in frame]
    texts = zip(*(frame[column].tolist() for column in used), strict=True)
    for row, cells in zip(frame.index.tolist(), texts, strict=True):
        told = rows.describe(row, dict(zip(used, cells, strict=True)))
        advance()
        place = NOWHERE if places is None else places.get(row)
        if told is not None and place is not None:
            yield AssetDraft(
                row=row, class_code=mapping.class_code, source=mapping.source, **place, **told
            )


NOWHERE = dict.fromkeys(("geometry", "west", "south", "east", "north", "length_m"))


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.row or 0, problem.code))

"""Bringing an import's drafts into the database: all of them in one transaction, or none.

An asset is found again by its (source, source key), so that a second import of the same file
changes nothing, and that of a newer file only what differs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.builtin_classes import BUILTIN_CLASSES
from asset_model.database import Database
from asset_model.ids import NewId, derived_id
from asset_model.people import District
from asset_model.sync.wire import Change, Columns
from gis.nearness import nearest_of
from gis.plan import AssetDraft, ImportPlan
from gis.problems import Problem
from sync_server import desk

NEIGHBOUR_WITHIN_M = 250
"""An asset without a district takes that of the nearest one that has it, if it is this near."""

TAGS_PER_QUERY = 500

FILLED = (
    "tag", "class_code", "name", "address", "geometry",
    "west", "south", "east", "north", "length_m", "attributes",
)  # fmt: skip
"""The columns that an import fills; the others of a standing asset are left as people made them."""


@dataclass(frozen=True)
class Comparison:
    """What the drafts come to against the assets that stand."""

    plan: ImportPlan
    """With the drafts whose tag belongs to somebody else among its refused rows."""
    created: tuple[AssetDraft, ...]
    edits: tuple[tuple[str, Columns, Columns], ...]
    """(asset id, columns as they stand, columns as they shall be)"""
    unchanged: int

    def counts(self) -> dict[str, int]:
        return {
            "read": self.plan.read,
            "created": len(self.created),
            "updated": len(self.edits),
            "unchanged": self.unchanged,
            "refused": len(self.plan.refused_rows),
        }


def asset_class_called(database: Database, code: str) -> dict[str, Any] | None:
    """The asset class as the town has it, else as it is built in; None when nobody knows it."""
    standing = None
    if inspect(database.engine).has_table("asset_class"):
        with database.reading() as session:
            standing = session.scalars(select(AssetClass).where(AssetClass.code == code)).first()
    if standing is None:
        return next((built_in for built_in in BUILTIN_CLASSES if built_in["code"] == code), None)
    kept = ("code", "geometry_kind", "attributes")
    return {name: getattr(standing, name) for name in kept}


def class_codes(database: Database) -> list[str]:
    codes = {built_in["code"] for built_in in BUILTIN_CLASSES}
    if inspect(database.engine).has_table("asset_class"):
        with database.reading() as session:
            codes.update(session.scalars(select(AssetClass.code)))
    return sorted(codes)


def preview(
    database: Database, plan: ImportPlan, *, district_code: str | None = None
) -> Comparison:
    """What bringing the plan in would do; writes nothing, and needs no tables to be there.

    :raises LookupError: there is no district of that code
    """
    if not inspect(database.engine).has_table("asset"):
        return Comparison(plan, plan.drafts, (), 0)
    with database.reading() as session:
        _district(session, district_code)
        return compare(session, plan)


def bring_in(
    database: Database,
    plan: ImportPlan,
    *,
    now: datetime,
    new_id: NewId,
    district_code: str | None = None,
    advance: Callable[[], object] = lambda: None,
) -> Comparison:
    """Create and update assets so that they say what the plan says. `advance`: once per change.

    :raises LookupError: there is no district of that code
    """
    with database.writing() as session:
        comparison = compare(session, plan)
        district_id = _district(session, district_code)
        changes = list(_class_changes(session, plan.mapping.class_code, new_id=new_id))
        changes += _changes(session, comparison, district_id, new_id=new_id)
        desk.write(session, _counted(changes, advance), now=now, new_id=new_id)
    return comparison


def compare(session: Session, plan: ImportPlan) -> Comparison:
    standing = _standing(session, plan.mapping.source)
    taken = list(_tags_taken(session, plan.drafts, standing))
    refused = {problem.row for problem in taken}
    created: list[AssetDraft] = []
    edits: list[tuple[str, Columns, Columns]] = []
    drafts = [draft for draft in plan.drafts if draft.row not in refused]
    for draft in drafts:
        if draft.source_key not in standing:
            created.append(draft)
            continue
        row, before = standing[draft.source_key]
        after = _filled(draft, before["attributes"])
        if after != before:
            edits.append((row, before, after))
    problems = sorted([*plan.problems, *taken], key=lambda problem: problem.row or 0)
    told = replace(plan, drafts=tuple(drafts), problems=tuple(problems))
    unchanged = len(drafts) - len(created) - len(edits)
    return Comparison(told, tuple(created), tuple(edits), unchanged)


def _standing(session: Session, source: str) -> dict[str, tuple[str, Columns]]:
    """The assets of a source, by their key there: id, and the columns an import fills."""
    columns = [getattr(Asset, name) for name in FILLED]
    query = select(Asset.source_key, Asset.id, *columns).where(Asset.source == source)
    return {
        str(key): (row, dict(zip(FILLED, values, strict=True)))
        for key, row, *values in session.execute(query)
    }


def _tags_taken(
    session: Session, drafts: Sequence[AssetDraft], standing: dict[str, tuple[str, Columns]]
) -> Iterator[Problem]:
    """The drafts whose tag another asset has: tags are printed on things, so they never move."""
    by_tag = {draft.tag: draft for draft in drafts}
    tags = list(by_tag)
    for start in range(0, len(tags), TAGS_PER_QUERY):
        wanted = tags[start : start + TAGS_PER_QUERY]
        query = select(Asset.tag, Asset.id, Asset.name).where(Asset.tag.in_(wanted))
        for tag, row, name in session.execute(query):
            draft = by_tag[tag]
            own, _ = standing.get(draft.source_key, (None, None))
            if row != own:
                yield Problem("tag_taken", draft.row, {"value": tag, "owner": name})


def _filled(draft: AssetDraft, attributes: Columns) -> Columns:
    """The draft's columns; attributes that its mapping does not fill stay as they stand."""
    known = {name: value for name, value in draft.attributes.items() if value is not None}
    kept = {name: v for name, v in attributes.items() if name not in draft.attributes}
    return {**{name: getattr(draft, name) for name in FILLED}, "attributes": {**kept, **known}}


def _changes(
    session: Session, comparison: Comparison, district_id: str | None, *, new_id: NewId
) -> Iterator[Change]:
    created = comparison.created
    districts = [district_id] * len(created) if district_id else _near(session, created)
    for draft, district in zip(created, districts, strict=True):
        asset = Asset(
            id=derived_id("asset", draft.source, draft.source_key),
            source=draft.source,
            source_key=draft.source_key,
            district_id=district,
            **_filled(draft, {}),
        )
        yield desk.inserted(asset, new_id=new_id)
    for row, before, after in comparison.edits:
        yield desk.edited("asset", row, before, after, new_id=new_id)


def _near(session: Session, created: Sequence[AssetDraft]) -> list[str | None]:
    """For each new asset, the district of its nearest neighbour that has one."""
    query = select(Asset.geometry, Asset.district_id).where(
        Asset.district_id.is_not(None), Asset.west.is_not(None)
    )
    placed = session.execute(query).all()
    found = nearest_of(
        [draft.geometry for draft in created],
        among=[geometry for geometry, _ in placed],
        within_m=NEIGHBOUR_WITHIN_M,
    )
    return [None if index is None else placed[index][1] for index in found]


def _district(session: Session, code: str | None) -> str | None:
    if code is None:
        return None
    found = session.scalars(select(District.id).where(District.code == code)).first()
    if found is None:
        known = ", ".join(sorted(session.scalars(select(District.code)))) or "–"
        raise LookupError(f"There is no district “{code}”; there are: {known}.")
    return found


def _class_changes(session: Session, code: str, *, new_id: NewId) -> Iterator[Change]:
    """A built-in class comes with the first assets of it."""
    if session.scalars(select(AssetClass.id).where(AssetClass.code == code)).first():
        return
    built_in = next(c for c in BUILTIN_CLASSES if c["code"] == code)
    yield desk.inserted(AssetClass(id=derived_id("asset_class", code), **built_in), new_id=new_id)


def _counted(changes: Sequence[Change], advance: Callable[[], object]) -> Iterator[Change]:
    for change in changes:
        yield change
        advance()

"""What an import's drafts come to against the assets that stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.sync.wire import Columns
from asset_model.vocabulary import AssetStatus
from gis.own_files import OWN
from gis.plan import AssetDraft, ImportPlan
from gis.problems import Problem
from sync_server.own_imports import own_keys

TAGS_PER_QUERY = 500

FILLED = (
    "tag", "class_code", "name", "address", "geometry",
    "west", "south", "east", "north", "length_m", "attributes",
)  # fmt: skip
"""The columns that an import fills; the others of a standing asset are left as people made them."""
OTHER_COLUMNS = (
    "criticality", "district_id", "installed_on", "parent_id", "note", "source", "source_key",
)  # fmt: skip
"""Those that a file of ours fills besides."""


@dataclass(frozen=True)
class Edit:
    """A standing asset that the file tells otherwise: its columns as they are and shall be."""

    asset_id: str
    before: Columns
    after: Columns

    @property
    def moved(self) -> Iterator[tuple[str, object, object]]:
        """(what, before, after) for each column and each attribute that changes."""
        for name, after in self.after.items():
            before = self.before.get(name)
            if name == "attributes":
                for key in sorted({*before, *after}):  # type: ignore[misc]
                    old, new = before.get(key), after.get(key)  # type: ignore[union-attr]
                    if old != new:
                        yield key, old, new
            elif before != after:
                yield name, before, after


@dataclass(frozen=True)
class Comparison:
    """What the drafts come to against the assets that stand."""

    plan: ImportPlan
    """With the drafts whose tag belongs to somebody else among its refused rows."""
    created: tuple[AssetDraft, ...]
    edits: tuple[Edit, ...]
    unchanged: int
    missing: tuple[Edit, ...] = ()
    """Assets in service that this source told of before, and no row of this file does."""
    standing: int = 0
    retires: bool = False

    def counts(self) -> dict[str, int]:
        return {
            "read": self.plan.read,
            "created": len(self.created),
            "updated": len(self.edits),
            "unchanged": self.unchanged,
            "refused": len(self.plan.refused_rows),
            "left_aside": self.plan.left_aside,
            "missing": 0 if self.retires else len(self.missing),
            "retired": len(self.missing) if self.retires else 0,
        }


def compare(session: Session, plan: ImportPlan) -> Comparison:
    standing = _standing(session, plan)
    taken = list(_tags_taken(session, plan.drafts, standing))
    refused = {problem.row for problem in taken}
    created: list[AssetDraft] = []
    edits: list[Edit] = []
    drafts = [draft for draft in plan.drafts if draft.row not in refused]
    for draft in drafts:
        if draft.source_key not in standing:
            created.append(draft)
            continue
        row, before = standing[draft.source_key]
        after = filled(draft, before["attributes"])
        if any(after[name] != before[name] for name in after):
            edits.append(Edit(row, before, after))
    problems = sorted([*plan.problems, *taken], key=lambda problem: problem.row or 0)
    told = replace(plan, drafts=tuple(drafts), problems=tuple(problems))
    unchanged = len(drafts) - len(created) - len(edits)
    return Comparison(
        told,
        tuple(created),
        tuple(edits),
        unchanged,
        missing=tuple(_missing(standing, plan)),
        standing=len(standing),
    )


Standing = dict[str, tuple[str, Columns]]
"""By the key of the source: the id of an asset, and its columns as they stand."""


def _standing(session: Session, plan: ImportPlan) -> Standing:
    """What a file of ours tells of is found by its ids; nothing else of the town is missing."""
    if plan.mapping.source != OWN:
        return standing_assets(session, plan.mapping.source)
    keys = own_keys(plan.drafts)
    found: Standing = {}
    for start in range(0, len(keys), TAGS_PER_QUERY):
        wanted = keys[start : start + TAGS_PER_QUERY]
        found |= _found(session, Asset.id, Asset.id.in_(wanted), OTHER_COLUMNS)
    return found


def standing_assets(session: Session, source: str) -> Standing:
    return _found(session, Asset.source_key, Asset.source == source)


def _found(
    session: Session, key: Any, condition: ColumnElement[bool], others: tuple[str, ...] = ()
) -> Standing:
    names = (*FILLED, "status", *others)
    columns = [getattr(Asset, name) for name in names]
    return {
        str(found): (row, dict(zip(names, map(_wire, values), strict=True)))
        for found, row, *values in session.execute(select(key, Asset.id, *columns).where(condition))
    }


def _wire(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _tags_taken(
    session: Session, drafts: Sequence[AssetDraft], standing: Standing
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


def filled(draft: AssetDraft, attributes: Columns) -> Columns:
    """The draft's columns; attributes that its mapping does not fill stay as they stand."""
    known = {name: value for name, value in draft.attributes.items() if value is not None}
    kept = {name: v for name, v in attributes.items() if name not in draft.attributes}
    columns = {name: getattr(draft, name) for name in FILLED}
    status = {"status": draft.status} if draft.status else {}
    return {**columns, **status, **draft.others, "attributes": {**kept, **known}}


def _missing(standing: Standing, plan: ImportPlan) -> Iterator[Edit]:
    """A refused row still says that its asset is there."""
    for key, (row, before) in standing.items():
        if key not in plan.keys and before["status"] != AssetStatus.RETIRED:
            yield Edit(row, before, {"status": AssetStatus.RETIRED.value})


def missing_tags(edits: Iterable[Edit]) -> list[str]:
    return [str(edit.before["tag"]) for edit in edits]

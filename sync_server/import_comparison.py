"""What an import's drafts come to against the assets that stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.sync.wire import Columns
from asset_model.vocabulary import AssetStatus
from gis.own_files import OWN
from gis.plan import AssetDraft, ImportPlan
from gis.problems import Problem
from gis.spool import Spool
from sync_server.own_imports import own_keys

PER_QUERY = 500

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
    created: Sequence[AssetDraft]
    edits: Sequence[Edit]
    """Both on the disk, for they may be as many as the rows."""
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
    """Some drafts at a time, each with what stands in its place."""
    created, edits = Spool[AssetDraft](), Spool[Edit]()
    taken: list[Problem] = []
    unchanged = 0
    for drafts in _parts(plan.drafts):
        standing = _standing(session, plan, drafts)
        refused = _tags_taken(session, drafts, standing)
        taken += refused.values()
        for draft in drafts:
            if draft.row in refused:
                continue
            if draft.source_key not in standing:
                created.append(draft)
                continue
            row, before = standing[draft.source_key]
            after = filled(draft, before["attributes"])
            if any(after[name] != before[name] for name in after):
                edits.append(Edit(row, before, after))
            else:
                unchanged += 1
    problems = sorted([*plan.problems, *taken], key=lambda problem: problem.row or 0)
    missing, count = _missing(session, plan)
    return Comparison(
        replace(plan, problems=tuple(problems)),
        created,
        edits,
        unchanged,
        missing=missing,
        standing=count,
    )


def _parts(drafts: Iterable[AssetDraft]) -> Iterator[list[AssetDraft]]:
    rest = iter(drafts)
    while part := list(islice(rest, PER_QUERY)):
        yield part


Standing = dict[str, tuple[str, Columns]]
"""By the key of the source: the id of an asset, and its columns as they stand."""


def _standing(session: Session, plan: ImportPlan, drafts: Sequence[AssetDraft]) -> Standing:
    """What these drafts tell of; what a file of ours tells of is found by its ids."""
    source = plan.mapping.source
    if source == OWN:
        return _found(session, Asset.id, Asset.id.in_(own_keys(drafts)), OTHER_COLUMNS)
    keys = [draft.source_key for draft in drafts]
    its_own = (Asset.source == source) & Asset.source_key.in_(keys)
    return _found(session, Asset.source_key, its_own)


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
) -> dict[int, Problem]:
    """By row, the drafts whose tag another asset has: tags are printed on things, they never
    move.
    """
    by_tag = {draft.tag: draft for draft in drafts}
    query = select(Asset.tag, Asset.id, Asset.name).where(Asset.tag.in_(by_tag))
    taken = {}
    for tag, row, name in session.execute(query):
        draft = by_tag[tag]
        own, _ = standing.get(draft.source_key, (None, None))
        if row != own:
            details = {"value": tag, "owner": name}
            taken[draft.row] = Problem("tag_taken", draft.row, details)
    return taken


def filled(draft: AssetDraft, attributes: Columns) -> Columns:
    """The draft's columns; attributes that its mapping does not fill stay as they stand."""
    known = {name: value for name, value in draft.attributes.items() if value is not None}
    kept = {name: v for name, v in attributes.items() if name not in draft.attributes}
    columns = {name: getattr(draft, name) for name in FILLED}
    status = {"status": draft.status} if draft.status else {}
    return {**columns, **status, **draft.others, "attributes": {**kept, **known}}


def _missing(session: Session, plan: ImportPlan) -> tuple[tuple[Edit, ...], int]:
    """What no row tells of any more, and how many assets of the source stand.

    A refused row still says that its asset is there. A file of ours is a selection: nothing else
    of the town is missing from it.
    """
    if plan.mapping.source == OWN:
        return (), 0
    query = select(Asset.source_key, Asset.id, Asset.tag, Asset.status)
    stand = session.execute(query.where(Asset.source == plan.mapping.source)).all()
    retired = {"status": AssetStatus.RETIRED.value}
    missing = tuple(
        Edit(row, {"tag": tag, "status": status}, retired)
        for key, row, tag, status in stand
        if str(key) not in plan.keys and status != AssetStatus.RETIRED
    )
    return missing, len(stand)


def missing_tags(edits: Iterable[Edit]) -> list[str]:
    return [str(edit.before["tag"]) for edit in edits]

"""What an import's drafts come to against the assets that stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.sync.wire import Columns
from asset_model.vocabulary import AssetStatus
from gis.plan import AssetDraft, ImportPlan
from gis.problems import Problem

TAGS_PER_QUERY = 500

FILLED = (
    "tag", "class_code", "name", "address", "geometry",
    "west", "south", "east", "north", "length_m", "attributes",
)  # fmt: skip
"""The columns that an import fills; the others of a standing asset are left as people made them."""


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
    standing = standing_assets(session, plan.mapping.source)
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


def standing_assets(session: Session, source: str) -> Standing:
    names = (*FILLED, "status")
    columns = [getattr(Asset, name) for name in names]
    query = select(Asset.source_key, Asset.id, *columns).where(Asset.source == source)
    return {
        str(key): (row, dict(zip(names, values, strict=True)))
        for key, row, *values in session.execute(query)
    }


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
    return {**columns, **status, "attributes": {**kept, **known}}


def _missing(standing: Standing, plan: ImportPlan) -> Iterator[Edit]:
    """A refused row still says that its asset is there."""
    for key, (row, before) in standing.items():
        if key not in plan.keys and before["status"] != AssetStatus.RETIRED:
            yield Edit(row, before, {"status": AssetStatus.RETIRED.value})


def missing_tags(edits: Iterable[Edit]) -> list[str]:
    return [str(edit.before["tag"]) for edit in edits]

"""Bringing an import's drafts into the database: all of them in one transaction, or none.

An asset is found again by its (source, source key), so that a second import of the same file
changes nothing, and that of a newer file only what differs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from sys import intern
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.builtin_classes import BUILTIN_CLASSES
from asset_model.database import Database
from asset_model.ids import NewId, derived_id
from asset_model.people import District
from asset_model.sync.wire import Change
from gis.nearness import Surroundings, latitude_of
from gis.own_files import OWN
from gis.plan import AssetDraft, ImportPlan
from sync_server import desk
from sync_server.import_comparison import Comparison, compare, filled
from sync_server.import_stopped import NameUnknown
from sync_server.own_imports import id_of, origin_of, resolved
from sync_server.retirement import Retirement, retiring

PLACED_MIN = 20
"""With fewer assets on the map than this, nobody knows where the town is."""
NEIGHBOUR_WITHIN_M = 250
"""An asset without a district takes that of the nearest one that has it, if it is this near."""
NEIGHBOURS_AT_ONCE = 2_000


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


def town_box(database: Database) -> tuple[float, float, float, float] | None:
    """(west, south, east, north) of the assets that stand; None when there are too few to tell."""
    if not inspect(database.engine).has_table("asset"):
        return None
    edges = [func.min(Asset.west), func.min(Asset.south), func.max(Asset.east)]
    query = select(func.count(Asset.west), *edges, func.max(Asset.north))
    with database.reading() as session:
        count, *box = session.execute(query).one()
    west, south, east, north = box
    return (west, south, east, north) if count >= PLACED_MIN else None


def preview(
    database: Database,
    plan: ImportPlan,
    *,
    district_code: str | None = None,
    retire: Retirement = Retirement.NO,
) -> Comparison:
    """What bringing the plan in would do; writes nothing, and needs no tables to be there.

    :raises NameUnknown: there is no district of that code
    :raises TooManyMissing: see `retirement`
    """
    if not inspect(database.engine).has_table("asset"):
        return Comparison(plan, plan.drafts, (), 0)
    with database.reading() as session:
        _district(session, district_code)
        known, _ = resolved(session, plan)
        return retiring(compare(session, known), retire)


def bring_in(
    database: Database,
    plan: ImportPlan,
    *,
    now: datetime,
    new_id: NewId,
    district_code: str | None = None,
    retire: Retirement = Retirement.NO,
    advance: Callable[[], object] = lambda: None,
) -> Comparison:
    """Create and update assets so that they say what the plan says. `advance`: once per change.

    :raises NameUnknown: there is no district of that code
    """
    with database.writing() as session:
        known, districts = resolved(session, plan)
        comparison = retiring(compare(session, known), retire)
        district_id = _district(session, district_code)
        changes = chain(
            _class_changes(session, plan.mapping.class_code, new_id=new_id),
            (desk.inserted(district, new_id=new_id) for district in districts),
            _changes(session, comparison, district_id, new_id=new_id),
        )
        for _ in desk.written(session, _counted(changes, advance), now=now, new_id=new_id):
            pass
    return comparison


def _changes(
    session: Session, comparison: Comparison, district_id: str | None, *, new_id: NewId
) -> Iterator[Change]:
    """One at a time: who writes them takes some thousands together."""
    mapping = comparison.plan.mapping
    alone = district_id or mapping.source == OWN or not mapping.geometry.placed
    with_district = ((draft, district_id) for draft in comparison.created)
    for draft, district in with_district if alone else _near(session, comparison.created):
        columns = {**origin_of(draft), "district_id": district, **filled(draft, {})}
        yield desk.inserted_columns("asset", id_of(draft), columns, new_id=new_id)
    gone = comparison.missing if comparison.retires else ()
    for edit in chain(comparison.edits, gone):
        yield desk.edited("asset", edit.asset_id, edit.before, edit.after, new_id=new_id)


def _near(
    session: Session, created: Sequence[AssetDraft]
) -> Iterator[tuple[AssetDraft, str | None]]:
    """Each new asset with the district of its nearest neighbour that has one.

    What has no place on the map serves the whole town.
    """
    if not created:
        return
    around, districts = _around(session, latitude_of(created[0].geometry))
    rest = iter(created)
    while part := list(islice(rest, NEIGHBOURS_AT_ONCE)):
        seeking = [draft.geometry for draft in part]
        found = around.nearest(seeking, within_m=NEIGHBOUR_WITHIN_M)
        for draft, index in zip(part, found, strict=True):
            yield draft, None if index is None else districts[index]


def _around(session: Session, latitude: float) -> tuple[Surroundings, list[str]]:
    """What stands on the map and has a district, and the district of each."""
    query = select(Asset.geometry, Asset.district_id).where(
        Asset.district_id.is_not(None), Asset.west.is_not(None)
    )
    around, districts = Surroundings(latitude), list[str]()
    read = session.execute(query.execution_options(yield_per=NEIGHBOURS_AT_ONCE))
    for placed in read.partitions():
        around.add([geometry for geometry, _ in placed])
        districts += [intern(district) for _, district in placed]
    return around, districts


def _district(session: Session, code: str | None) -> str | None:
    if code is None:
        return None
    found = session.scalars(select(District.id).where(District.code == code)).first()
    if found is None:
        known = ", ".join(sorted(session.scalars(select(District.code)))) or "–"
        raise NameUnknown("no_district", code=code, known=known)
    return found


def _class_changes(session: Session, code: str, *, new_id: NewId) -> Iterator[Change]:
    """A built-in class comes with the first assets of it."""
    if session.scalars(select(AssetClass.id).where(AssetClass.code == code)).first():
        return
    built_in = next(c for c in BUILTIN_CLASSES if c["code"] == code)
    yield desk.inserted(AssetClass(id=derived_id("asset_class", code), **built_in), new_id=new_id)


def _counted(changes: Iterable[Change], advance: Callable[[], object]) -> Iterator[Change]:
    for change in changes:
        yield change
        advance()

"""Checking the town's inventory of networks, mending what is safe, and taking the mends back."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.builtin_classes import BUILTIN_CLASSES
from asset_model.geometry import bounds
from asset_model.ids import NewId
from asset_model.linear.ruler import Ruler
from asset_model.sync.wire import Change
from asset_model.vocabulary import AssetStatus
from asset_model.work_orders import WorkOrder
from gis.faults import Fault, line_faults, point_faults, value_faults
from gis.inventory import Item, Lines, Plane
from sync_server import desk

CLASSES = ("pipe", "road_segment", "hydrant", "valve")
WATER = "drinking_water"

Mended = dict[str, Any]
"""One asset that was mended, and its columns before and after: what an undo needs."""


def faults(session: Session) -> Iterator[Fault]:
    """Everything wrong with the streets, the mains and the sewers, network by network."""
    items = list(_items(session))
    if not items:
        return
    query = select(func.avg(Asset.west), func.avg(Asset.south)).where(Asset.west.is_not(None))
    plane = Plane(*session.execute(query).one())
    for network in _networks(items):
        lines = Lines(network, plane)
        yield from line_faults(lines)
        if network and _system(network[0]) == WATER:
            yield from point_faults(items, lines)
    classes = session.execute(select(AssetClass.code, AssetClass.attributes))
    built_in = {known["code"]: known["attributes"] for known in BUILTIN_CLASSES}
    schemas = built_in | {row.code: row.attributes for row in classes}
    yield from value_faults(items, plane, schemas=schemas)


def mend(
    session: Session, found: Iterable[Fault], *, new_id: NewId
) -> Iterator[tuple[Change, Mended]]:
    """The changes that mend what can be mended safely, each asset once.

    What work was done on, or what hangs on it, is never retired by a machine.
    """
    seen: set[str] = set()
    for fault in found:
        tag = fault.tags[0]
        if fault.mend is None or tag in seen:
            continue
        asset = session.scalars(select(Asset).where(Asset.tag == tag)).one()
        if fault.mend == "retire" and _in_use(session, asset):
            continue
        seen.add(tag)
        after = _retired() if fault.mend == "retire" else _redrawn(fault)
        before = {name: getattr(asset, name) for name in after}
        change = desk.edited("asset", asset.id, before, after, new_id=new_id)
        yield change, {"id": asset.id, "tag": tag, "before": before, "after": after}


def undo(session: Session, mended: Iterable[Mended], *, new_id: NewId) -> Iterator[Change | str]:
    """The changes that take mends back; the tag alone where somebody changed the asset since."""
    for one in mended:
        asset = session.get(Asset, one["id"])
        standing = asset and {name: getattr(asset, name) for name in one["after"]}
        if standing != one["after"]:
            yield str(one["tag"])
        else:
            yield desk.edited("asset", one["id"], one["after"], one["before"], new_id=new_id)


def _items(session: Session) -> Iterator[Item]:
    query = (
        select(Asset.id, Asset.tag, Asset.class_code, Asset.name, Asset.geometry, Asset.attributes)
        .where(Asset.class_code.in_(CLASSES), Asset.geometry.is_not(None))
        .where(Asset.status.in_((AssetStatus.IN_SERVICE, AssetStatus.OUT_OF_SERVICE)))
        .order_by(Asset.tag)
    )
    for row in session.execute(query):
        yield Item(*row)


def _networks(items: list[Item]) -> list[list[Item]]:
    """The streets, and the pipes of each system, apart: they cross and do not meet."""
    lines: dict[str, list[Item]] = {}
    for item in items:
        if item.class_code in ("pipe", "road_segment"):
            lines.setdefault(_system(item), []).append(item)
    return [lines[system] for system in sorted(lines)]


def _system(item: Item) -> str:
    if item.class_code == "road_segment":
        return item.class_code
    return str(item.attributes.get("network") or WATER)


def _in_use(session: Session, asset: Asset) -> bool:
    work = select(WorkOrder.id).where(WorkOrder.asset_id == asset.id).limit(1)
    child = select(Asset.id).where(Asset.parent_id == asset.id).limit(1)
    return session.scalar(work) is not None or session.scalar(child) is not None


def _retired() -> dict[str, Any]:
    return {"status": AssetStatus.RETIRED.value}


def _redrawn(fault: Fault) -> dict[str, Any]:
    geometry = fault.geometry
    assert geometry is not None
    edges = dict(zip(("west", "south", "east", "north"), bounds(geometry), strict=True))
    return {"geometry": geometry, "length_m": round(Ruler(geometry).length_m, 2), **edges}

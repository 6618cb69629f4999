"""What an asset was made of, kept in its source key, and the past that is found by it.

A key is ``TR-12:0.00-84.20>0.00-84.20``: a stretch of an old asset, and where it is on this one;
several are parted by ``|``. The second part is left out where it begins at nought.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.linear import stretches
from asset_model.linear.stretches import Heir, Stretch
from asset_model.work_orders import WorkOrder

SOURCE = "segments"
"""The source of assets that edits made."""
KEY = re.compile(r"(.+):([\d.]+)-([\d.]+)(?:>([\d.]+)-([\d.]+))?")


@dataclass(frozen=True)
class Past:
    """A stretch of an older asset that is this one now, and the work done there, oldest first."""

    stretch: Stretch
    orders: tuple[str, ...]


def key_of(heirs: Iterable[Heir]) -> str:
    return "|".join(map(_told, heirs))


def read_key(tag: str, key: str | None) -> list[Heir]:
    """The heirs that a key tells of, the asset of `tag` being the new one."""
    found = (KEY.fullmatch(part) for part in (key or "").split("|"))
    return [_heir(tag, match) for match in found if match]


def heirs_of(session: Session, tag: str) -> list[Heir]:
    """What an asset was made of; nothing, where no edit made it."""
    query = select(Asset.source, Asset.source_key).where(Asset.tag == tag)
    source, key = session.execute(query).first() or (None, None)
    return read_key(tag, key) if source == SOURCE else []


def past(session: Session, tag: str) -> Iterator[Past]:
    """What an asset was before it was edited, the latest first, with the work done there."""
    yield from _past(session, Stretch(tag, 0.0, inf))


def _past(session: Session, stretch: Stretch) -> Iterator[Past]:
    older = stretches.ancestry(stretch, heirs_of(session, stretch.segment))
    for each in older:
        yield Past(each, tuple(order.title for order in orders_on(session, each)))
    for each in older:
        yield from _past(session, each)


def orders_on(session: Session, stretch: Stretch) -> Sequence[WorkOrder]:
    """The orders of an asset that touch a stretch; those that say no measure are on all of it."""
    query = (
        select(WorkOrder)
        .join(Asset, Asset.id == WorkOrder.asset_id)
        .where(Asset.tag == stretch.segment)
        .order_by(WorkOrder.created_at, WorkOrder.id)
    )
    return [order for order in session.scalars(query) if _touches(order, stretch)]


def _touches(order: WorkOrder, stretch: Stretch) -> bool:
    if order.from_m is None:
        return True
    end = order.from_m if order.to_m is None else order.to_m
    return order.from_m <= stretch.to_m and end >= stretch.from_m


def _told(heir: Heir) -> str:
    whole = f"{heir.old}:{heir.old_from_m:.2f}-{heir.old_to_m:.2f}"
    length_m = heir.old_to_m - heir.old_from_m
    if heir.new_from_m == 0 and abs(heir.new_to_m - length_m) < 0.005:
        return whole
    return f"{whole}>{heir.new_from_m:.2f}-{heir.new_to_m:.2f}"


def _heir(tag: str, match: re.Match[str]) -> Heir:
    start, end = float(match[2]), float(match[3])
    now = (0.0, end - start) if match[4] is None else (float(match[4]), float(match[5]))
    return Heir(match[1], start, end, tag, *now)

"""One page of a layer: features in the order of their ids, from the one after the last page's."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, not_
from sqlalchemy.orm import Session

from gis.features import Feature
from sync_server.layers.layer import Layer
from sync_server.ogc.parameters import Ask


@dataclass(frozen=True)
class Page:
    """`after`: the id from which the next page goes on; None where this is the last."""

    features: tuple[Feature, ...]
    matched: int
    after: str | None


def page(session: Session, layer: Layer, ask: Ask) -> Page:
    if ask.area is not None and layer.meeting is not None:
        layer = layer.meeting(ask.area.outer)
    found = _found(session, layer, ask)
    more = len(found) > ask.limit
    features = tuple(found[: ask.limit])
    whole = not more and ask.after is None
    matched = len(features) if whole else _matched(session, layer, ask)
    return Page(features, matched, features[-1].id if more else None)


def _found(session: Session, layer: Layer, ask: Ask) -> list[Feature]:
    """One more than the page has, where there are that many."""
    conditions = [*ask.conditions, *([ask.area.near(layer.edges)] if ask.area else [])]
    wanted, last, found = ask.limit + 1, ask.after, list[Feature]()
    while len(found) < wanted:
        onwards = [layer.id > last] if last is not None else []
        query = layer.rows(*conditions, *onwards).limit(wanted)
        read = [layer.feature(row) for row in session.execute(query)]
        found += [f for f in read if ask.area is None or ask.area.holds(f.geometry)]
        if len(read) < wanted:
            break
        last = read[-1].id
    return found[:wanted]


def _matched(session: Session, layer: Layer, ask: Ask) -> int:
    if ask.area is None:
        return _count(session, layer, ask, ())
    surely = ask.area.surely(layer.edges)
    sure = _count(session, layer, ask, (surely,))
    across = layer.rows(*ask.conditions, ask.area.near(layer.edges), not_(surely))
    rows = map(layer.feature, session.execute(across))
    return sure + sum(ask.area.holds(feature.geometry) for feature in rows)


def _count(session: Session, layer: Layer, ask: Ask, further: tuple[Any, ...]) -> int:
    query = layer.only(func.count(), joined=ask.joined).where(*ask.conditions, *further)
    return session.scalar(query) or 0


def one(session: Session, layer: Layer, id: str) -> Feature | None:
    row = session.execute(layer.rows(layer.id == id)).first()
    return layer.feature(row) if row else None

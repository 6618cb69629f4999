"""The page whole: its figures, what they may be narrowed to, and how fresh they are."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from asset_model.people import Crew, District
from sync_server.bulletins.asking import Asking
from sync_server.dashboard.compliance import compliance
from sync_server.dashboard.cost import cost
from sync_server.dashboard.figure import Figure
from sync_server.dashboard.fleet import fleet
from sync_server.dashboard.freshness import freshness
from sync_server.dashboard.narrowing import Narrowing, narrowing
from sync_server.dashboard.orders import order_figures
from sync_server.dashboard.rules import RULES
from sync_server.dashboard.weekly import week_told


def board(asking: Asking) -> dict[str, Any]:
    narrowed = narrowing(asking)
    return {
        **narrowed.told(),
        "figures": [figure.told() for figure in figures(asking, narrowed)],
        "week": week_told(asking, narrowed),
        "choices": _choices(asking),
        "freshness": freshness(asking.session, asking.now),
    }


def figures(asking: Asking, narrowed: Narrowing) -> list[Figure]:
    """In the order of the page."""
    order = list(RULES)
    return sorted(_figures(asking, narrowed), key=lambda figure: order.index(figure.code))


def _figures(asking: Asking, narrowed: Narrowing) -> Iterator[Figure]:
    session, now = asking.session, asking.now
    yield from order_figures(session, narrowed, now)
    yield compliance(session, narrowed, now)
    yield fleet(session, now)
    yield cost(session, narrowed)


def _choices(asking: Asking) -> dict[str, Any]:
    districts = asking.session.execute(select(District.id, District.name).order_by(District.name))
    crews = asking.session.execute(select(Crew.id, Crew.name).order_by(Crew.name))
    return {
        "districts": [{"id": id, "name": name} for id, name in districts],
        "crews": [{"id": id, "name": name} for id, name in crews],
    }

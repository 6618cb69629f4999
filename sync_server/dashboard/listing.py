"""The list that makes a figure of the page, or a part of it: as many rows as the figure counts."""

from typing import Any

from sqlalchemy import select

from asset_model.people import Crew, District
from asset_model.plans import Shop
from sync_server.bulletins.asking import Asking
from sync_server.dashboard import orders
from sync_server.dashboard.compliance import compliance_list
from sync_server.dashboard.cost import cost_list
from sync_server.dashboard.figure import PAGE, Listing
from sync_server.dashboard.fleet import fleet_list
from sync_server.dashboard.narrowing import Narrowing, narrowing
from sync_server.dashboard.orders import order_list
from sync_server.dashboard.rules import RULES
from sync_server.dashboard.week_rules import WEEK_RULES
from sync_server.dashboard.weekly import listed_week, week_list

PAGE_MAX = 10_000


def listed(asking: Asking) -> dict[str, Any]:
    """One page of a list.

    :raises Refused: ``bad_value``
    """
    figure, part = asking.word("figure", (*RULES, *WEEK_RULES)), asking.text("part")
    page = asking.number("page", 0, most=PAGE_MAX)
    narrowed = narrowing(asking)
    listing = list_of(asking, narrowed, figure, part, page)
    rule = {**RULES, **WEEK_RULES}[figure]
    return {
        **narrowed.told(),
        "figure": figure,
        "part": part,
        "part_name": _name(asking, figure, part),
        "narrowed": _narrowed(asking, narrowed),
        "week": listed_week(asking).told() if figure in WEEK_RULES else None,
        "page": page,
        "pages": max(1, -(-listing.count // PAGE)),
        "count": listing.count,
        "amount": listing.amount,
        "rows": list(listing.rows),
        "rule": {"version": rule.version, "fr": rule.french, "en": rule.english},
    }


def _name(asking: Asking, figure: str, part: str | None) -> str | None:
    """The town's own word for a part: a trade is a shop of its."""
    if figure != "backlog" or part is None:
        return None
    return asking.session.scalar(select(Shop.name).where(Shop.code == part))


def _narrowed(asking: Asking, narrowed: Narrowing) -> list[str]:
    """The names of what it is narrowed to."""
    session = asking.session
    district = session.get(District, narrowed.district) if narrowed.district else None
    crew = session.get(Crew, narrowed.crew) if narrowed.crew else None
    return [row.name for row in (district, crew) if row is not None]


def list_of(
    asking: Asking, narrowed: Narrowing, figure: str, part: str | None, page: int | None
) -> Listing:
    """`page` None: every row."""
    session, now = asking.session, asking.now
    match figure:
        case "compliance":
            return compliance_list(session, part, narrowed, narrowed.month, now, page)
        case "cost":
            return cost_list(session, part, narrowed, page)
        case "fleet":
            return fleet_list(session, part, now, page)
    if figure in WEEK_RULES:
        return week_list(asking, narrowed, figure, part, page)
    assert figure in orders.FIGURES
    return order_list(session, figure, part, narrowed, now, page)

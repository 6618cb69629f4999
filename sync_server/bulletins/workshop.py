"""A shop's weeks: hours asked against hours it has, and the work of one week with why it is due."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.plans import MaintenancePlan, Occurrence, Shop
from asset_model.vocabulary import OccurrenceStatus as S
from asset_model.work_orders import WorkOrder
from maintenance.forecast import Foreseen, hours_by_week
from maintenance.history import Week
from maintenance.moving import week_of
from maintenance.reasons import Reason, clause
from sync_server.bulletins.asking import Asking
from sync_server.dashboard.figure import PAGE, paged
from sync_server.foresight import WHY, Ahead, look_ahead

WEEKS, WEEKS_MAX = 13, 52
PAGE_MAX = 1_000


def workshop(asking: Asking) -> dict[str, Any]:
    """`shop`: its code; `week`: as 2026-W49; `weeks`: how many ahead; `page`: of the work."""
    session, today = asking.session, asking.today
    shops = session.execute(select(Shop.code, Shop.name, Shop.weekly_hours).order_by(Shop.name))
    known = {code: {"code": code, "name": name, "hours": hours} for code, name, hours in shops}
    if not known:
        return {"shops": [], "shop": None, "weeks": [], "week": None, "work": [], "count": 0}
    shop = asking.word("shop", known, _busiest(session, list(known)))
    ahead_weeks = asking.number("weeks", WEEKS, most=WEEKS_MAX)
    first = date.fromisocalendar(*week_of(today), 1)
    until = first + timedelta(weeks=max(1, ahead_weeks)) - timedelta(days=1)
    ahead = look_ahead(session, now=asking.now, until=until, shop=shop)
    weeks = list(_weeks(ahead, shop, first, until))
    page = asking.number("page", 0, most=PAGE_MAX)
    week = asking.word("week", [each["week"] for each in weeks], weeks[0]["week"])
    work = [*_ordered(session, shop, week, first), *_coming(session, ahead, week)]
    work.sort(key=lambda each: (each["day"], each["plan"], each["unit"] or ""))
    return {
        "shops": list(known.values()),
        "shop": shop,
        "weeks": weeks,
        "week": week,
        "work": list(paged(work, page)),
        "count": len(work),
        "page": page,
        "pages": max(1, -(-len(work) // PAGE)),
    }


def _busiest(session: Session, codes: list[str]) -> str:
    """The shop of most plans: whoever opens the page looks after it."""
    owners = session.scalars(
        select(MaintenancePlan.shop).where(MaintenancePlan.active, MaintenancePlan.shop.in_(codes))
    ).all()
    return max(codes, key=lambda code: (owners.count(code), code))


def spelled(week: Week) -> str:
    return f"{week[0]}-W{week[1]:02d}"


def _weeks(ahead: Ahead, shop: str, first: date, until: date) -> Iterator[dict[str, Any]]:
    foreseen: Mapping[Week, float] = hours_by_week(ahead.foreseen).get(shop, {})
    booked = ahead.known.history.booked
    limit = ahead.weekly_hours.get(shop)
    late = sum(hours for (code, week), hours in booked.items()
               if code == shop and date.fromisocalendar(*week, 1) < first)  # fmt: skip
    day = first
    while day <= until:
        week = week_of(day)
        ordered = booked.get((shop, week), 0.0) + (late if day == first else 0.0)
        coming = foreseen.get(week, 0.0)
        yield {
            "week": spelled(week),
            "monday": day.isoformat(),
            "ordered": ordered,
            "late": late if day == first else 0.0,
            "coming": coming,
            "capacity": limit,
            "over": limit is not None and ordered + coming > limit,
        }
        day += timedelta(weeks=1)


def _ordered(session: Session, shop: str, week: str, first: date) -> Iterator[dict[str, Any]]:
    """Work whose orders are out; what is late belongs to this week."""
    monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    sunday = monday + timedelta(days=6)
    begin = date.min if monday == first else monday
    query = (
        select(
            Occurrence, MaintenancePlan, Asset.tag, Asset.name, WorkOrder.number, WorkOrder.status
        )
        .join(MaintenancePlan, MaintenancePlan.id == Occurrence.plan_id)
        .join(Asset, Asset.id == Occurrence.asset_id, isouter=True)
        .join(WorkOrder, WorkOrder.id == Occurrence.id, isouter=True)
        .where(
            MaintenancePlan.shop == shop,
            Occurrence.status == S.GENERATED,
            Occurrence.wanted_on.between(begin, sunday),
        )
    )
    for occurrence, plan, tag, name, number, status in session.execute(query):
        reasons = [Reason.of(given) for given in occurrence.reasons]
        yield {
            **_work(plan, tag, name, occurrence.wanted_on),
            "state": "ordered",
            "due": occurrence.due_on.isoformat(),
            "number": number,
            "status": status,
            "why": {language: clause(reasons, language) for language in ("fr", "en")},
            "route": f"/orders/{occurrence.id}",
        }


def _coming(session: Session, ahead: Ahead, week: str) -> Iterator[dict[str, Any]]:
    """What has no order yet. Those after the first of a plan on a unit follow from that one, and
    while an order is out, from what becomes of it: the server would move none of them.
    """
    first: set[tuple[str, str | None]] = set()
    history = ahead.known.history
    mine: list[tuple[Foreseen, bool]] = []
    for each in sorted(ahead.foreseen, key=lambda one: one.due_on):
        key = (each.plan.id, each.asset_id)
        if spelled(week_of(each.due_on)) == week:
            standing = history.track(*key).open_id
            mine.append((each, key not in first and standing is None))
        first.add(key)
    ids = {each.asset_id for each, _ in mine if each.asset_id}
    columns = select(Asset.id, Asset.tag, Asset.name).where(Asset.id.in_(ids))
    units = {id: (tag, name) for id, tag, name in session.execute(columns)}
    for each, movable in mine:
        english, french = WHY[each.why]
        tag, name = units.get(each.asset_id or "", (None, None))
        yield {
            **_work(each.plan, tag, name, each.due_on),
            "state": "coming",
            "due": each.due_on.isoformat(),
            "movable": movable,
            "why": {"fr": french, "en": english},
            "route": None,
        }


def _work(plan: MaintenancePlan, tag: str | None, name: str | None, day: date) -> dict[str, Any]:
    return {
        "plan": plan.code,
        "title": {"fr": plan.title_fr, "en": plan.title_en},
        "unit": tag,
        "asset": name,
        "day": day.isoformat(),
        "hours": plan.estimated_hours,
        "legal": plan.legal,
        "movable": True,
    }

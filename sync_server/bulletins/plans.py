"""The plans as a fleet manager reads them: each rule in words, and what it will do next."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.numbers import shown
from asset_model.plans import MaintenancePlan, Occurrence, Shop
from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.forecast import Foreseen
from maintenance.reasons import MEASURES, rhythm
from maintenance.recipes import ByCondition, ByEvent, ByMeter, Trigger, recipe_of
from sync_server.bulletins.asking import Asking
from sync_server.foresight import WHY, look_ahead

AHEAD = timedelta(days=366)
NEXT_MAX = 4
"""Of each plan: the soonest. The workshop's page has them all."""

Both = dict[str, str]


def plans(asking: Asking) -> dict[str, Any]:
    session = asking.session
    every = session.scalars(select(MaintenancePlan).order_by(MaintenancePlan.code)).all()
    shops = dict(session.execute(select(Shop.code, Shop.name)).all())
    ahead = look_ahead(session, now=asking.now, until=asking.today + AHEAD)
    coming = _soonest(ahead.foreseen)
    names = _names(session, (each.asset_id for found in coming.values() for each in found))
    count = {id: len(targets) for id, targets in ahead.known.history.targets.items()}
    opened = _open(session)
    return {
        "plans": [
            {
                **_plan(plan, shops),
                "units": count.get(plan.id),
                "open": opened[plan.id],
                "next": [_coming(each, names) for each in coming.get(plan.id, ())],
            }
            for plan in every
        ]
    }


def _soonest(foreseen: Iterable[Foreseen]) -> dict[str, list[Foreseen]]:
    found: dict[str, list[Foreseen]] = defaultdict(list)
    for each in foreseen:
        found[each.plan.id].append(each)
    return {
        id: sorted(every, key=lambda each: (each.due_on, each.asset_id or ""))[:NEXT_MAX]
        for id, every in found.items()
    }


def _names(session: Session, ids: Iterable[str | None]) -> dict[str, str]:
    wanted = sorted({id for id in ids if id})
    return dict(session.execute(select(Asset.id, Asset.name).where(Asset.id.in_(wanted))).all())


def _open(session: Session) -> Counter[str]:
    query = select(Occurrence.plan_id, func.count()).where(Occurrence.status == S.GENERATED)
    return Counter(dict(session.execute(query.group_by(Occurrence.plan_id)).all()))


def _plan(plan: MaintenancePlan, shops: dict[str, str]) -> dict[str, Any]:
    trouble: Both | None = None
    words: list[Both] = []
    try:
        words = list(in_words(plan))
    except Refused as why:
        trouble = {language: why.sentence(language) for language in ("fr", "en")}
    return {
        "id": plan.id,
        "code": plan.code,
        "title": {"fr": plan.title_fr, "en": plan.title_en},
        "active": plan.active,
        "legal": plan.legal,
        "basis": plan.basis,
        "shop": shops.get(plan.shop or "", plan.shop),
        "hours": plan.estimated_hours,
        "lead_days": plan.lead_days,
        "grace_days": plan.grace_days,
        "words": words,
        "seasons": [_season(each) for each in plan.seasons],
        "nests": list(plan.nests),
        "trouble": trouble,
    }


def in_words(plan: MaintenancePlan) -> Iterator[Both]:
    """Its calendar and its triggers, of which the first one counts.

    :raises Refused: codes ``plan_…``
    """
    recipe = recipe_of(plan)
    if plan.rule:
        french, english = rhythm(plan.rule)
        if plan.floating:
            french, english = f"{french} depuis la dernière fois", f"{english} since the last time"
        yield {"fr": french, "en": english}
    for trigger in recipe.triggers:
        yield _trigger(trigger)


def _season(season: dict[str, str]) -> Both:
    first, last = season["from"], season["to"]
    return {"fr": f"du {_day(first)} au {_day(last)}", "en": f"from {first} to {last}"}


def _day(month_and_day: str) -> str:
    """`15-11`, as French writes a day of any year: `15/11`."""
    month, day = month_and_day.split("-")
    return f"{day}/{month}"


def _trigger(trigger: Trigger) -> Both:
    if isinstance(trigger, ByMeter):
        english, french = MEASURES.get(trigger.measure, (trigger.measure, trigger.measure))
        return {
            "fr": f"tous les {shown(trigger.every, 'fr')} au compteur, {french}",
            "en": f"every {shown(trigger.every, 'en')} on the meter, {english}",
        }
    if isinstance(trigger, ByEvent):
        return {
            "fr": f"après {trigger.every} × {trigger.event}",
            "en": f"after {trigger.every} × {trigger.event}",
        }
    return _condition(trigger)


def _condition(trigger: ByCondition) -> Both:
    english, french = MEASURES.get(trigger.measure, (trigger.measure, trigger.measure))
    low = trigger.below is not None
    limit = trigger.below if trigger.below is not None else trigger.above or 0.0
    return {
        "fr": f"{french} {'sous' if low else 'au-dessus de'} {shown(limit, 'fr')}",
        "en": f"{english} {'below' if low else 'above'} {shown(limit, 'en')}",
    }


def _coming(each: Foreseen, names: dict[str, str]) -> dict[str, Any]:
    english, french = WHY[each.why]
    return {
        "day": each.due_on.isoformat(),
        "asset": names.get(each.asset_id or ""),
        "why": {"fr": french, "en": english},
        "earliest": each.earliest.isoformat(),
        "latest": each.latest.isoformat() if each.latest else None,
    }

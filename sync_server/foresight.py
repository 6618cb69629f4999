"""The forecast over what the database knows, and each shop's calendar of it under a secret address.

A calendar program cannot sign in: whoever has the address reads the shop's work, and nothing else.
The address is kept as a hash, and a new one puts the old one out of use.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.ids import derived_id
from asset_model.plans import MaintenancePlan, Occurrence, Shop
from asset_model.vocabulary import OccurrenceStatus
from maintenance.due import TORONTO
from maintenance.forecast import Foreseen, foresee
from maintenance.reasons import Reason, sentence
from maintenance.recipes import Recipe, recipe_of
from sync_server.plan_facts import Known, load
from sync_server.tables import ShopFeed

SHOWN_AHEAD = timedelta(days=92)
IN_CALENDAR_MAX = 2_000
"""Occurrences still to come that a calendar shows, the soonest: programs choke on more."""

WHY = {
    # code: English, French
    "calendar": ("by the calendar", "selon le calendrier"),
    "since": ("since the last time", "depuis la dernière fois"),
    "first_time": ("for the first time", "pour la première fois"),
    "meter": ("by the meter", "selon le compteur"),
    "meter_expected": ("as it runs", "au rythme du compteur"),
    "condition": ("by its condition", "selon son état"),
    "event": ("after an event", "après un événement"),
    "moved_by": ("set by hand", "fixé à la main"),
    "released": ("asked for again", "redemandé"),
}


@dataclass(frozen=True)
class Ahead:
    foreseen: Sequence[Foreseen]
    weekly_hours: Mapping[str, float]
    known: Known
    plans: Sequence[MaintenancePlan]


def look_ahead(session: Session, *, now: datetime, until: date, shop: str | None = None) -> Ahead:
    """What plans will ask for until a day; those of one shop, if it is named."""
    query = select(MaintenancePlan).where(MaintenancePlan.active).order_by(MaintenancePlan.code)
    if shop is not None:
        query = query.where(MaintenancePlan.shop == shop)
    recipes = list(readable(session.scalars(query).all()))
    known = load(session, recipes, zone=TORONTO)
    plans = [recipe.plan for recipe in recipes]
    found = foresee(plans, known.history, known.readings, now, until=until)
    return Ahead(list(found), known.weekly_hours, known, plans)


def readable(plans: Sequence[MaintenancePlan]) -> Iterator[Recipe]:
    for plan in plans:
        try:
            yield recipe_of(plan)
        except Refused:
            continue  # Named by every run of the plans: it has nothing to foresee.


def open_feed(session: Session, shop: str, *, secret: str, now: datetime) -> None:
    """Give the shop's calendar this address, in place of the one it had.

    :raises LookupError: there is no such shop
    """
    if session.scalars(select(Shop).where(Shop.code == shop)).first() is None:
        raise LookupError(shop)
    session.merge(ShopFeed(shop=shop, secret_hash=_hash(secret), made_at=now))


def shop_at(session: Session, secret: str) -> str | None:
    """The shop whose calendar has this address."""
    return session.scalar(select(ShopFeed.shop).where(ShopFeed.secret_hash == _hash(secret)))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def calendar_of(session: Session, shop: str, *, now: datetime, zone: ZoneInfo = TORONTO) -> bytes:
    """The shop's work as iCalendar: what is ordered, and what is foreseen for three months."""
    book = Calendar()
    book.add("prodid", "-//Voirie//maintenance//FR")
    book.add("version", "2.0")
    book.add("name", f"Entretien, {_name(session, shop)}")
    book.add("x-wr-calname", f"Entretien, {_name(session, shop)}")
    names = dict(session.execute(select(Asset.id, Asset.name)).all())
    for event in (*_ordered(session, shop, names), *_foreseen(session, shop, names, now, zone)):
        event.add("dtstamp", now)
        book.add_component(event)
    return bytes(book.to_ical())


def _name(session: Session, shop: str) -> str:
    return session.scalar(select(Shop.name).where(Shop.code == shop)) or shop


def _ordered(session: Session, shop: str, names: Mapping[str, str]) -> Iterator[Event]:
    query = (
        select(Occurrence, MaintenancePlan)
        .join(MaintenancePlan, MaintenancePlan.id == Occurrence.plan_id)
        .where(MaintenancePlan.shop == shop, Occurrence.status == OccurrenceStatus.GENERATED)
        .order_by(Occurrence.wanted_on, Occurrence.id)
    )
    for occurrence, plan in session.execute(query):
        reasons = [Reason.of(given) for given in occurrence.reasons]
        event = _event(
            occurrence.id, plan, names.get(occurrence.asset_id or ""), occurrence.wanted_on
        )
        event.add("description", sentence(plan, occurrence.due_on, reasons, "fr"))
        event.add("status", "CONFIRMED")
        yield event


def _foreseen(
    session: Session, shop: str, names: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> Iterator[Event]:
    until = now.astimezone(zone).date() + SHOWN_AHEAD
    found = look_ahead(session, now=now, until=until, shop=shop).foreseen
    for each in sorted(found, key=lambda one: (one.due_on, one.plan.code))[:IN_CALENDAR_MAX]:
        parts = (each.plan.id, each.asset_id or "", each.due_on.isoformat())
        event = _event(
            derived_id("foreseen", *parts), each.plan, names.get(each.asset_id or ""), each.due_on
        )
        event.add("status", "TENTATIVE")
        yield event


def _event(id: str, plan: MaintenancePlan, asset: str | None, day: date) -> Event:
    """A day's work, which takes nobody's time in the calendar: it is a list, not a meeting."""
    event = Event()
    event.add("uid", f"{id}@voirie")
    event.add("summary", " · ".join(filter(None, [plan.code, plan.title_fr, asset])))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event

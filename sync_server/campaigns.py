"""A campaign over what the database knows: its units and plans, and what it would make."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.work_orders import WorkOrder
from maintenance.campaigns import Slot, plan_campaign
from maintenance.due import TORONTO
from maintenance.filters import fits
from maintenance.moving import Moving, quebec_days_off
from maintenance.recipes import Recipe, recipe_of
from sync_server.campaign_file import CampaignFile
from sync_server.plan_desk import LOOKED_AFTER
from sync_server.plan_facts import Known, load
from sync_server.stock import plan_called


@dataclass(frozen=True)
class Fleet:
    """The units of a campaign and its plans, with what is known of them."""

    units: dict[str, Asset]
    recipes: list[Recipe]
    known: Known
    today: date

    @property
    def plans(self) -> dict[str, MaintenancePlan]:
        return {recipe.plan.id: recipe.plan for recipe in self.recipes}


def the_fleet(session: Session, wanted: CampaignFile, *, now: datetime) -> Fleet:
    """:raises Refused: ``plan_unknown``, ``campaign_empty``, ``unit_not_here``, codes ``plan_…``"""
    code = wanted.campaign.plan
    host = plan_called(session, code) if code else None
    units = dict(_units(session, wanted, host))
    if not units:
        raise Refused("campaign_empty")
    recipes = list(_recipes(session, wanted, host))
    known = load(session, recipes, zone=TORONTO)
    return Fleet(units, recipes, known, now.astimezone(TORONTO).date())


def _units(
    session: Session, wanted: CampaignFile, host: MaintenancePlan | None
) -> Iterator[tuple[str, Asset]]:
    """Those that are named, else those of the class and filter: of the file, or of its plan."""
    query = select(Asset).where(Asset.status.in_(LOOKED_AFTER)).order_by(Asset.tag)
    if wanted.tags:
        named = session.scalars(query.where(Asset.tag.in_(wanted.tags)))
        found = {unit.tag: unit for unit in named}
        for tag in wanted.tags:
            if tag not in found:
                raise Refused("unit_not_here", tag=tag)
            yield found[tag].id, found[tag]
        return
    class_code = wanted.class_code or (host.class_code if host else None)
    asset_filter = wanted.asset_filter or (
        host.asset_filter if host and host.class_code == class_code else {}
    )
    if host is not None and class_code is None:
        query = query.where(Asset.id == host.asset_id)
    else:
        query = query.where(Asset.class_code == class_code)
    for unit in session.scalars(query):
        if fits(asset_filter, unit.attributes):
            yield unit.id, unit


def _recipes(
    session: Session, wanted: CampaignFile, host: MaintenancePlan | None
) -> Iterator[Recipe]:
    """The campaign's plan and those it takes along, as far as they can be read."""
    if wanted.also is not None:
        every = {plan.id: plan for plan in (plan_called(session, code) for code in wanted.also)}
    else:
        query = select(MaintenancePlan).where(MaintenancePlan.active)
        if host is not None:
            query = query.where(MaintenancePlan.shop == host.shop)
        every = {plan.id: plan for plan in session.scalars(query.order_by(MaintenancePlan.code))}
    if host is not None:
        every = {host.id: host, **every}
    for plan in every.values():
        yield recipe_of(plan)


def lay_out(fleet: Fleet, wanted: CampaignFile) -> list[Slot]:
    """What the campaign would make: a slot for each unit."""
    moving = Moving(
        fleet.today, quebec_days_off(), fleet.known.weekly_hours, dict(fleet.known.history.booked)
    )
    units = list(fleet.units)
    known = fleet.known
    return plan_campaign(
        wanted.campaign, units, fleet.recipes, known.history, known.readings, moving
    )


def told_slot(slot: Slot, fleet: Fleet, numbers: dict[str, str]) -> dict[str, Any]:
    """A slot as a line of JSON: the unit, its order or why there is none."""
    host = slot.host
    return {
        "unit": fleet.units[slot.asset_id].tag,
        "state": "order" if host else "open" if slot.open_ids else "nothing",
        "day": host.wanted_on.isoformat() if host else None,
        "plans": [each.plan.code for each in slot.found],
        "hours": slot.hours,
        "legal_by": _legal_by(slot),
        "open": [numbers.get(id, id) for id in slot.open_ids],
        "next_on": slot.next_on.isoformat() if slot.next_on else None,
        "over_capacity": any(r.code == "over_capacity" for r in host.reasons) if host else False,
        "id": host.id if host else None,
    }


def _legal_by(slot: Slot) -> str | None:
    legal = [each.due_on for each in slot.found if each.plan.legal]
    return min(legal).isoformat() if legal else None


def numbers_of(session: Session, slots: Iterable[Slot]) -> dict[str, str]:
    """The numbers of the orders that are out already, by the occurrences that are open."""
    ids = [id for slot in slots for id in slot.open_ids]
    query = select(Occurrence.id, Occurrence.absorbed_by).where(Occurrence.id.in_(ids))
    orders = {id: host or id for id, host in session.execute(query)}
    named = select(WorkOrder.id, WorkOrder.number).where(WorkOrder.id.in_(list(orders.values())))
    numbers = dict(session.execute(named).all())
    return {id: numbers.get(order) or id for id, order in orders.items()}

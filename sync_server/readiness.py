"""Who of a campaign's units is ready on a day, and what holds the others back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.fleet_rules import repair_order_id
from asset_model.fleet_vocabulary import Severity
from asset_model.plans import Occurrence
from asset_model.vocabulary import OPEN_STATUSES, AssetStatus, WorkOrderKind, WorkOrderSource
from asset_model.vocabulary import OccurrenceStatus as S
from asset_model.work_orders import WorkOrder
from maintenance.due import TORONTO, unread
from maintenance.next_due import next_due
from maintenance.readiness import Hold, Readiness, in_order
from maintenance.storage import stored_on
from sync_server.campaign_file import CampaignFile
from sync_server.campaigns import Fleet
from sync_server.fleet_facts import known_at
from sync_server.workspace import Draft, Workspace

URGENT = 2
"""Repairs of this priority or more pressing hold a unit back."""


@dataclass(frozen=True)
class Orders:
    """Open orders of units, and the numbers of all."""

    numbers: dict[str, str]
    open_repairs: dict[str, list[WorkOrder]] = field(default_factory=dict)


def readiness(
    session: Session, fleet: Fleet, wanted: CampaignFile, *, on: date, now: datetime
) -> list[Readiness]:
    """Each unit on that day, with everything that holds it back."""
    occurrences = _occurrences(session, fleet, wanted)
    orders = _orders(session, fleet, occurrences)
    attached = _attachments_out(session, fleet)
    draft = Draft(Workspace(session, now=now))
    never_read = defaultdict(list)
    for plan, target, _ in unread(
        [recipe.plan for recipe in fleet.recipes], fleet.known.history, fleet.known.readings
    ):
        never_read[target].append(plan.code)
    units = []
    for id, unit in fleet.units.items():
        holds = [
            *_of_its_state(unit, attached.get(id, ())),
            *_stored(fleet, id, on),
            *_defects(draft, id, orders, on),
            *_of_orders(occurrences.get(id, ()), orders, fleet),
            *_not_ordered(fleet, id, on),
            *(Hold("meter_unread", plans=code) for code in never_read.get(id, ())),
            *_repairs(orders.open_repairs.get(id, ())),
        ]
        units.append(Readiness(id, unit.tag, unit.name, tuple(holds)))
    return in_order(units)


def _of_its_state(unit: Asset, attached: Iterable[Asset]) -> Iterator[Hold]:
    if unit.status == AssetStatus.OUT_OF_SERVICE:
        yield Hold("out_of_service")
    for each in attached:
        yield Hold("attachment_out", what=each.name)


def _stored(fleet: Fleet, unit: str, on: date) -> Iterator[Hold]:
    period = stored_on(fleet.known.readings.storage, unit, on)
    if period is not None:
        yield Hold("stored", period.begins_on)


def _defects(draft: Draft, unit: str, orders: Orders, on: date) -> Iterator[Hold]:
    """Those that keep it from service on the day; an exception that somebody signed mends none."""
    for defect in known_at(draft, unit, draft.workspace.now).defects:
        number = orders.numbers.get(repair_order_id(defect.id), "")
        due_on = defect.due_at.astimezone(TORONTO).date() if defect.due_at else None
        told = Hold("defect_major", number=number, what=defect.label_fr, what_en=defect.label_en)
        if defect.severity == Severity.MAJOR:
            yield told
        elif due_on is not None and due_on <= on:
            yield replace(told, code="defect_minor", day=due_on)


def _attachments_out(session: Session, fleet: Fleet) -> dict[str, list[Asset]]:
    found: dict[str, list[Asset]] = defaultdict(list)
    query = select(Asset).where(
        Asset.parent_id.in_(list(fleet.units)), Asset.status == AssetStatus.OUT_OF_SERVICE
    )
    for each in session.scalars(query.order_by(Asset.tag)):
        found[each.parent_id or ""].append(each)
    return found


def _occurrences(
    session: Session, fleet: Fleet, wanted: CampaignFile
) -> dict[str, list[Occurrence]]:
    """What the plans asked for in the campaign's time, and whatever is still open."""
    found: dict[str, list[Occurrence]] = defaultdict(list)
    query = select(Occurrence).where(
        Occurrence.asset_id.in_(list(fleet.units)), Occurrence.plan_id.in_(list(fleet.plans))
    )
    begins, ends = wanted.campaign.begins, wanted.campaign.ends
    for each in session.scalars(query.order_by(Occurrence.due_on, Occurrence.id)):
        is_open = each.status in (S.GENERATED, S.ABSORBED)
        if is_open or begins <= each.due_on <= ends or begins <= each.wanted_on <= ends:
            found[each.asset_id or ""].append(each)
    return found


def _orders(session: Session, fleet: Fleet, occurrences: dict[str, list[Occurrence]]) -> Orders:
    query = select(WorkOrder).where(
        WorkOrder.asset_id.in_(list(fleet.units)), WorkOrder.status.in_(OPEN_STATUSES)
    )
    numbers: dict[str, str] = {}
    repairs: dict[str, list[WorkOrder]] = defaultdict(list)
    for order in session.scalars(query.order_by(WorkOrder.created_at, WorkOrder.id)):
        numbers[order.id] = order.number or order.alias or order.title
        pressing = order.priority <= URGENT or order.kind == WorkOrderKind.EMERGENCY
        if order.source not in (WorkOrderSource.PLAN, WorkOrderSource.DEFECT) and pressing:
            repairs[order.asset_id or ""].append(order)
    return Orders(numbers, repairs)


def _of_orders(occurrences: Iterable[Occurrence], orders: Orders, fleet: Fleet) -> Iterator[Hold]:
    """Orders that are not done, each once with all the plans in it; what was skipped or missed."""
    by_order: dict[str, list[Occurrence]] = defaultdict(list)
    for each in occurrences:
        plan = fleet.plans[each.plan_id].code
        if each.status in (S.GENERATED, S.ABSORBED):
            by_order[each.absorbed_by or each.id].append(each)
        elif each.status == S.SKIPPED:
            yield Hold("skipped", each.due_on, plans=plan)
        elif each.status == S.MISSED:
            yield Hold("missed", each.due_on, plans=plan)
    for order, inside in by_order.items():
        codes = ", ".join(dict.fromkeys(fleet.plans[each.plan_id].code for each in inside))
        day = min(each.wanted_on for each in inside)
        yield Hold("order_open", day, plans=codes, number=orders.numbers.get(order, ""))


def _not_ordered(fleet: Fleet, unit: str, on: date) -> Iterator[Hold]:
    """What will be due by that day, and nobody has ordered yet."""
    concerned = False
    for recipe in fleet.recipes:
        history = fleet.known.history
        if unit not in history.targets.get(recipe.plan.id, ()):
            continue
        concerned = True
        track = history.track(recipe.plan.id, unit)
        if track.open_id is not None:
            continue
        found = next_due(recipe, unit, track, fleet.known.readings, today=fleet.today)
        if found is not None and found.due_on <= on:
            past = recipe.plan.legal and found.due_on < fleet.today
            code = "legal_past" if past else "not_ordered"
            yield Hold(code, found.due_on, plans=recipe.plan.code)
    if not concerned:
        yield Hold("no_plan")


def _repairs(orders: Sequence[WorkOrder]) -> Iterator[Hold]:
    for order in orders:
        yield Hold("repair_open", number=order.number or order.alias or "", what=order.title)

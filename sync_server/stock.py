"""What the stores hold, what plans take of it, and what the months to come ask for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from asset_model.catalogue import Part
from asset_model.errors import Refused
from asset_model.facts import MaterialUsed
from asset_model.ids import NewId
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.forecast import Foreseen
from maintenance.parts import Moved, Need, PartAhead, Recipes, needs_of, on_hand, parts_ahead
from sync_server.upkeep_tables import PlanPart, StockMovement

COUNTED, CAME, LEFT = "counted", "came", "left"
KINDS = (COUNTED, CAME, LEFT)


def stock(session: Session) -> dict[str, float]:
    """How much of each part is on hand, by the part's id: counts, movements, and crews' facts."""
    moved: dict[str, list[Moved]] = defaultdict(list)
    for row in session.scalars(select(StockMovement)):
        quantity = -row.quantity if row.kind == LEFT else row.quantity
        moved[row.part_id].append(Moved(row.moved_at, quantity, row.kind == COUNTED))
    used = select(MaterialUsed.part_id, MaterialUsed.used_at, MaterialUsed.quantity)
    for part, used_at, quantity in session.execute(used):
        moved[part].append(Moved(used_at, -quantity))
    return {part: on_hand(every) for part, every in moved.items()}


def note(
    session: Session,
    kind: str,
    quantities: Mapping[str, float],
    *,
    moved_at: datetime,
    now: datetime,
    new_id: NewId,
    remark: str | None = None,
) -> None:
    """Note that parts, by their code, were counted, came or left.

    :raises Refused: ``part_unknown``
    """
    for code, quantity in quantities.items():
        session.add(
            StockMovement(
                id=new_id(),
                part_id=part_called(session, code).id,
                kind=kind,
                quantity=quantity,
                moved_at=moved_at,
                note=remark,
                made_at=now,
            )
        )


def part_called(session: Session, code: str) -> Part:
    """:raises Refused: ``part_unknown``"""
    query = select(Part).where(func.lower(Part.code) == code.lower())
    part = session.scalars(query.order_by(Part.id)).first()
    if part is None:
        raise Refused("part_unknown", code=code)
    return part


def plan_called(session: Session, code: str) -> MaintenancePlan:
    """:raises Refused: ``plan_unknown``"""
    query = select(MaintenancePlan).where(func.lower(MaintenancePlan.code) == code.lower())
    plan = session.scalars(query.order_by(MaintenancePlan.id)).first()
    if plan is None:
        raise Refused("plan_unknown", code=code)
    return plan


def recipes(session: Session) -> dict[str, dict[str, float]]:
    """How much of each part an occurrence of each plan takes, by their ids."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in session.scalars(select(PlanPart)):
        found[row.plan_id][row.part_id] = row.quantity
    return dict(found)


def set_recipe(session: Session, plan: MaintenancePlan, quantities: Mapping[str, float]) -> None:
    """What the plan takes from now on, instead of what it took; a part of zero is left out.

    :raises Refused: ``part_unknown``
    """
    parts = {part_called(session, code).id: much for code, much in quantities.items()}
    session.execute(delete(PlanPart).where(PlanPart.plan_id == plan.id))
    for part, much in parts.items():
        if much:
            session.add(PlanPart(plan_id=plan.id, part_id=part, quantity=much))
    session.flush()


def look_at_parts(
    session: Session, foreseen: Iterable[Foreseen], *, today: date
) -> list[PartAhead]:
    """Each part that open orders and foreseen occurrences ask for, against what is on hand."""
    of_plans = recipes(session)
    needs = [*_of_open_orders(session, of_plans, today), *needs_of(foreseen, of_plans)]
    return parts_ahead(needs, stock(session))


def _of_open_orders(session: Session, of_plans: Recipes, today: date) -> Iterator[Need]:
    """What is ordered already, less what was used on it; what is late is needed today."""
    host = func.coalesce(Occurrence.absorbed_by, Occurrence.id)
    query = select(Occurrence.plan_id, host, Occurrence.wanted_on).where(
        Occurrence.status.in_((S.GENERATED, S.ABSORBED)), Occurrence.plan_id.in_(list(of_plans))
    )
    rows = session.execute(query.order_by(Occurrence.wanted_on, Occurrence.id)).all()
    used = _used_on(session, {order for _, order, _ in rows})
    for plan, order, wanted_on in rows:
        for part, quantity in of_plans[plan].items():
            already = min(quantity, used.get((order, part), 0.0))
            used[order, part] = used.get((order, part), 0.0) - already
            if quantity > already:
                yield Need(part, max(wanted_on, today), quantity - already)


def _used_on(session: Session, orders: Iterable[str]) -> dict[tuple[str, str], float]:
    wanted, found = sorted(orders), dict[tuple[str, str], float]()
    for start in range(0, len(wanted), 500):
        query = (
            select(
                MaterialUsed.work_order_id, MaterialUsed.part_id, func.sum(MaterialUsed.quantity)
            )
            .where(MaterialUsed.work_order_id.in_(wanted[start : start + 500]))
            .group_by(MaterialUsed.work_order_id, MaterialUsed.part_id)
        )
        for order, part, quantity in session.execute(query):
            found[order, part] = quantity
    return found

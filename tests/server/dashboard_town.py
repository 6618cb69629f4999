"""A town of random orders, work and checks, and what the director's page says of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.facts import TimeWorked
from asset_model.people import Crew, District, Person
from asset_model.plans import MaintenancePlan, Occurrence, Shop
from asset_model.upkeep import Rate
from asset_model.vocabulary import OccurrenceStatus, WorkOrderKind, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from sync_server.bulletins.asking import Asking

DIRECTOR = Person(id="director", name="Hélène Marchand", role="director", active=True)
FINISHED = (S.DONE, S.CLOSED)


def fill(session: Session, *, now: datetime, seed: int, orders: int = 120) -> None:
    """Districts, crews of two trades and none, orders of every kind, some of plans of the law."""
    random = Random(seed)
    session.add_all(_lists(now))
    session.flush()
    for number in range(orders):
        order = _order(random, number, now)
        session.add(order)
        session.add_all(_of_plan(random, order, now))
        session.add_all(_worked(random, order, now))
    session.flush()


def _lists(now: datetime) -> Sequence[Any]:
    day = now.date() - timedelta(days=900)
    plan = {"title_fr": "Plan", "title_en": "Plan", "starts_on": day, "steps": []}
    return [
        *(District(id=f"d{n}", code=f"D{n}", name=f"Secteur {n}") for n in range(2)),
        Shop(id="s0", code="roads", name="Voirie", weekly_hours=80.0),
        Shop(id="s1", code="water", name="Aqueduc", weekly_hours=None),
        *(Crew(id=f"c{n}", code=f"C{n}", name=f"Équipe {n}", shop=shop)
          for n, shop in enumerate(("roads", "roads", "water", None))),
        Rate(id="r1", kind="labour", code="mechanic", since=day, amount=40.0),
        Person(id="m", name="Réjean", role="mechanic", active=True),
        Person(id="b", name="Luc", role="crew_member", active=True),
        MaintenancePlan(id="law", code="LOI", legal=True, crew_id="c0", **plan),
        MaintenancePlan(id="own", code="EP", grace_days=7, crew_id="c1", **plan),
        *(Asset(id=f"u{n}", tag=f"{n}", name=f"Unité {n}", class_code="vehicle",
                status=("in_service", "out_of_service")[n % 2], attributes={"kind": "plow_truck"})
          for n in range(7)),
    ]  # fmt: skip


def _order(random: Random, number: int, now: datetime) -> WorkOrder:
    status = random.choice(list(S))
    due = random.choice((None, now + timedelta(days=random.uniform(-20, 20))))
    return WorkOrder(
        id=f"o{number}",
        number=f"BT-{number}",
        title="Travail",
        kind=random.choice(list(WorkOrderKind)),
        source=random.choice(list(WorkOrderSource)),
        status=status,
        district_id=random.choice(("d0", "d1", None)),
        crew_id=random.choice(("c0", "c1", "c2", "c3", None)),
        due_at=due,
        estimated_hours=random.choice((None, 2.5, 40.0)),
        created_at=now - timedelta(days=40),
        completed_at=now - timedelta(days=random.uniform(0, 60)) if status in FINISHED else None,
    )


def _of_plan(random: Random, order: WorkOrder, now: datetime) -> Sequence[Any]:
    if order.source != WorkOrderSource.PLAN:
        return []
    status = OccurrenceStatus.DONE if order.status in FINISHED else OccurrenceStatus.GENERATED
    day = now.date() - timedelta(days=random.randrange(-10, 30))
    told = {"due_on": day, "wanted_on": day, "reasons": [], "made_at": now, "asset_id": "u1"}
    host = Occurrence(id=order.id, plan_id=random.choice(("law", "own")), status=status,
                      done_at=order.completed_at, **told)  # fmt: skip
    inside = Occurrence(id=f"i{order.id}", plan_id=random.choice(("law", "own")),
                        status=OccurrenceStatus.ABSORBED, absorbed_by=order.id, **told)  # fmt: skip
    return [host, *([inside] if random.random() < 0.3 else [])]


def _worked(random: Random, order: WorkOrder, now: datetime) -> Sequence[Any]:
    begun = now - timedelta(days=random.choice((1, 3, 366, 370)), minutes=random.randrange(600))
    return [
        TimeWorked(id=f"t{order.id}{n}", work_order_id=order.id, person_id=random.choice("mb"),
                   started_at=begun, ended_at=begun + timedelta(minutes=random.randrange(5, 300)))
        for n in range(random.randrange(3))
    ]  # fmt: skip


def asks(session: Session, now: datetime, **question: str) -> Asking:
    return Asking(session, now, DIRECTOR, question)

"""A town of random orders, work and checks, and what the director's page says of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.catalogue import Service
from asset_model.facts import StatusChange, TimeWorked
from asset_model.incidents import Incident, Report
from asset_model.passes import Pass
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
    _fill_weeks(session, now=now, random=Random(seed + 1))


AGES = (0.2, 1, 5, 7.1, 8, 13, 364.1, 365, 370, 400)
"""Days ago: in the week of today or yesterday, the one before, that of last year, and outside."""


def _fill_weeks(session: Session, *, now: datetime, random: Random) -> None:
    """What weeks are counted by: reports, passes, and orders that were closed."""
    session.add(Service(id="nid", code="NID", name_fr="Nid-de-poule", name_en="Pothole",
                        group_fr="Rues", group_en="Streets"))  # fmt: skip
    session.add(Incident(id="i", service_id="nid", district_id="d0", crew_id="c0", route={},
                         opened_at=now))  # fmt: skip
    session.add(Asset(id="tr", tag="TR-77", name="Rue du Pont", class_code="road_segment",
                      status="in_service", district_id="d1", attributes={}))  # fmt: skip
    for number in range(40):
        at = now - timedelta(days=random.choice(AGES))
        source = random.choice(("web", "phone"))
        session.add(Report(id=f"r{number}", service_id="nid", source=source,
                           incident_id=random.choice(("i", None)), reported_at=at))  # fmt: skip
        session.add(_pass(random, number, at))
        session.add(StatusChange(id=f"c{number}", work_order_id=f"o{random.randrange(120)}",
                                 person_id="b", to_status="closed", changed_at=at))  # fmt: skip
    session.flush()


def _pass(random: Random, number: int, at: datetime) -> Pass:
    kind = random.choice(("spreading", "patrol"))
    told = random.choice(((120.0, "kg_per_km"), (15.0, "g_per_m2"), (None, None)))
    load = ("salt", *told) if kind == "spreading" else (None, None, None)
    return Pass(
        id=f"p{number}", asset_id="tr", person_id=random.choice(("b", None)), kind=kind,
        direction="both", from_m=0.0, to_m=random.choice((250.0, 80.0)), done_at=at, noted_at=at,
        material=load[0], rate=load[1], rate_unit=load[2],
        reverses_id=f"p{number - 1}" if number % 9 == 8 else None,
    )  # fmt: skip


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

"""Alerts as they stand at a moment: who was called, who has answered, who comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.alerts import Acknowledgement, Alert, AlertCall, Turns, turns
from asset_model.dispatching import Contact, TabletStanding
from asset_model.people import Crew, Person
from asset_model.vocabulary import Role
from asset_model.work_orders import WorkOrder

ALERTS_MAX = 30
MAY_BE_CALLED = (Role.FOREMAN, Role.CREW_MEMBER, Role.MECHANIC, Role.FLEET_MANAGER)


@dataclass(frozen=True)
class Called:
    """A person of an alert's list. `at`: since when it is their turn; None: it is not yet.

    `on_tablet`: whether their crew's tablet has told that it holds the alert, which says nothing
    of the person; None: it is not known here.
    """

    person: Person
    crew: str | None
    phone: str | None
    minutes: int
    at: datetime | None
    answer: str | None
    answered_at: datetime | None
    on_tablet: bool | None


@dataclass(frozen=True)
class AlertPage:
    alert: Alert
    turns: Turns
    called: tuple[Called, ...]
    taken_by: str | None
    raised_by: str | None
    order: WorkOrder | None
    crew: str | None


def open_alerts(session: Session, *, now: datetime) -> list[tuple[Alert, Turns]]:
    """Those that are not closed, newest first, and whose turn it is in each."""
    query = select(Alert).where(Alert.closed_at.is_(None)).order_by(Alert.created_at.desc())
    found = session.scalars(query.limit(ALERTS_MAX)).all()
    return [(alert, _turns(session, alert, now)) for alert in found]


def lately_closed(session: Session) -> Sequence[Alert]:
    query = select(Alert).where(Alert.closed_at.is_not(None)).order_by(Alert.closed_at.desc())
    return session.scalars(query.limit(ALERTS_MAX)).all()


def waits_for(session: Session, person_id: str, *, now: datetime) -> list[tuple[Alert, Turns]]:
    """Open alerts in which it is this person's turn, nobody has it, and they have said nothing."""
    return [
        (alert, stand)
        for alert, stand in untaken(session, now=now)
        if any(c.person_id == person_id and c.answer is None for c in stand.calls)
    ]


def untaken(session: Session, *, now: datetime) -> list[tuple[Alert, Turns]]:
    """Open alerts that nobody has said they take."""
    return [found for found in open_alerts(session, now=now) if found[1].taken is None]


def alert_page(session: Session, alert_id: str, *, now: datetime) -> AlertPage | None:
    alert = session.get(Alert, alert_id)
    if alert is None:
        return None
    stand = _turns(session, alert, now)
    order = session.get(WorkOrder, alert.order_id) if alert.order_id else None
    crew = session.get(Crew, order.crew_id) if order and order.crew_id else None
    return AlertPage(
        alert=alert,
        turns=stand,
        called=_called(session, alert, stand),
        taken_by=_name(session, stand.taken.person_id if stand.taken else None),
        raised_by=_name(session, alert.created_by),
        order=order,
        crew=crew.name if crew else None,
    )


def may_be_called(session: Session) -> Sequence[Person]:
    query = select(Person).where(Person.active, Person.role.in_(MAY_BE_CALLED))
    return session.scalars(query.order_by(Person.name)).all()


def _turns(session: Session, alert: Alert, now: datetime) -> Turns:
    answers, noted = (_of(session, model, alert) for model in (Acknowledgement, AlertCall))
    return turns(alert, answers, now=now, noted=noted)


def _of(session: Session, model: Any, alert: Alert) -> Sequence[Any]:
    return session.scalars(select(model).where(model.alert_id == alert.id)).all()


def _called(session: Session, alert: Alert, stand: Turns) -> tuple[Called, ...]:
    by_rank = {call.rank: call for call in stand.calls}
    rows = []
    for rank, callee in enumerate(alert.callees):
        person = session.get(Person, callee["person_id"])
        if person is None:
            continue
        call = by_rank.get(rank)
        rows.append(
            Called(
                person=person,
                crew=_crew(session, person),
                phone=_phone(session, person.id),
                minutes=callee["minutes"],
                at=call.at if call else None,
                answer=call.answer if call else None,
                answered_at=call.answered_at if call else None,
                on_tablet=_on_tablet(session, person, alert),
            )
        )
    return tuple(rows)


def _name(session: Session, person_id: str | None) -> str | None:
    person = session.get(Person, person_id) if person_id else None
    return person.name if person else None


def _crew(session: Session, person: Person) -> str | None:
    crew = session.get(Crew, person.crew_id) if person.crew_id else None
    return crew.name if crew else None


def _phone(session: Session, person_id: str) -> str | None:
    return session.scalar(select(Contact.phone).where(Contact.employee_id == person_id).limit(1))


def _on_tablet(session: Session, person: Person, alert: Alert) -> bool | None:
    if person.crew_id is None:
        return None
    query = select(TabletStanding).where(TabletStanding.crew_id == person.crew_id)
    standing = session.scalars(query.order_by(TabletStanding.read_at.desc()).limit(1)).first()
    return None if standing is None else 0 < alert.version <= standing.read_to

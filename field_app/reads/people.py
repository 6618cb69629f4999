"""Who can be given work."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.people import Crew, Person
from asset_model.transitions import FIELD
from asset_model.work_orders import WorkOrder

CREWS_MAX = 100
PEOPLE_MAX = 200
WORK = tuple(FIELD)


def others(session: Session, person_id: str) -> tuple[Person, ...]:
    """Those who can be handed work: of all crews, without the one who hands it over."""
    query = select(Person).where(
        Person.active, Person.id != person_id, Person.crew_id.is_not(None), Person.role.in_(WORK)
    )
    return tuple(session.scalars(query.order_by(Person.crew_id, Person.name).limit(PEOPLE_MAX)))


def trained(session: Session, skill: str) -> Mapping[str, tuple[str, ...]]:
    """By crew the names of those who can do what asks for a skill; a crew of none is not in it."""
    query = select(Person.crew_id, Person.name, Person.skills).where(
        Person.active, Person.crew_id.is_not(None)
    )
    found: dict[str, tuple[str, ...]] = {}
    for crew_id, name, skills in session.execute(query.order_by(Person.name)):
        if skill in skills:
            found[crew_id] = (*found.get(crew_id, ()), name)
    return found


def untrained(session: Session, skills: Sequence[str], crews: Sequence[Crew]) -> tuple[Crew, ...]:
    """Those of these crews in which nobody can do one of the things that are asked for."""
    able = [trained(session, skill) for skill in skills]
    return tuple(crew for crew in crews if any(crew.id not in each for each in able))


def skills_of(session: Session, order_ids: Sequence[str]) -> tuple[str, ...]:
    """What some orders ask for, each once."""
    query = select(WorkOrder.skill).where(WorkOrder.id.in_(order_ids))
    return tuple(skill for skill in session.scalars(query.distinct()) if skill)


def crews(session: Session) -> tuple[Crew, ...]:
    return tuple(session.scalars(select(Crew).order_by(Crew.name).limit(CREWS_MAX)))

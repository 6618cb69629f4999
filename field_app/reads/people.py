"""Who can be given work."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.people import Crew, Person
from asset_model.transitions import FIELD

CREWS_MAX = 100
PEOPLE_MAX = 200
WORK = tuple(FIELD)


def others(session: Session, person_id: str) -> tuple[Person, ...]:
    """Those who can be handed work: of all crews, without the one who hands it over."""
    query = select(Person).where(
        Person.active, Person.id != person_id, Person.crew_id.is_not(None), Person.role.in_(WORK)
    )
    return tuple(session.scalars(query.order_by(Person.crew_id, Person.name).limit(PEOPLE_MAX)))


def crews(session: Session) -> tuple[Crew, ...]:
    return tuple(session.scalars(select(Crew).order_by(Crew.name).limit(CREWS_MAX)))

"""Who can be given work."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.people import Crew

CREWS_MAX = 100


def crews(session: Session) -> tuple[Crew, ...]:
    return tuple(session.scalars(select(Crew).order_by(Crew.name).limit(CREWS_MAX)))

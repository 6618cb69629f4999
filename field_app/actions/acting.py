"""Who acts on this tablet."""

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.people import Person


def person_of(session: Session, by: Author) -> Person:
    """:raises Refused: ``person_unknown``"""
    person = session.get(Person, by.person_id)
    if person is None:
        raise Refused("person_unknown")
    return person


def role_of(session: Session, by: Author) -> str:
    """:raises Refused: ``person_unknown``"""
    return person_of(session, by).role

"""Who acts when a command is run: somebody who works here, and has the right."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.people import Person
from asset_model.roles import check_edit


def acting_person(session: Session, named: str, *, edits: str, columns: frozenset[str]) -> Person:
    """The person of that id or name, proven to be allowed to edit these columns of a table.

    :raises Refused: ``person_unknown``, ``person_several``, ``person_inactive``,
        ``role_not_allowed``
    """
    plain = " ".join(named.casefold().split())
    people = session.scalars(select(Person).order_by(Person.id)).all()
    meant = [p for p in people if p.id == named] or [p for p in people if _plain(p) == plain]
    if not meant:
        raise Refused("person_unknown")
    active = [person for person in meant if person.active]
    if not active:
        raise Refused("person_inactive")
    if len(active) > 1:
        raise Refused("person_several", count=len(active), name=named)
    check_edit(active[0].role, edits, columns)
    return active[0]


def _plain(person: Person) -> str:
    return " ".join(person.name.casefold().split())

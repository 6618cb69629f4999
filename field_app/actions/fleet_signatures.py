"""What people sign of a unit beside its check: cognizance, certificates, exceptions."""

from datetime import timedelta

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.fleet import (
    Countersignature,
    Defect,
    Inspection,
    RepairCertificate,
    ServiceException,
)
from asset_model.fleet_vocabulary import Certified, Cognizance, SignedWith
from asset_model.ids import Author
from asset_model.people import Person
from asset_model.roles import check_edit, check_insert
from field_app.actions.acting import role_of
from field_app.reads.fleet import figures, unit_line
from field_app.store.edits import recorded


def countersign(
    session: Session,
    inspection_id: str,
    *,
    by: Author,
    result: str = Cognizance.ACKNOWLEDGED,
    word: str | None = None,
    signed_with: str = SignedWith.PIN,
) -> Countersignature:
    """A driver has read a report that somebody else made, and drives on it or will not.

    :raises Refused: ``role_not_allowed``
    """
    check_insert(role_of(session, by), "countersignature")
    inspection = session.get_one(Inspection, inspection_id)
    signed = Countersignature(
        id=by.new_id(),
        inspection_id=inspection_id,
        asset_id=inspection.asset_id,
        result=result,
        word=word,
        **_signature(session, signed_with, by),
    )
    with recorded(session, by=by):
        session.add(signed)
    return signed


def certify(
    session: Session,
    defect_id: str,
    *,
    by: Author,
    result: str = Certified.REPAIRED,
    word: str | None = None,
    signed_with: str = SignedWith.PIN,
) -> RepairCertificate:
    """A mechanic says that a defect is repaired, or needs no repair.

    :raises Refused: ``role_not_allowed`` for anybody else
    """
    check_insert(role_of(session, by), "repair_certificate")
    defect = session.get_one(Defect, defect_id)
    signed = RepairCertificate(
        id=by.new_id(),
        defect_id=defect_id,
        asset_id=defect.asset_id,
        result=result,
        word=word,
        **_signature(session, signed_with, by),
    )
    with recorded(session, by=by):
        session.add(signed)
    return signed


def except_unit(
    session: Session,
    unit_id: str,
    word: str,
    hours: float,
    *,
    by: Author,
    order_id: str | None = None,
    signed_with: str = SignedWith.PIN,
) -> ServiceException:
    """Let a unit go that may not, for a while, and say why. What is found later it does not cover.

    :raises Refused: ``role_not_allowed``, ``reason_required``, ``exception_too_long``,
        ``unit_unknown``
    """
    check_insert(role_of(session, by), "service_exception")
    longest = figures(session, by.now).exception_max
    if not timedelta(0) < timedelta(hours=hours) <= longest:
        raise Refused("exception_too_long", hours=longest / timedelta(hours=1))
    if not word.strip():
        raise Refused("reason_required", wanted="exception")
    line = unit_line(session, unit_id, now=by.now)  # For anybody: a driver still countersigns.
    if line is None:
        raise Refused("unit_unknown", unit=unit_id)
    blocking = line.readiness.blocking
    signed = ServiceException(
        id=by.new_id(),
        asset_id=unit_id,
        reasons=sorted({reason.code for reason in blocking}),
        covers=sorted({reason.defect_id for reason in blocking if reason.defect_id}),
        word=word.strip(),
        until=by.now + timedelta(hours=hours),
        order_id=order_id,
        **_signature(session, signed_with, by),
    )
    with recorded(session, by=by):
        session.add(signed)
    return signed


def see_exception(session: Session, exception_id: str, *, by: Author) -> None:
    """The fleet manager has read it.

    :raises Refused: ``role_not_allowed``
    """
    check_edit(role_of(session, by), "service_exception", frozenset({"seen_at", "seen_by"}))
    exception = session.get_one(ServiceException, exception_id)
    with recorded(session, by=by):
        exception.seen_at, exception.seen_by = by.now, by.person_id


def _signature(session: Session, signed_with: str, by: Author) -> dict[str, object]:
    person = session.get_one(Person, by.person_id)
    return {
        "person_id": by.person_id,
        "signed_name": person.name,
        "signed_with": signed_with,
        "signed_at": by.now,
    }

"""The circle check: a report with its defects, signed at the unit, with or without a signal."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.fleet import Defect, Designation, Inspection
from asset_model.fleet_rules import TOWN_ZONE, Figures
from asset_model.fleet_vocabulary import Answer, FoundDuring, MadeAs, Severity, SignedWith, Task
from asset_model.ids import Author, derived_id
from asset_model.people import Person
from asset_model.roles import check_insert
from asset_model.vocabulary import Role
from field_app.actions.acting import role_of
from field_app.actions.units import line_of
from field_app.reads.fleet import asked, figures, open_defects
from field_app.reads.odometer import odometer_shown
from field_app.store.edits import recorded

WORDS_LENGTH_MAX = 300


@dataclass(frozen=True)
class Found:
    """Something wrong: of the list, or in the words of whoever saw it."""

    severity: str
    item_code: str | None = None
    defect_code: str | None = None
    label_fr: str = ""
    label_en: str = ""
    note: str | None = None


@dataclass(frozen=True)
class NewCheck:
    """What is filled in at the unit; the rest of the nine fields follows from who and where."""

    unit_id: str
    started_at: datetime
    answers: dict[str, str]
    found: tuple[Found, ...] = ()
    place: str = ""
    made_as: str = MadeAs.DRIVER
    odometer_km: float | None = None
    note: str | None = None
    signed_with: str = SignedWith.PIN


@dataclass(frozen=True)
class Done:
    """What a check came to: the new defects, and those that were known and seen again."""

    inspection: Inspection
    defects: tuple[Defect, ...] = ()
    carried: tuple[Defect, ...] = field(default=())

    @property
    def major(self) -> bool:
        return any(each.severity == Severity.MAJOR for each in (*self.defects, *self.carried))


def finish_check(session: Session, new: NewCheck, *, by: Author) -> Done:
    """Sign the report: it and its defects leave as one group. The server reads its odometer.

    :raises Refused: ``check_unanswered``, ``defect_without_words``, ``not_designated``,
        ``role_not_allowed``, ``unit_unknown``, ``check_unknown_form``; ``odometer_falls`` where it
        is lower than the last one and the note says not why
    """
    check_insert(role_of(session, by), "inspection")
    line = line_of(session, new.unit_id, by=by)
    person = session.get_one(Person, by.person_id)
    _check_maker(session, new, person, by)
    what, rules = asked(session, line, by.now), figures(session, by.now)
    what.check_answered(new.answers)
    _check_found(new)
    _check_odometer(session, new)
    inspection = Inspection(
        id=by.new_id(),
        asset_id=line.unit.id,
        person_id=by.person_id,
        form_id=what.form_id,
        own_form_id=what.own_form_id,
        made_as=new.made_as,
        unit_name=line.unit.tag,
        plate=(line.asset.attributes or {}).get("plate"),
        operator=rules.operator,
        started_at=new.started_at,
        ended_at=by.now,
        place=new.place.strip() or rules.operator_place,
        answers=dict(new.answers),
        odometer_km=new.odometer_km,
        note=new.note,
        **_signature(person, new.signed_with, by),
    )
    fresh, carried = _sorted(session, new, inspection, rules, by)
    inspection.carried = [defect.id for defect in carried]
    with recorded(session, by=by):
        session.add_all([inspection, *fresh])
    return Done(inspection, tuple(fresh), tuple(carried))


def report_defect(session: Session, unit_id: str, found: Found, *, by: Author) -> Defect:
    """A defect that shows on the way or in the shop; it joins the report under which one drives.

    :raises Refused: ``defect_without_words``, ``role_not_allowed``, ``unit_unknown``
    """
    role = role_of(session, by)
    check_insert(role, "defect")
    line = line_of(session, unit_id, by=by)
    if not _told(found):
        raise Refused("defect_without_words")
    last = session.scalars(
        select(Inspection)
        .where(Inspection.asset_id == unit_id)
        .order_by(Inspection.ended_at.desc(), Inspection.id)
    ).first()
    rules = figures(session, by.now)
    driving = last is not None and last.ended_at + rules.check_valid > by.now
    defect = _defect(by.new_id(), line.unit.id, found, rules, by)
    defect.found_during = FoundDuring.SHOP if role == Role.MECHANIC else FoundDuring.TRIP
    defect.inspection_id = last.id if last is not None and driving else None
    with recorded(session, by=by):
        session.add(defect)
    return defect


def is_designated(session: Session, person_id: str, now: datetime) -> bool:
    """Whether the operator has named this person to check units for others."""
    today = now.astimezone(TOWN_ZONE).date()
    query = select(Designation).where(
        Designation.holder_id == person_id, Designation.task == Task.CIRCLE_CHECK
    )
    return any(
        held.from_on <= today and (held.until_on is None or today <= held.until_on)
        for held in session.scalars(query)
    )


def _check_maker(session: Session, new: NewCheck, person: Person, by: Author) -> None:
    if new.made_as == MadeAs.DESIGNATED and not is_designated(session, by.person_id, by.now):
        raise Refused("not_designated", name=person.name)


def _check_found(new: NewCheck) -> None:
    """Every item answered minor or major says what is wrong."""
    told = {(each.item_code, each.severity) for each in new.found if _told(each)}
    for code, answer in new.answers.items():
        if answer in (Answer.MINOR, Answer.MAJOR) and (code, answer) not in told:
            raise Refused("defect_without_words")


def _check_odometer(session: Session, new: NewCheck) -> None:
    last = odometer_shown(session, new.unit_id)
    falls = last is not None and new.odometer_km is not None and new.odometer_km < last
    if falls and not (new.note or "").strip():
        raise Refused("odometer_falls", last=last)


def _told(found: Found) -> bool:
    return bool(found.label_fr.strip()) and len(found.label_fr) <= WORDS_LENGTH_MAX


def _signature(person: Person, signed_with: str, by: Author) -> dict[str, object]:
    return {"signed_name": person.name, "signed_with": signed_with, "signed_at": by.now}


def _sorted(
    session: Session, new: NewCheck, inspection: Inspection, rules: Figures, by: Author
) -> tuple[list[Defect], list[Defect]]:
    """New defects, and those that were open already: seeing one again gives it no more time."""
    there = list(session.scalars(open_defects([new.unit_id])))
    fresh: list[Defect] = []
    carried: list[Defect] = []
    for place, found in enumerate(new.found):
        known = next((each for each in there if _same(each, found)), None)
        if known is not None:
            carried.append(known)
            continue
        id = derived_id("defect", inspection.id, found.item_code or "", str(place))
        defect = _defect(id, new.unit_id, found, rules, by)
        defect.inspection_id = inspection.id
        fresh.append(defect)
    return fresh, carried


def _same(known: Defect, found: Found) -> bool:
    alike = known.item_code == found.item_code and known.severity == found.severity
    if found.defect_code is not None:
        return alike and known.defect_code == found.defect_code
    return alike and known.defect_code is None and known.label_fr == found.label_fr


def _defect(id: str, unit_id: str, found: Found, rules: Figures, by: Author) -> Defect:
    minor = found.severity == Severity.MINOR
    return Defect(
        id=id,
        asset_id=unit_id,
        person_id=by.person_id,
        item_code=found.item_code,
        defect_code=found.defect_code,
        severity=found.severity,
        label_fr=found.label_fr.strip(),
        label_en=found.label_en.strip() or found.label_fr.strip(),
        note=found.note,
        found_at=by.now,
        found_during=FoundDuring.CHECK,
        due_at=by.now + rules.minor_delay if minor else None,
        due_rule=rules["minor_defect_delay"].named if minor else None,
    )

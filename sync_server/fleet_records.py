"""The town's own lists, figures and designations: written by the server's hand, never rewritten."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.fleet import Designation, InspectionForm, LegalRule
from asset_model.fleet_rules import TOWN_ZONE, Figure, check_rule, figures_at
from asset_model.fleet_vocabulary import Task
from asset_model.ids import NewId, derived_id
from asset_model.inspection_forms import check_form, every_form
from asset_model.people import Person
from sync_server import desk

SAID = ("code", "part", "title_fr", "title_en", "vehicle_kinds", "source", "confirmed", "items")
"""What a list's document says, in this order; its edition and its first day follow."""


def editions(session: Session) -> list[InspectionForm]:
    """Every edition of every list, the product's own too, by code and edition."""
    forms = every_form(session.scalars(select(InspectionForm)))
    return sorted(forms, key=lambda form: (form.code, form.edition))


def newest(session: Session, code: str) -> InspectionForm:
    """:raises Refused: ``check_unknown_form``"""
    found = [form for form in editions(session) if form.code == code]
    if not found:
        raise Refused("check_unknown_form")
    return found[-1]


def document_of(form: InspectionForm) -> dict[str, Any]:
    """A list as a document that people edit and publish."""
    said = {name: getattr(form, name) for name in SAID}
    return {**said, "effective_on": form.effective_on.isoformat()}


def publish(
    session: Session, document: Mapping[str, Any], *, now: datetime, new_id: NewId
) -> InspectionForm:
    """A new edition of a list; what is published already is left as it is.

    :raises Refused: ``form_unreadable``, naming what is wrong
    """
    document = {"vehicle_kinds": [], "source": None, "confirmed": False, **document}
    for name in (*SAID, "effective_on"):
        if name not in document:
            raise Refused("form_unreadable", field=name, expected="…")
    check_form(document)
    before = [form for form in editions(session) if form.code == document["code"]]
    if before and document_of(before[-1]) == document:
        return before[-1]
    edition = before[-1].edition + 1 if before else 1
    form = InspectionForm(
        id=derived_id("inspection_form", document["code"], str(edition)),
        edition=edition,
        effective_on=_day(document["effective_on"]),
        **{name: document[name] for name in SAID},
    )
    desk.write(session, [desk.inserted(form, new_id=new_id)], now=now, new_id=new_id)
    return form


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise Refused("form_unreadable", field="effective_on", expected="2026-12-01") from None


def figures(session: Session, now: datetime) -> list[Figure]:
    """The figures in force, by code."""
    found = figures_at(session.scalars(select(LegalRule)), now).by_code
    return [found[code] for code in sorted(found)]


def set_figure(
    session: Session,
    code: str,
    value: Any,
    *,
    on: date,
    source: str,
    confirmed: bool,
    now: datetime,
    new_id: NewId,
) -> None:
    """What a figure is from a day on; what was judged before keeps the figure of its day.

    :raises Refused: ``form_unreadable``
    """
    check_rule(code, value)
    labels = next(figure for figure in figures(session, now) if figure.code == code)
    rule = LegalRule(
        id=new_id(),
        code=code,
        effective_on=on,
        value=value,
        label_fr=labels.label_fr,
        label_en=labels.label_en,
        source=source,
        confirmed=confirmed,
    )
    desk.write(session, [desk.inserted(rule, new_id=new_id)], now=now, new_id=new_id)


def designate(
    session: Session, name: str, *, until: date | None, now: datetime, new_id: NewId
) -> str:
    """Name somebody to check units for their drivers, from today on; their id.

    :raises Refused: ``person_unknown``
    """
    person = session.scalars(select(Person).where(Person.name == name, Person.active)).first()
    if person is None:
        raise Refused("person_unknown")
    held = Designation(
        id=new_id(),
        holder_id=person.id,
        task=Task.CIRCLE_CHECK,
        from_on=now.astimezone(TOWN_ZONE).date(),
        until_on=until,
    )
    desk.write(session, [desk.inserted(held, new_id=new_id)], now=now, new_id=new_id)
    return person.id

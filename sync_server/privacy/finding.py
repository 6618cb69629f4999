"""The reports of one person, by the e-mail address or the telephone number that they gave."""

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.incidents import Report
from sync_server.intake.contacts import report_numbered
from sync_server.intake.tables import ReportContact

DIGITS = 10
"""Of a telephone number here: the area code, and no 1 before it."""


def reports_of(session: Session, asked: str) -> list[Report]:
    """Those that came with this address or number, however it was typed; the latest first.

    A report's own number means that report alone.

    :raises Refused: ``report_unknown``, ``contact_unreadable``
    """
    asked = asked.strip()
    if "@" in asked:
        same = func.lower(ReportContact.email) == asked.lower()
        ids = list(session.scalars(select(ReportContact.report_id).where(same)))
    elif asked.upper().startswith("REQ-"):
        return [report_numbered(session, asked.upper())]
    else:
        ids = _by_phone(session, asked)
    query = select(Report).where(Report.id.in_(ids))
    return list(session.scalars(query.order_by(Report.reported_at.desc(), Report.id)))


def digits_of(phone: str) -> str:
    return re.sub(r"[^0-9]", "", phone)[-DIGITS:]


def _by_phone(session: Session, asked: str) -> list[str]:
    wanted = digits_of(asked)
    if len(wanted) < DIGITS:
        raise Refused("contact_unreadable", given=asked[:40])
    query = select(ReportContact.report_id, ReportContact.phone)
    known = session.execute(query.where(ReportContact.phone.is_not(None)))
    return [report for report, phone in known if digits_of(phone or "") == wanted]

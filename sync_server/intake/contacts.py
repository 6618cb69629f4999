"""Who reported: kept apart, shown to those who need it, and every look is written down."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.incidents import Report
from asset_model.people import Person
from asset_model.vocabulary import Role
from sync_server.intake.tables import ContactReading, ReportContact

MAY_READ = frozenset({Role.AGENT_311, Role.FOREMAN, Role.ADMINISTRATOR})
MAY_ERASE = frozenset({Role.AGENT_311, Role.ADMINISTRATOR})
LENGTH_MAX = 200
NEWS_BY = ("email", "phone", "none")


@dataclass(frozen=True)
class Contact:
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    account_id: str | None = None
    device_id: str | None = None
    news_by: str | None = None
    """By e-mail, by telephone, or not at all (`NEWS_BY`); None: nothing was said."""


def contact_of(given: Mapping[str, str]) -> Contact | None:
    """What somebody said of themselves; None where that is nothing."""
    known = {
        name: value.strip()[:LENGTH_MAX]
        for name in Contact.__dataclass_fields__
        if (value := given.get(name, "")).strip()
    }
    return Contact(**known) if known else None


def keep_contact(session: Session, report: str, contact: Contact, *, now: datetime) -> None:
    """Keep who sent a report that is about to be written."""
    session.add(ReportContact(report_id=report, kept_at=now, **asdict(contact)))


def read_contact(
    session: Session, number: str, by: Person, *, why: str | None, now: datetime
) -> Contact | None:
    """Who sent the report of this number, as far as is known; the look is kept.

    :raises Refused: ``role_not_allowed``, ``report_unknown``
    """
    check_role(by, MAY_READ, "contact")
    report = report_numbered(session, number)
    log(session, report, by, "read", why, now)
    kept = session.get(ReportContact, report.id)
    if kept is None:
        return None
    return Contact(**{name: getattr(kept, name) for name in Contact.__dataclass_fields__})


def contacts_of(session: Session, reports: Iterable[str]) -> list[ReportContact]:
    """What is kept of the senders of these reports; to be told to nobody without a `log`."""
    return list(session.scalars(_OF_REPORTS, {"reports": list(reports)}))


_OF_REPORTS = select(ReportContact).where(
    ReportContact.report_id.in_(bindparam("reports", expanding=True))
)


def report_numbered(session: Session, number: str) -> Report:
    """:raises Refused: ``report_unknown``"""
    found = session.scalars(select(Report).where(Report.number == number)).one_or_none()
    if found is None:
        raise Refused("report_unknown", report=number)
    return found


def check_role(by: Person, roles: frozenset[Role], what: str) -> None:
    """:raises Refused: ``role_not_allowed``"""
    if by.role not in roles:
        raise Refused("role_not_allowed", role=by.role, what=what)


def log(
    session: Session, report: Report, by: Person, act: str, why: str | None, now: datetime
) -> None:
    """Write down that somebody looked at the contact of a report, or did something with it."""
    session.add(
        ContactReading(
            report_id=report.id, person_id=by.id, role=by.role, act=act, why=why, done_at=now
        )
    )

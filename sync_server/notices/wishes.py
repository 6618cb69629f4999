"""Who wishes for letters: asked on a page, confirmed from the mailbox itself, ended by one link."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.incidents import Report
from sync_server.enrolment import token_hash
from sync_server.intake.tables import ReportContact
from sync_server.notices.listeners import wanting
from sync_server.notices.queueing import write_alone
from sync_server.notices.tables import Kind, MailWish
from sync_server.notices.tokens import CONFIRM_WITHIN, Purpose, Tokens

ASKS_PER_ADDRESS = 3
"""A day, of one address, while none is confirmed: nobody fills somebody else's mailbox by us."""


def standing(session: Session, report_id: str) -> str:
    """``told``, ``asked`` (not confirmed yet), or ``silent``."""
    contact = session.get(ReportContact, report_id)
    wish = session.get(MailWish, report_id)
    if contact is None or not contact.email or (wish is not None and wish.stopped_at):
        return "silent"
    if wanting(session, [report_id]):
        return "told"
    return "asked" if wish is not None and wish.confirm_by else "silent"


def ask(session: Session, report: Report, email: str, tokens: Tokens, *, now: datetime) -> None:
    """Ask, at this address, whether it wishes for letters. Where letters go already, nothing.

    :raises Refused: ``too_many_attempts``
    """
    if standing(session, report.id) == "told":
        return
    _check_flood(session, email, now)
    contact = session.get(ReportContact, report.id)
    if contact is None:
        contact = ReportContact(report_id=report.id, kept_at=now)
        session.add(contact)
    contact.email = email
    until = (now + CONFIRM_WITHIN).replace(microsecond=0)
    token = tokens.make(Purpose.CONFIRM, report.id, until)
    session.merge(
        MailWish(
            report_id=report.id,
            asked_at=now,
            confirm_by=until,
            token_hash=token_hash(token),
            confirmed_at=None,
            stopped_at=None,
        )
    )
    session.flush()
    write_alone(session, report.id, Kind.CONFIRM, f"confirm:{now.isoformat()}", now=now)


def _check_flood(session: Session, email: str, now: datetime) -> None:
    query = (
        select(func.count())
        .select_from(MailWish)
        .join(ReportContact, ReportContact.report_id == MailWish.report_id)
        .where(
            func.lower(ReportContact.email) == email.lower(),
            MailWish.confirmed_at.is_(None),
            MailWish.asked_at > now - timedelta(days=1),
        )
    )
    if (session.scalar(query) or 0) >= ASKS_PER_ADDRESS:
        raise Refused("too_many_attempts", seconds=24 * 3600)


def asked(session: Session, token: str, tokens: Tokens, *, now: datetime) -> Report | None:
    """The report of a link that may still be confirmed, or was; None: there is no such."""
    link = tokens.read(Purpose.CONFIRM, token, now=now)
    wish = session.get(MailWish, link.report_id) if link else None
    if wish is None or wish.token_hash != token_hash(token) or wish.stopped_at:
        return None
    return session.get(Report, wish.report_id)


def confirm(session: Session, report: Report, *, now: datetime) -> None:
    wish = session.get_one(MailWish, report.id)
    wish.confirmed_at = wish.confirmed_at or now


def told(session: Session, token: str, tokens: Tokens, *, now: datetime) -> Report | None:
    """The report that the link under a letter is of."""
    link = tokens.read(Purpose.STOP, token, now=now)
    return session.get(Report, link.report_id) if link else None


def stop(session: Session, report: Report, *, now: datetime) -> None:
    """No more letters of this report."""
    wish = session.get(MailWish, report.id)
    if wish is None:
        wish = MailWish(report_id=report.id, asked_at=now)
        session.add(wish)
    wish.stopped_at = now

"""Letters, from the citizen's side: ask for them, confirm from the mailbox, end them.

To open a link changes nothing: mail programs open links by themselves. A press does.
"""

from contextlib import AbstractContextManager

from sqlalchemy.orm import Session
from starlette.responses import Response

from asset_model.catalogue import Service
from asset_model.errors import Refused
from asset_model.incidents import Report
from sync_server.intake.receiving import report_at, secret_of
from sync_server.notices import wishes
from sync_server.public.asking import Asking, Hands
from sync_server.public.filing import is_mail


def wish(asking: Asking, hands: Hands) -> Response:
    """Somebody on a report's page leaves an address.

    :raises Refused: ``not_found``, too often
    """
    asking.check_flood(hands)
    secret = asking.request.path_params["secret"]
    if "email" not in asking.given:
        raise Refused("malformed_request", why="email")
    email = asking.given.get("email", "").strip()
    if not is_mail(email):
        return asking.to(f"/{secret}", said="bad_email")
    with hands.database.writing() as session:
        report = report_at(session, secret)
        if report is None:
            raise Refused("not_found")
        wishes.ask(session, report, email, hands.tokens, now=hands.clock())
    return asking.to(f"/{secret}", said="mail_asked")


def confirm(asking: Asking, hands: Hands) -> Response:
    token, now = asking.request.path_params["token"], hands.clock()
    with _opened(asking, hands) as session:
        report = wishes.asked(session, token, hands.tokens, now=now)
        if report is None:
            raise Refused("not_found")
        if asking.request.method == "POST":
            wishes.confirm(session, report, now=now)
            return asking.to(f"/{secret_of(session, report.id)}", said="mail_confirmed")
        return _page(asking, hands, session, report, "confirm")


def stop(asking: Asking, hands: Hands) -> Response:
    """By the link under a letter, or by the mail program itself (RFC 8058), which reads no page."""
    token, now = asking.request.path_params["token"], hands.clock()
    with _opened(asking, hands) as session:
        report = wishes.told(session, token, hands.tokens, now=now)
        if report is None:
            raise Refused("not_found")
        done = asking.request.method == "POST"
        if done:
            wishes.stop(session, report, now=now)
        return _page(asking, hands, session, report, "stopped" if done else "stop")


def _opened(asking: Asking, hands: Hands) -> AbstractContextManager[Session]:
    database = hands.database
    return database.writing() if asking.request.method == "POST" else database.reading()


def _page(asking: Asking, hands: Hands, session: Session, report: Report, step: str) -> Response:
    service = session.get_one(Service, report.service_id)
    token = asking.request.path_params["token"]
    return asking.page("letters", hands, token=token, report=report, service=service, step=step)

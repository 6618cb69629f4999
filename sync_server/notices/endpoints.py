"""Endpoints of webhooks: named, told their secret, given a new one beside the old, ended."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from sync_server.intake.tables import Open311Key
from sync_server.notices import outbox
from sync_server.notices.events import TYPES
from sync_server.notices.posting import is_plainly_inside, target_of
from sync_server.notices.signing import new_secret
from sync_server.notices.tables import Channel, Kind, Notice, State, WebhookEndpoint

OVERLAP = timedelta(days=1)
"""How long an old secret signs beside the new one."""


def add(
    session: Session, name: str, url: str, events: list[str], *, private: bool, now: datetime
) -> str:
    """The secret of a new endpoint; one of the same name is called there from now on.

    :raises Refused: ``bad_value``, ``webhook_inside``
    """
    _check_address(url, private=private)
    _check_kind(session, name, open311=False)
    for event in events:
        if event not in TYPES.values():
            known = ", ".join(sorted(set(TYPES.values())))
            raise Refused("bad_value", field="event", value=event, why=known)
    secret = new_secret()
    session.merge(
        WebhookEndpoint(
            name=name, url=url, events=" ".join(events), secret=secret, old_secret=None,
            old_until=None, private=private, made_at=now, failing_since=None, disabled_at=None,
            disabled_code=None, open311=False, jurisdiction=None,
        )
    )  # fmt: skip
    return secret


def answer_to(
    session: Session,
    name: str,
    url: str,
    api_key: str,
    *,
    jurisdiction: str | None,
    private: bool,
    now: datetime,
) -> None:
    """Tell the system of this key, by Open311, what becomes of the reports that it hands on.

    :raises Refused: ``bad_value``, ``webhook_inside``; ``not_found`` where no key has this name
    """
    _check_address(url, private=private)
    if "?" in url:
        raise Refused("bad_value", field="url", value=url[:60], why="…/open311/v2")
    if not api_key:
        raise Refused("bad_value", field="api_key", value="", why="…")
    if session.get(Open311Key, name) is None:
        raise Refused("not_found")
    _check_kind(session, name, open311=True)
    session.merge(
        WebhookEndpoint(
            name=name, url=url, events="", secret=api_key, old_secret=None, old_until=None,
            private=private, made_at=now, failing_since=None, disabled_at=None,
            disabled_code=None, open311=True, jurisdiction=jurisdiction,
        )
    )  # fmt: skip


def _check_address(url: str, *, private: bool) -> None:
    try:
        target = target_of(url)
    except ValueError as error:
        raise Refused("bad_value", field="url", value=url[:60], why=str(error)) from None
    if not private and is_plainly_inside(target):
        raise Refused("webhook_inside", address=target.host)


def _check_kind(session: Session, name: str, *, open311: bool) -> None:
    """A webhook does not quietly end what is told by Open311 under its name, nor the other way."""
    known = session.get(WebhookEndpoint, name)
    if known is not None and known.open311 is not open311:
        kind = "Open311" if known.open311 else "webhook"
        raise Refused("bad_value", field="name", value=name, why=kind)


def named(session: Session, name: str) -> WebhookEndpoint:
    """:raises Refused: ``not_found``"""
    found = session.get(WebhookEndpoint, name)
    if found is None:
        raise Refused("not_found")
    return found


def _signed(session: Session, name: str) -> WebhookEndpoint:
    """One whose calls bear our signature: Open311 has a key that the other side gave.

    :raises Refused: ``not_found``, ``bad_value``
    """
    endpoint = named(session, name)
    if endpoint.open311:
        raise Refused("bad_value", field="name", value=name, why="Open311")
    return endpoint


def every(session: Session) -> list[WebhookEndpoint]:
    return list(session.scalars(select(WebhookEndpoint).order_by(WebhookEndpoint.name)))


def rotate(session: Session, name: str, *, now: datetime) -> str:
    """A new secret; for a day each call is signed with both.

    :raises Refused: ``not_found``, ``bad_value``
    """
    endpoint = _signed(session, name)
    endpoint.old_secret, endpoint.old_until = endpoint.secret, now + OVERLAP
    endpoint.secret = new_secret()
    return endpoint.secret


def enable(session: Session, name: str) -> None:
    """:raises Refused: ``not_found``"""
    endpoint = named(session, name)
    endpoint.disabled_at = endpoint.disabled_code = endpoint.failing_since = None


def disable(session: Session, name: str, *, code: str | None, now: datetime) -> None:
    """Call it no more; what waits for it is given up, and can be had again.

    :raises Refused: ``not_found``
    """
    endpoint = named(session, name)
    endpoint.disabled_at, endpoint.disabled_code = now, code
    waiting = update(Notice).where(
        Notice.channel == Channel.WEBHOOK, Notice.recipient == name, Notice.state == State.WAITING
    )
    gone = {"state": State.FAILED, "code": code or "webhook_silent", "ended_at": now}
    session.execute(waiting.values(**gone))


def keys_of(endpoint: WebhookEndpoint, *, now: datetime) -> list[str]:
    """Those that sign a call now, the newest first."""
    until = endpoint.old_until
    old = [endpoint.old_secret] if endpoint.old_secret and until and now < until else []
    return [endpoint.secret, *old]


def try_out(session: Session, name: str, *, now: datetime) -> None:
    """Queue an event that says nothing.

    :raises Refused: ``not_found``, ``bad_value``
    """
    _signed(session, name)
    at = now.isoformat()
    notice = outbox.notice(
        Channel.WEBHOOK, name, f"test:{at}", Kind.TEST, now=now, facts={"at": at}
    )
    outbox.add(session, [notice])

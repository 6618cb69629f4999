"""Tablets that are expected: enrolled and never heard of, or with a code that waits to be typed.

Their first copy is made before they ask for it, so that nobody stands in the depot and waits for
it. Copies for tablets that have come are made when they ask, as before.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from asset_model.database import Database
from sync_server.recurring import recurring
from sync_server.scope import Scope, scope_of
from sync_server.snapshots import Snapshots
from sync_server.tables import Device, EnrolmentCode

log = logging.getLogger(__name__)

EVERY_S = 60.0

OFFICE_KIND = "office"
"""The office's replica lives beside the server, and needs no copy that others share."""


def expected_scopes(session: Session, *, now: datetime) -> set[Scope]:
    enrolled = select(Device).where(
        Device.seen_at.is_(None), Device.revoked_at.is_(None), Device.kind != OFFICE_KIND
    )
    waiting = select(EnrolmentCode).where(
        EnrolmentCode.used_at.is_(None),
        EnrolmentCode.expires_at > now,
        EnrolmentCode.kind != OFFICE_KIND,
    )
    places = [*session.scalars(enrolled), *session.scalars(waiting)]
    return {scope_of(session, place) for place in places}


def prepare_copies(database: Database, copies: Snapshots, *, now: datetime) -> None:
    with database.reading() as session:
        scopes = expected_scopes(session, now=now)
    for scope in sorted(scopes, key=lambda scope: scope.id):
        copies.prepare(scope, now)


def running(
    database: Database,
    copies: Snapshots,
    clock: Callable[[], datetime],
    *,
    every_s: float = EVERY_S,
) -> AbstractAsyncContextManager[None]:
    """Looks every minute while the block runs who is expected; mostly nobody is."""
    return recurring(partial(_prepare_or_warn, database, copies, clock), every_s)


def _prepare_or_warn(database: Database, copies: Snapshots, clock: Callable[[], datetime]) -> None:
    try:
        prepare_copies(database, copies, now=clock())
    except SQLAlchemyError as error:
        log.warning("no copies could be made ahead: %s", error)

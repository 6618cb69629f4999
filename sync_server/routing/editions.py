"""The book that holds, out of those that were published; none: nothing is routed."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync_server.routing.book import Book, book_as_kept
from sync_server.routing.tables import RoutingBook

BOOKS_KEPT = 4
"""Read books that a process keeps, so that no incident waits for one to be read."""


# Built once: every incident asks.
_NEWEST = (
    select(RoutingBook.content)
    .order_by(RoutingBook.published_at.desc(), RoutingBook.id.desc())
    .limit(1)
)


def published(session: Session) -> Book | None:
    content = session.connection().scalar(_NEWEST)
    return None if content is None else _read(content)


def of_edition(session: Session, edition: str) -> Book | None:
    """The newest book of that edition: what was routed by it may still be under promise."""
    content = session.connection().scalar(_NEWEST.where(RoutingBook.edition == edition))
    return None if content is None else _read(content)


@lru_cache(maxsize=BOOKS_KEPT)
def _read(content: str) -> Book:
    return book_as_kept(json.loads(content))


def publish(
    session: Session, document: dict[str, Any], *, id: str, person_id: str | None, now: datetime
) -> RoutingBook:
    """Let a book hold from now on; those before it stay, to tell by what was routed then."""
    kept = RoutingBook(
        id=id,
        edition=document["edition"],
        content=json.dumps(document, ensure_ascii=False, sort_keys=True),
        person_id=person_id,
        published_at=now,
    )
    session.add(kept)
    return kept

"""Bulletins of the server, kept so that a page without a link shows what was last told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from field_app.store.local import Bulletin

KEPT_MAX = 200
"""Pages and their lists; the longest unheard goes first."""

Question = Mapping[str, str]


def spelled(name: str, question: Question) -> str:
    """One text for a bulletin and what is asked of it, in whatever order it is asked."""
    asked = {key: value for key, value in sorted(question.items()) if value}
    return f"{name}?{urlencode(asked)}"


def kept_bulletin(session: Session, name: str, question: Question) -> Bulletin | None:
    return session.get(Bulletin, spelled(name, question))


def keep_bulletin(
    session: Session,
    name: str,
    question: Question,
    *,
    made_at: datetime,
    body: dict[str, Any],
    now: datetime,
) -> None:
    told = spelled(name, question)
    session.merge(Bulletin(question=told, made_at=made_at, heard_at=now, body=body))
    session.flush()
    newest = select(Bulletin.question).order_by(Bulletin.heard_at.desc()).limit(KEPT_MAX)
    session.execute(delete(Bulletin).where(Bulletin.question.not_in(newest)))

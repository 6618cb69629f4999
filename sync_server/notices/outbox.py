"""The outbox: added to by what happens, taken from by whoever sends.

A notice is taken by updating its row on a condition that one worker alone meets, with a lease:
whoever dies with it leaves a lease that ends, and another takes it up. Between the moment a mail
server says yes and the moment that is noted, a death means that the same letter leaves twice, under
the same Message-ID; nothing is ever lost.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select, update
from sqlalchemy.orm import Session

from asset_model.database import Database
from asset_model.ids import derived_id
from sync_server import bulk
from sync_server.leases import CLOCKS_DIFFER
from sync_server.notices.tables import Channel, Notice, State
from sync_server.row_counts import changed

LEASE_LASTS = timedelta(minutes=10)
"""More than the longest that one sending may take."""
ATTEMPTS_MAX = 8
FIRST_PAUSE, PAUSE_MAX = timedelta(minutes=1), timedelta(hours=12)
GROWS, JITTER = 4.0, 0.2
"""One minute, four, sixteen … twelve hours: some forty hours in all, each a fifth sooner or later,
so that a server that comes back is not met by everybody at once."""
PUT_OFF_MAX = PAUSE_MAX * (1 + JITTER) + CLOCKS_DIFFER


def notice(
    channel: Channel,
    recipient: str,
    step: str,
    kind: str,
    *,
    now: datetime,
    facts: dict[str, Any],
    due_at: datetime | None = None,
    language: str = "",
    incident_id: str | None = None,
    report_id: str | None = None,
) -> dict[str, Any]:
    """A row of the outbox, as it is before anybody has tried to send it."""
    return {
        "id": derived_id("notice", channel, recipient, step),
        "channel": channel,
        "recipient": recipient,
        "step": step,
        "kind": kind,
        "language": language,
        "incident_id": incident_id,
        "report_id": report_id,
        "facts": facts,
        "state": State.WAITING,
        "made_at": now,
        "due_at": due_at or now,
        "attempts": 0,
        "details": {},
    }


def add(session: Session, notices: Sequence[dict[str, Any]]) -> None:
    """Queue notices in the caller's transaction, but for steps that were queued before."""
    if notices:
        fresh = bulk.adding(session, Notice).on_conflict_do_nothing()
        session.connection().execute(fresh, notices)


def claim(
    database: Database,
    channel: Channel,
    holder: str,
    *,
    now: datetime,
    but_for: Collection[str] = (),
) -> Notice | None:
    """The notice that has been due longest, ours for `LEASE_LASTS`; None: nothing is due.

    `but_for`: recipients whose turn it is not.
    """
    due = [*_due(channel, now), *([Notice.recipient.not_in(but_for)] if but_for else [])]
    order = (Notice.due_at, Notice.made_at, Notice.id)
    with database.reading() as session:
        candidates = session.scalars(select(Notice.id).where(*due).order_by(*order).limit(20)).all()
    for id in candidates:
        lease = {"holder": holder, "leased_until": now + LEASE_LASTS}
        mine = update(Notice).where(Notice.id == id, *due)
        with database.writing() as session:
            if changed(session, mine.values(**lease, attempts=Notice.attempts + 1)):
                return session.get_one(Notice, id)
    return None


def set_aside(session: Session, channel: Channel, code: str, *, now: datetime) -> None:
    """Nothing that is due can leave at all: it is kept, all of it by one statement."""
    gone = {"state": State.UNSENT, "code": code, "ended_at": now}
    session.execute(update(Notice).where(*_due(channel, now)).values(**gone))


def _due(channel: Channel, now: datetime) -> list[ColumnElement[bool]]:
    """What a clock that was ahead has put off further than anything is, is due as well."""
    ahead = now + LEASE_LASTS + CLOCKS_DIFFER
    until = Notice.leased_until
    free = or_(until.is_(None), until <= now, until > ahead)
    due = or_(Notice.due_at <= now, Notice.due_at > now + PUT_OFF_MAX)
    return [Notice.state == State.WAITING, Notice.channel == channel, due, free]


def end(
    session: Session,
    notice: Notice,
    state: State,
    *,
    now: datetime,
    code: str | None = None,
    **details: Any,
) -> bool:
    """Note what became of it; False: it was somebody else's by then."""
    return _let_go(session, notice, state=state, ended_at=now, code=code, details=details)


def postpone(
    session: Session,
    notice: Notice,
    *,
    now: datetime,
    chance: Callable[[], float],
    code: str,
    counted: bool,
    **details: Any,
) -> datetime:
    """When it is tried again. Not `counted`: the trouble is the server's, and not the letter's."""
    due_at = now + pause_after(notice.attempts, chance())
    attempts = notice.attempts if counted else notice.attempts - 1
    _let_go(session, notice, due_at=due_at, attempts=attempts, code=code, details=details)
    return due_at


def pause_after(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many tries; `chance`: from 0 to 1."""
    grown = FIRST_PAUSE * min(GROWS ** (max(attempts, 1) - 1), PAUSE_MAX / FIRST_PAUSE)
    return grown * (1 - JITTER + 2 * JITTER * chance)


def postpone_others(
    session: Session, channel: Channel, recipient: str | None, *, until: datetime
) -> None:
    """Whoever would meet the same closed door waits as long; None: everybody of the channel."""
    theirs = [] if recipient is None else [Notice.recipient == recipient]
    waiting = [Notice.state == State.WAITING, Notice.channel == channel, Notice.due_at < until]
    session.execute(update(Notice).where(*waiting, *theirs).values(due_at=until))


def again(session: Session, states: Iterable[State], id: str | None, *, now: datetime) -> int:
    """Have what ended so, or one notice alone, tried anew; how many."""
    chosen: list[ColumnElement[bool]] = [Notice.state.in_(list(states))]
    if id is not None:
        chosen.append(Notice.id == id)
    fresh = {"state": State.WAITING, "due_at": now, "attempts": 0, "code": None, "ended_at": None}
    return changed(session, update(Notice).where(*chosen).values(**fresh))


def counts(session: Session) -> dict[tuple[str, str], int]:
    """By channel and state."""
    query = select(Notice.channel, Notice.state, func.count()).group_by(
        Notice.channel, Notice.state
    )
    return {(channel, state): count for channel, state, count in session.execute(query)}


def listed(session: Session, states: Iterable[State], *, most: int) -> list[Notice]:
    """What is wrong first, then what waits; of each the oldest first."""
    rank = case((Notice.state == State.WAITING, 1), else_=0)
    query = select(Notice).where(Notice.state.in_(list(states)))
    return list(session.scalars(query.order_by(rank, Notice.made_at, Notice.id).limit(most)))


def _let_go(session: Session, notice: Notice, **after: Any) -> bool:
    mine = update(Notice).where(Notice.id == notice.id, Notice.holder == notice.holder)
    return changed(session, mine.values(holder=None, leased_until=None, **after)) == 1

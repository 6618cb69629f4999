"""The queue of changes that the server has not answered, and what became of those it has."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, takewhile
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, not_, select, update
from sqlalchemy.orm import Session

from asset_model.matters import Matter, MatterState
from asset_model.sync.wire import Change, Group, Outcome
from field_app.store.images import keep_image, rebuild
from field_app.store.local import UNSETTLED, LocalChange, State

JOURNAL_DAYS = 30
CHANGES_READ_MAX = 1_000

_STATES = {"refused": State.REFUSED, "parked": State.PARKED}
_DECIDED = {"sent_back": State.RETURNED, "dropped": State.CLOSED}
"""By code: somebody has settled what was not taken."""


# Built once: to build a query takes SQLAlchemy longer than to run it.
_PENDING = select(LocalChange).where(LocalChange.state == State.PENDING).order_by(LocalChange.place)
_FIRST_PENDING = _PENDING.limit(bindparam("most"))
_BY_ID = select(LocalChange).where(LocalChange.id == bindparam("id"))


def waiting_groups(session: Session) -> Iterator[Group]:
    """The unanswered groups, in the order they were made."""
    entries = session.scalars(_FIRST_PENDING, {"most": CHANGES_READ_MAX}).all()
    by_group = [list(part) for _, part in groupby(entries, key=lambda entry: entry.group_id)]
    if len(entries) == CHANGES_READ_MAX:  # The limit may have cut the last one.
        last = by_group.pop()[0].group_id
        if not by_group:
            whole = _PENDING.where(LocalChange.group_id == last)
            by_group = [list(session.scalars(whole))]
    for part in by_group:
        yield Group(
            id=part[0].group_id,
            person=part[0].person_id,
            made_at=part[0].made_at,
            changes=tuple(_change(entry) for entry in part),
        )


def of_one_schema(session: Session, batch: Sequence[Group]) -> tuple[int, tuple[Group, ...]]:
    """The first groups that were made in the words of one revision, and which that is.

    What waits through an update of the app is sent in the words in which it was made.
    """
    query = select(LocalChange.group_id, LocalChange.schema).where(
        LocalChange.state == State.PENDING, LocalChange.group_id.in_([g.id for g in batch])
    )
    schemas = dict(session.execute(query).all())
    first = schemas[batch[0].id]
    return first, tuple(takewhile(lambda group: schemas[group.id] == first, batch))


def _change(entry: LocalChange) -> Change:
    return Change(
        id=entry.id,
        table=entry.table,
        row=entry.row,
        op=entry.op,  # type: ignore[arg-type]  # written from an Operation
        before=entry.before,
        after=entry.after,
    )


def note_outcome(session: Session, outcome: Outcome, *, answered_at: datetime) -> bool:
    """Write down what became of a change, at the server's time, and show its row accordingly.

    Whether it was waiting for an answer until now.
    """
    entry = session.scalars(_BY_ID, {"id": outcome.change}).one_or_none()
    if entry is None or not _is_news(entry, outcome):
        return False  # A late repeat of an answer; the first one stands.
    waited = entry.state == State.PENDING
    if entry.state in UNSETTLED:
        keep_image(session, entry.table, entry.row)
    entry.state = _state_after(outcome)
    entry.result = outcome.result
    entry.position = outcome.position
    entry.columns = {name: value for name, value in outcome.columns.items() if name in entry.after}
    entry.set_aside = outcome.set_aside
    entry.code = outcome.code
    entry.details = outcome.details
    entry.answered_at = answered_at
    session.flush()
    rebuild(session, entry.table, entry.row)
    return waited


def _is_news(entry: LocalChange, outcome: Outcome) -> bool:
    """A refusal is final but for a person: its repeat, or an older answer, tells nothing new."""
    if entry.state == State.REFUSED:
        return _state_after(outcome) not in UNSETTLED
    return entry.state in (State.PENDING, State.PARKED)


def _state_after(outcome: Outcome) -> State:
    if outcome.result == "refused" and outcome.code in _DECIDED:
        return _DECIDED[outcome.code]
    return _STATES.get(outcome.result, State.ACCEPTED)


ASKED_MAX = 100
_CHANGES = LocalChange.__table__.c
_OPEN_HERE = (
    select(Matter.id)
    .where(Matter.act_id == _CHANGES.group_id, Matter.state == MatterState.OPEN)
    .exists()
)
_UNSETTLED = (
    select(_CHANGES.id)
    .where(_CHANGES.state.in_(UNSETTLED), not_(and_(_CHANGES.state == State.REFUSED, _OPEN_HERE)))
    .order_by(_CHANGES.place)
    .limit(ASKED_MAX)
)
_FURTHEST = select(func.max(_CHANGES.position)).where(_CHANGES.state == State.ACCEPTED)
_READ_BACK = (_CHANGES.state == State.ACCEPTED, _CHANGES.position <= bindparam("reached"))
_ROWS_READ_BACK = select(_CHANGES.table_name, _CHANGES.row_id).where(*_READ_BACK).distinct()
_SETTLED = (
    update(LocalChange)
    .where(LocalChange.state == State.ACCEPTED, LocalChange.position <= bindparam("reached"))
    .values(state=State.SETTLED)
    .execution_options(synchronize_session="fetch")
)


def unsettled(session: Session) -> list[str]:
    """The changes that wait for a person, or for a row: the server is asked what became of them.

    Not those that were refused and whose matter is here, still open: it would tell.
    """
    return list(session.scalars(_UNSETTLED))


def furthest_accepted(session: Session) -> int:
    """The furthest position at which the server says it has put a change of ours."""
    return session.scalar(_FURTHEST) or 0


def settle(session: Session, position: int) -> None:
    """Every row up to `position` has been read: the changes it reflects lie over it no more."""
    reached = {"reached": position}
    keys = session.execute(_ROWS_READ_BACK, reached).all()
    if not keys:
        return
    session.execute(_SETTLED, reached)
    for table, row in keys:
        rebuild(session, table, row)


def offer_again(session: Session) -> None:
    """The history is a new one: what the old one accepted is offered again, under the same ids."""
    answered = LocalChange.state != State.PENDING
    rows = session.execute(select(LocalChange.table, LocalChange.row).where(answered).distinct())
    keys = rows.all()
    for table, row in keys:
        keep_image(session, table, row)
    session.execute(
        update(LocalChange)
        .where(answered)
        .values(state=State.PENDING, position=0, columns={}, code=None, result=None)
    )
    for table, row in keys:
        rebuild(session, table, row)


def forget_old(session: Session, *, server_now: datetime) -> None:
    """Settled changes leave the journal after a month of the server's clock; ours may jump.

    Those that wait for a person never leave by themselves.
    """
    old = LocalChange.answered_at < server_now - timedelta(days=JOURNAL_DAYS)
    over = LocalChange.state.in_((State.SETTLED, State.CLOSED))
    session.execute(delete(LocalChange).where(over, old))


def park_here(
    session: Session, group_id: str, code: str, details: dict[str, Any], *, now: datetime
) -> None:
    """A group that no server will take: it is kept, shown, and lets the others through."""
    entries = session.scalars(select(LocalChange).where(LocalChange.group_id == group_id)).all()
    for entry in entries:
        turned = Outcome(change=entry.id, result="parked", code=code, details=details)
        note_outcome(session, turned, answered_at=now)


def count(session: Session, *states: State) -> int:
    query = select(func.count()).select_from(LocalChange).where(LocalChange.state.in_(states))
    return session.scalar(query) or 0

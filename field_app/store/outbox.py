"""The queue of changes that the server has not answered, and what became of those it has."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, takewhile
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, not_, select, update
from sqlalchemy.orm import Session

from asset_model.matters import NOT_TAKEN, Matter, MatterState
from asset_model.sync.wire import Change, Group, Outcome
from field_app.store.images import keep_image, rebuild
from field_app.store.local import UNSETTLED, LocalBase, LocalChange, State

JOURNAL_DAYS = 30
CHANGES_AT_ONCE = 100
IDS_PER_QUERY = 500

_STATES = {"refused": State.REFUSED, "parked": State.PARKED}
_DECIDED = {"sent_back": State.RETURNED, "dropped": State.CLOSED}
"""By code: somebody has settled what was not taken."""


# Built once: to build a query takes SQLAlchemy longer than to run it.
_JOURNAL = LocalBase.metadata.tables["local_change"]
_CHANGES = _JOURNAL.c
_WAITING = (
    select(*_CHANGES["id", "group_id", "person_id", "made_at"])
    .add_columns(*_CHANGES["table_name", "row_id", "op", "before", "after"])
    .where(_CHANGES.state == State.PENDING)
    .order_by(_CHANGES.place)
    .execution_options(yield_per=CHANGES_AT_ONCE)
)
_BY_ID = select(*_CHANGES["id", "state", "table_name", "row_id", "after"]).where(
    _CHANGES.id.in_(bindparam("ids", expanding=True))
)
_ANSWERED = _JOURNAL.update().where(LocalChange.id == bindparam("change"))


def waiting_groups(session: Session) -> Iterator[Group]:
    """The unanswered groups, in the order they were made; no more is read than is taken."""
    waiting = session.execute(_WAITING)
    for group, entries in groupby(waiting, key=lambda entry: entry.group_id):
        part = list(entries)
        yield Group(
            id=group,
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


def _change(entry: Any) -> Change:
    return Change(
        id=entry.id,
        table=entry.table_name,
        row=entry.row_id,
        op=entry.op,
        before=entry.before,
        after=entry.after,
    )


def note_outcomes(session: Session, outcomes: Sequence[Outcome], *, answered_at: datetime) -> int:
    """Write down what became of changes, at the server's time, and show their rows accordingly.

    How many of them were waiting for an answer until now.
    """
    waited, moved = 0, set()
    answers: list[dict[str, Any]] = []
    entries = _entries(session, [outcome.change for outcome in outcomes])
    for outcome in outcomes:
        entry = entries.pop(outcome.change, None)
        if entry is None or not _is_news(entry.state, outcome):
            continue  # A late repeat of an answer; the first one stands.
        waited += entry.state == State.PENDING
        if entry.state in UNSETTLED:
            keep_image(session, entry.table_name, entry.row_id)
        answers.append(_answer(entry, outcome, answered_at))
        if not _lies_as_before(entry.state, outcome):
            moved.add((entry.table_name, entry.row_id))
    if answers:
        session.connection().execute(_ANSWERED, answers)
    rebuild(session, moved)
    return waited


def _entries(session: Session, ids: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for start in range(0, len(ids), IDS_PER_QUERY):
        entries = session.execute(_BY_ID, {"ids": ids[start : start + IDS_PER_QUERY]})
        found |= {entry.id: entry for entry in entries}
    return found


def _answer(entry: Any, outcome: Outcome, answered_at: datetime) -> dict[str, Any]:
    stands = {name: value for name, value in outcome.columns.items() if name in entry.after}
    state = _state_after(outcome)
    return {**vars(outcome), "state": state, "columns": stands, "answered_at": answered_at}


def _lies_as_before(state: str, outcome: Outcome) -> bool:
    """Whether the same lies over the row as until now: nearly always, and nothing is to be done."""
    accepted = state == State.PENDING and _state_after(outcome) == State.ACCEPTED
    return accepted and not outcome.columns


def _is_news(state: str, outcome: Outcome) -> bool:
    """A refusal is final but for a person: its repeat, or an older answer, tells nothing new."""
    if state == State.REFUSED:
        return _state_after(outcome) not in UNSETTLED
    return state in (State.PENDING, State.PARKED)


def _state_after(outcome: Outcome) -> State:
    if outcome.result == "refused" and outcome.code in _DECIDED:
        return _DECIDED[outcome.code]
    return _STATES.get(outcome.result, State.ACCEPTED)


ASKED_MAX = 100
_OPEN_HERE = (
    select(Matter.id)
    .where(
        *(Matter.act_id == _CHANGES.group_id, Matter.kind.in_(NOT_TAKEN)),
        Matter.state == MatterState.OPEN,
    )
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
    keys = [(table, row) for table, row in session.execute(_ROWS_READ_BACK, reached)]
    if keys:
        session.execute(_SETTLED, reached)
        rebuild(session, keys)


def offer_again(session: Session) -> None:
    """The history is a new one: what the old one accepted is offered again, under the same ids."""
    answered = LocalChange.state != State.PENDING
    rows = session.execute(select(LocalChange.table, LocalChange.row).where(answered).distinct())
    keys = [(table, row) for table, row in rows]
    for table, row in keys:
        keep_image(session, table, row)
    session.execute(
        update(LocalChange)
        .where(answered)
        .values(state=State.PENDING, position=0, columns={}, code=None, result=None)
    )
    rebuild(session, keys)


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
    turned = [
        Outcome(change=entry.id, result="parked", code=code, details=details) for entry in entries
    ]
    note_outcomes(session, turned, answered_at=now)


def count(session: Session, *states: State) -> int:
    query = select(func.count()).select_from(LocalChange).where(LocalChange.state.in_(states))
    return session.scalar(query) or 0

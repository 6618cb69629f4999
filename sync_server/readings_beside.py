"""Looking up the readings of a meter beside a moment, and those of the last year.

The index `server_reading_walk` leads there, verdict by verdict, past however many wait.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, union_all

from asset_model.base import UtcDateTime, instant
from asset_model.meter_rules import RATE_OVER
from asset_model.meters import MeterReading
from asset_model.vocabulary import TRUSTED
from sync_server.reading_books import PLACE, Held
from sync_server.workspace import Draft

_C = MeterReading.__table__.c
_AT: Any = bindparam("at", type_=UtcDateTime())
_VALUE: Any = bindparam("value")
_ID: Any = bindparam("id")


def beside(draft: Draft, meter_id: str, held: Held) -> tuple[Held | None, Held | None]:
    """The trusted readings just before and after it, stored ones and those of this write."""
    there = draft.workspace.session.execute(
        _NEAREST, {"meter": meter_id, "at": held.columns["taken_at"], "value": held.point.value,
                   "id": held.id},
    )  # fmt: skip
    near = [_held(*row) for row in there]
    for books in (draft.books, draft.workspace.books):
        near += [each for each in books.beside(meter_id, held) if each is not None]
    before = max((each for each in near if each.place < held.place), key=PLACE, default=None)
    after = min((each for each in near if each.place > held.place), key=PLACE, default=None)
    return before, after


def _held(id: str, taken_at: datetime, value: float, total: float | None) -> Held:
    return Held(id, {"taken_at": instant(taken_at), "value": value, "total": total})


def _nearest() -> Any:
    """By each verdict that is trusted, so that the index leads there past a long queue."""
    sooner = or_(
        _C.taken_at < _AT,
        and_(_C.taken_at == _AT, or_(_C.value < _VALUE, and_(_C.value == _VALUE, _C.id < _ID))),
    )
    later = or_(
        _C.taken_at > _AT,
        and_(_C.taken_at == _AT, or_(_C.value > _VALUE, and_(_C.value == _VALUE, _C.id > _ID))),
    )
    order = (_C.taken_at, _C.value, _C.id)
    sides = (
        (and_(_C.taken_at <= _AT, sooner), [column.desc() for column in order]),
        (and_(_C.taken_at >= _AT, later), list(order)),
    )
    arms = [
        select(_C.id, _C.taken_at, _C.value, _C.total)
        .where(_C.meter_id == bindparam("meter"), _C.review == verdict, side)
        .order_by(*way)
        .limit(1)
        .subquery()
        for side, way in sides
        for verdict in TRUSTED
    ]
    return union_all(*(select(arm) for arm in arms))


_NEAREST = _nearest()


def points_of_late(draft: Draft, meter_id: str) -> list[tuple[datetime, float]]:
    """Moment and total of the trusted readings of the last year, in order."""
    session = draft.workspace.session
    mine = [
        (held.point.taken_at, held.columns["total"])
        for books in (draft.workspace.books, draft.books)
        for held in books.added.get(meter_id, [])
    ]
    last = [row.taken_at for row in session.execute(_LAST, {"meter": meter_id})]
    since = max([*last, *(taken_at for taken_at, _ in mine)]) - RATE_OVER
    there = session.execute(_SINCE, {"meter": meter_id, "since": instant(since)})
    stored = [(row.taken_at, row.total) for row in there if row.total is not None]
    return sorted([*stored, *(point for point in mine if point[0] >= since)])


_LAST = union_all(
    *(
        select(
            select(_C.taken_at)
            .where(_C.meter_id == bindparam("meter"), _C.review == verdict)
            .order_by(_C.taken_at.desc())
            .limit(1)
            .subquery()
        )
        for verdict in TRUSTED
    )
)
_SINCE = select(_C.taken_at, _C.total).where(
    _C.meter_id == bindparam("meter"),
    _C.review.in_(TRUSTED),
    _C.taken_at >= bindparam("since", type_=UtcDateTime()),
)

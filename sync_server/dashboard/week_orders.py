"""The orders of a week: created, finished, closed; of three weeks at once in one query each."""

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import ColumnElement, func, select

from asset_model.facts import StatusChange
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from sync_server.dashboard.came import Came, Question, Weekly
from sync_server.dashboard.figure import Listing
from sync_server.dashboard.orders import orders_where
from sync_server.dashboard.weeks import Week

OVER = (S.DONE, S.CLOSED)
Condition = Callable[[Week], ColumnElement[bool]]


def _opened(week: Week) -> ColumnElement[bool]:
    begin, end = week.span
    return (WorkOrder.created_at >= begin) & (WorkOrder.created_at < end)


def _finished(week: Week) -> ColumnElement[bool]:
    begin, end = week.span
    when = (WorkOrder.completed_at >= begin) & (WorkOrder.completed_at < end)
    return when & WorkOrder.status.in_(OVER)


def _closed(week: Week) -> ColumnElement[bool]:
    begin, end = week.span
    moved = select(StatusChange.work_order_id).where(
        StatusChange.to_status == S.CLOSED,
        StatusChange.changed_at >= begin,
        StatusChange.changed_at < end,
    )
    return (WorkOrder.status == S.CLOSED) & WorkOrder.id.in_(moved)


def _came(condition: Condition, asked: Question, weeks: Sequence[Week]) -> list[Came]:
    counts = [func.count(WorkOrder.id).filter(condition(week)) for week in weeks]
    (row,) = asked.session.execute(select(*counts).where(*asked.narrowed.of_orders))
    return [Came(float(count), count) for count in row]


def _listed(
    condition: Condition, asked: Question, week: Week, part: str | None, page: int | None
) -> Listing:
    conditions = [*asked.narrowed.of_orders, condition(week)]
    return orders_where(asked.session, conditions, page)


def _weekly(condition: Condition) -> Weekly:
    since = (WorkOrder.created_at,)
    return Weekly("", partial(_came, condition), partial(_listed, condition), since)


OF_ORDERS = {
    "opened": _weekly(_opened),
    "finished": _weekly(_finished),
    "closed": _weekly(_closed),
}

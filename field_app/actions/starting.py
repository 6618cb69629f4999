"""A crew takes an order on, and with its start the time of who starts it; undone, both go back."""

from sqlalchemy.orm import Session

from asset_model.ids import Author
from asset_model.transitions import OFFICE
from asset_model.vocabulary import WorkOrderStatus as S
from field_app.actions import timing, work_orders
from field_app.actions.acting import role_of


def move_on(session: Session, order_id: str, wanted: S, *, by: Author) -> None:
    """As `work_orders.move`; started or resumed, the author's time runs there, unless it does
    elsewhere already.

    :raises Refused: what `work_orders.move` raises
    """
    work_orders.move(session, order_id, wanted, by=by)
    at_work = wanted == S.IN_PROGRESS and role_of(session, by) not in OFFICE
    if at_work and timing.running(session, by.person_id) is None:
        timing.start(session, order_id, by=by)


def take_back(session: Session, order_id: str, before: S, *, by: Author, reason: str) -> None:
    """It is as it was `before`: of a start only a time of more than a minute stays noted.

    :raises Refused: what `work_orders.move` raises
    """
    work_orders.move(session, order_id, before, by=by, reason=reason)
    if before == S.ACCEPTED:
        timing.stop_on(session, order_id, by=by)

"""Finishing an order that citizens wait for: what they are told leaves before the news itself."""

from sqlalchemy.orm import Session

from asset_model.ids import Author
from asset_model.vocabulary import WorkOrderStatus
from asset_model.work_orders import WorkOrder
from field_app.actions import incidents, work_orders


def finish(session: Session, order_id: str, words_fr: str, words_en: str, *, by: Author) -> None:
    """Done, and said so with these words; with none, that the work is done and no more.

    Two groups: should the words be refused, the work is done all the same.

    :raises Refused: as `work_orders.move`
    """
    incident_id = session.get_one(WorkOrder, order_id).incident_id
    if incident_id is not None:
        incidents.prepare_answer(session, incident_id, words_fr, words_en, by=by)
    work_orders.move(session, order_id, WorkOrderStatus.DONE, by=by)

"""What may be said to citizens as an order of an incident ends."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from asset_model.closing_words import ClosingWords, Sentence, in_force, offered
from asset_model.incidents import Incident
from asset_model.work_orders import WorkOrder
from field_app.reads.templates import template_of


def sentences_for(session: Session, incident: Incident, order: WorkOrder) -> list[Sentence]:
    """The town's sentences that fit what was reported and the job, those made for it first."""
    service = session.get(Service, incident.service_id)
    template = template_of(session, order.template) if order.template else None
    return offered(
        in_force(session.scalars(select(ClosingWords))),
        service.code if service else "",
        template.code if template else None,
    )

"""What the work looks like once it is done, for whoever reported: small pictures, of the end alone.

A thumbnail is made from the pixels alone: it tells neither where nor by whose device it was taken,
and is too small to read a plate or know a face by (docs/decisions/0038).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.incident_vocabulary import IncidentStatus
from asset_model.incidents import Incident
from asset_model.photos import THUMBNAIL_TYPE, Photo
from sync_server.photo_depot import Depot

AFTER = "after"
SHOWN_MAX = 2
MEDIA_TYPE = THUMBNAIL_TYPE


def work_photos(session: Session, incident: Incident, depot: Depot | None) -> list[Photo]:
    """The last that the crew took of its finished work, as far as they have come; none before."""
    if depot is None or incident.status != IncidentStatus.RESOLVED or incident.order_id is None:
        return []
    query = select(Photo).where(Photo.work_order_id == incident.order_id, Photo.moment == AFTER)
    taken = session.scalars(query.order_by(Photo.taken_at.desc(), Photo.id).limit(SHOWN_MAX))
    return [each for each in taken if depot.store.size(each.thumbnail_sha256) is not None]

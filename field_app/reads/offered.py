"""What citizens can ask of 311, found by the words that an agent hears."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from field_app.reads.searching import mentions

SHOWN_MAX = 6


def find_services(session: Session, text: str, *, limit: int = SHOWN_MAX) -> Sequence[Service]:
    """Those that are offered and of which every word stands in a name, a group or the keywords."""
    columns = (
        *(Service.name_fr, Service.name_en, Service.keywords, Service.code),
        *(Service.group_fr, Service.group_en),
    )
    said = [mentions(columns, word) for word in text.split()]
    query = select(Service).where(Service.active, *said).order_by(Service.name_fr)
    return session.scalars(query.limit(limit)).all()

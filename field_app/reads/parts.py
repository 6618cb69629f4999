"""What the store has, for the line that says what was used."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Part
from field_app.reads.searching import LOOSENESS, may_mention, mentions

PARTS_MAX = 12


def find_parts(session: Session, text: str, *, limit: int = PARTS_MAX) -> tuple[Part, ...]:
    """Parts with every word of `text` in a label or the code; without words, the first ones."""
    query = select(Part)
    for word in text.split():
        query = query.where(may_mention((Part.code, Part.label_fr, Part.label_en), word))
    read = session.scalars(query.order_by(Part.label_fr).limit(limit * LOOSENESS))
    found = [part for part in read if mentions((part.code, part.label_fr, part.label_en), text)]
    return tuple(found[:limit])

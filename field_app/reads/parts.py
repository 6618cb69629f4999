"""What the store has, for the line that says what was used."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Part
from field_app.reads.searching import mentions

PARTS_MAX = 12


def find_parts(
    session: Session, text: str, *, only: Sequence[str] = (), limit: int = PARTS_MAX
) -> tuple[Part, ...]:
    """Parts with every word of `text` in a label or the code; without words, the first ones.

    `only`: among these ids.
    """
    query = select(Part)
    if only:
        query = query.where(Part.id.in_(only))
    for word in text.split():
        query = query.where(mentions((Part.code, Part.label_fr, Part.label_en), word))
    return tuple(session.scalars(query.order_by(Part.label_fr).limit(limit)))

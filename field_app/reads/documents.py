"""The papers of an asset, and whether each is at hand on this device."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.documents import AssetDocument, DocumentKind
from asset_model.people import Person
from field_app.store.local import FileState, PhotoFile

DOCUMENTS_MAX = 40


@dataclass(frozen=True)
class DocumentLine:
    """`state`, `percent` and `pinned` are of its file here; None: it was never asked for."""

    document: AssetDocument
    person: str
    state: str | None
    percent: int
    pinned: bool

    @property
    def on_its_way(self) -> bool:
        return self.state == FileState.WANTED


def documents_of(session: Session, asset_id: str) -> tuple[DocumentLine, ...]:
    """By kind and title; pictures of a condition stand with their grade."""
    query = (
        select(AssetDocument, Person.name, PhotoFile.state, PhotoFile.moved, PhotoFile.pinned)
        .outerjoin(Person, Person.id == AssetDocument.person_id)
        .outerjoin(PhotoFile, PhotoFile.sha256 == AssetDocument.sha256)
        .where(
            AssetDocument.asset_id == asset_id,
            AssetDocument.kind != DocumentKind.CONDITION,
            AssetDocument.withdrawn_at.is_(None),
        )
        .order_by(AssetDocument.kind, AssetDocument.title, AssetDocument.id)
        .limit(DOCUMENTS_MAX)
    )
    return tuple(
        DocumentLine(one, name or "", state, 100 * (moved or 0) // one.byte_size, bool(pinned))
        for one, name, state, moved, pinned in session.execute(query)
    )

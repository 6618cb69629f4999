"""Keeping a paper or a picture with an asset: the file first, then the row that names it."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.documents import PDF, AssetDocument, DocumentKind, check_attaching, is_pdf
from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.photos import BYTES_MAX
from asset_model.roles import check_edit, check_insert
from field_app.actions import photos as pictures
from field_app.actions.acting import role_of
from field_app.store import photos
from field_app.store.edits import recorded
from field_app.store.photo_folder import PhotoFolder
from field_app.store.pictures import Picture

MB = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """A file that is on this disk, by its hash; the thumbnail of a picture is there too."""

    sha256: str
    size: int
    media_type: str
    thumbnail: bytes | None = None

    @classmethod
    def of(cls, picture: Picture) -> "Kept":
        return cls(picture.sha256, picture.size, picture.media_type, picture.thumbnail)


def keep(data: bytes, folder: Path) -> Kept:
    """Put a file on the disk, for good, before anything names it.

    :raises Refused: ``document_too_large``, ``document_unreadable``
    :raises OSError: the disk is full
    """
    if len(data) > BYTES_MAX:
        raise Refused("document_too_large", size=round(len(data) / MB), limit=BYTES_MAX // MB)
    if is_pdf(io.BytesIO(data)):
        return Kept(PhotoFolder(folder).keep(data), len(data), PDF)
    try:
        return Kept.of(pictures.keep(data, folder))
    except Refused:
        raise Refused("document_unreadable") from None


def attach(
    session: Session,
    asset_id: str,
    kept: Kept,
    *,
    by: Author,
    kind: str,
    title: str,
    reading_id: str | None = None,
) -> AssetDocument:
    """A kept file becomes a document of the asset; the same one twice is one document.

    :raises Refused: ``role_not_allowed``, ``document_of_office``
    """
    role = role_of(session, by)
    check_insert(role, AssetDocument.__tablename__)
    check_attaching(role, {"kind": kind, "media_type": kept.media_type})
    asset = session.get_one(Asset, asset_id)
    twin = select(AssetDocument).where(
        AssetDocument.asset_id == asset.id,
        AssetDocument.sha256 == kept.sha256,
        AssetDocument.withdrawn_at.is_(None),
    )
    if kind != DocumentKind.CONDITION and (there := session.scalars(twin).first()) is not None:
        return there
    small = kept.thumbnail
    document = AssetDocument(
        id=by.new_id(),
        asset_id=asset.id,
        person_id=by.person_id,
        reading_id=reading_id,
        kind=kind,
        title=title.strip(),
        sha256=kept.sha256,
        byte_size=kept.size,
        media_type=kept.media_type,
        thumbnail_sha256=hashlib.sha256(small).hexdigest() if small else None,
        thumbnail_size=len(small) if small else None,
        attached_at=by.now,
    )
    with recorded(session, by=by):
        session.add(document)
    photos.enqueue(session, document)
    return document


def withdraw(session: Session, document_id: str, *, by: Author) -> None:
    """It is not shown any more; the file and who attached it stay on the server.

    :raises Refused: ``role_not_allowed``
    """
    check_edit(role_of(session, by), AssetDocument.__tablename__, frozenset({"withdrawn_at"}))
    document = session.get_one(AssetDocument, document_id)
    with recorded(session, by=by):
        document.withdrawn_at, document.withdrawn_by = by.now, by.person_id


def put_back(session: Session, document_id: str, *, by: Author) -> None:
    """:raises Refused: ``role_not_allowed``"""
    check_edit(role_of(session, by), AssetDocument.__tablename__, frozenset({"withdrawn_at"}))
    document = session.get_one(AssetDocument, document_id)
    with recorded(session, by=by):
        document.withdrawn_at = document.withdrawn_by = None


def bring(session: Session, document_id: str, *, pinned: bool, here: bool) -> None:
    """The file is fetched, unless it is `here`; `pinned`: it stays on this device, to be at hand
    without a signal.
    """
    document = session.get_one(AssetDocument, document_id)
    if not here:
        photos.want(session, document, thumbnail=False)
    session.flush()
    photos.pin(session, document, pinned=pinned)

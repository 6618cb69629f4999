"""Which files of photos and documents a device may send and see: those that a row of its own
names.
"""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from asset_model.documents import PDF, AssetDocument
from asset_model.errors import Refused
from asset_model.incidents import ReportPhoto
from asset_model.photos import Photo, is_hash
from sync_server.scope import scope_of
from sync_server.tables import Device, JournalEntry


def check_sight(session: Session, device: Device, sha256: str) -> None:
    """:raises Refused: ``photo_unknown`` unless a row in the device's scope names the file"""
    if not _in_scope(session, device, _naming(session, sha256)):
        raise Refused("photo_unknown")


def check_sending(session: Session, device: Device, sha256: str, size: int) -> bool:
    """Whether the file is a thumbnail, once it is proven that the device may send it.

    It may when a row names it that is in its scope, or that it made: an order may have left the
    tablet before its pictures did.

    :raises Refused: ``photo_unknown``, or ``bad_value`` for a size that no such row announced
    """
    rows = _naming(session, sha256)
    held = _in_scope(session, device, rows) or _made_by(session, device, rows)
    if not held:
        raise Refused("photo_unknown")
    if any(row.thumbnail_sha256 == sha256 and row.thumbnail_size == size for row in held):
        return True
    if any(row.sha256 == sha256 and row.byte_size == size for row in held):
        return False
    raise Refused("bad_value", field="Upload-Length", value=str(size), why="≠ photo")


Named = Photo | ReportPhoto | AssetDocument
KINDS: tuple[type[Photo] | type[ReportPhoto] | type[AssetDocument], ...] = (
    Photo,
    ReportPhoto,
    AssetDocument,
)


def may_be_pdf(session: Session, sha256: str) -> bool:
    """Whether a document says that this file is one: photos are pictures."""
    said = (AssetDocument.sha256 == sha256) & (AssetDocument.media_type == PDF)
    return session.scalar(select(AssetDocument.id).where(said).limit(1)) is not None


def _naming(session: Session, sha256: str) -> Sequence[Named]:
    if not is_hash(sha256):
        return ()
    found: list[Named] = []
    for kind in KINDS:
        named = or_(kind.sha256 == sha256, kind.thumbnail_sha256 == sha256)
        found += session.scalars(select(kind).where(named))
    return found


def _in_scope(session: Session, device: Device, rows: Sequence[Named]) -> Sequence[Named]:
    if not rows:
        return ()
    scope = scope_of(session, device)
    return [row for row in rows if scope.meets(row.buckets.split())]


def _made_by(session: Session, device: Device, rows: Sequence[Named]) -> Sequence[Named]:
    by_id = {row.id: row for row in rows}
    made = select(JournalEntry.row).where(
        JournalEntry.row.in_(by_id),
        JournalEntry.table.in_([kind.__tablename__ for kind in KINDS]),
        JournalEntry.op == "insert",
        JournalEntry.device_id == device.id,
    )
    return [by_id[id] for id in set(session.scalars(made))]

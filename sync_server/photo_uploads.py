"""Receiving the files of photos: begun, continued after any cut, and kept once proven whole.

How far an upload is, its unfinished file says by its length, and nothing else does: so no record
can disagree with it, whoever dies when. A file leaves `parts` for the store only under the hash
that its bytes have.
"""

import hashlib
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session

from asset_model.base import UtcDateTime
from asset_model.database import Database
from asset_model.documents import PDF, is_pdf
from asset_model.errors import Refused
from asset_model.photos import BYTES_MAX, HEAD_BYTES, media_type_of
from asset_model.pictures import check_picture
from sync_server.photo_depot import Depot
from sync_server.photo_rights import check_sending, may_be_pdf
from sync_server.tables import Device, PhotoUpload, StoredPhoto

KEPT = timedelta(days=7)
"""How long an unfinished upload is kept after it began."""

UNFINISHED_MAX = 50
"""Of one device. A tablet of ours has one under way at a time."""

ROOM_KEPT_BYTES = 100 * 1024 * 1024
"""Of the disk, for the database: photos do not take the last of it."""

_STORED = text(
    "INSERT INTO stored_photo (sha256, size, media_type, device_id, stored_at)"
    " VALUES (:sha256, :size, :media_type, :device_id, :stored_at)"
    " ON CONFLICT (sha256) DO NOTHING"
).bindparams(bindparam("stored_at", type_=UtcDateTime()))


def begin(
    session: Session, depot: Depot, device: Device, sha256: str, size: int, *, now: datetime
) -> PhotoUpload:
    """The upload of this file by this device: the same one however often it is asked for.

    :raises Refused: ``photo_unknown``, ``photo_too_large``, ``bad_value``, ``uploads_too_many``,
        ``storage_full``
    """
    if not 0 < size <= BYTES_MAX:
        raise Refused("photo_too_large", what=size, limit=BYTES_MAX)
    thumbnail = check_sending(session, device, sha256, size)
    give_up_old(session, depot, now=now)
    id = hashlib.sha256(f"{device.id}\n{sha256}".encode()).hexdigest()[:32]
    upload = session.get(PhotoUpload, id)
    if upload is None:
        _check_room(session, depot, device, size)
        upload = PhotoUpload(
            id=id,
            device_id=device.id,
            sha256=sha256,
            size=size,
            thumbnail=thumbnail,
            begun_at=now,
        )
        session.add(upload)
        session.flush()
    if not is_whole(session, depot, sha256):
        depot.parts.mkdir(parents=True, exist_ok=True)
        depot.part(upload).open("ab").close()
        upload.finished_at = None
    return upload


def _check_room(session: Session, depot: Depot, device: Device, size: int) -> None:
    unfinished = select(func.count()).where(
        PhotoUpload.device_id == device.id, PhotoUpload.finished_at.is_(None)
    )
    if (session.scalar(unfinished) or 0) >= UNFINISHED_MAX:
        raise Refused("uploads_too_many", seconds=60)
    check_disk(depot, size)


def check_disk(depot: Depot, size: int) -> None:
    """:raises Refused: ``storage_full``"""
    depot.parts.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(depot.parts).free < size + ROOM_KEPT_BYTES:
        raise Refused("storage_full")


def give_up_old(session: Session, depot: Depot, *, now: datetime) -> None:
    """Uploads begun too long ago go, with what has arrived of them."""
    for upload in session.scalars(select(PhotoUpload).where(PhotoUpload.begun_at < now - KEPT)):
        give_up(session, depot, upload)
    session.flush()


def give_up(session: Session, depot: Depot, upload: PhotoUpload) -> None:
    depot.part(upload).unlink(missing_ok=True)
    session.delete(upload)


def upload_of(session: Session, device: Device, id: str, *, now: datetime) -> PhotoUpload:
    """:raises Refused: ``upload_unknown``, also for one that is another device's"""
    upload = session.get(PhotoUpload, id)
    if upload is None or upload.device_id != device.id or upload.begun_at < now - KEPT:
        raise Refused("upload_unknown", days=KEPT.days)
    return upload


def is_whole(session: Session, depot: Depot, sha256: str) -> bool:
    """Whether the file is here. The store is asked too: a restored database may promise more."""
    stored = session.get(StoredPhoto, sha256)
    return stored is not None and depot.store.size(sha256) == stored.size


def standing(database: Database, depot: Depot, upload: PhotoUpload, *, now: datetime) -> int:
    """How many bytes have arrived; what was complete but not yet checked is checked first.

    :raises Refused: ``upload_unknown``, and what `finish` raises
    """
    with database.reading() as session:
        if is_whole(session, depot, upload.sha256):
            return upload.size
    arrived = _arrived(depot, upload)
    if arrived == upload.size or (arrived is None and _kept_unnoted(depot, upload)):
        finish(database, depot, upload, now=now)
        return upload.size
    if arrived is None:
        raise Refused("upload_unknown", days=KEPT.days)
    return arrived


def _arrived(depot: Depot, upload: PhotoUpload) -> int | None:
    try:
        return depot.part(upload).stat().st_size
    except FileNotFoundError:
        return None


def _kept_unnoted(depot: Depot, upload: PhotoUpload) -> bool:
    """The process died between keeping the file, checked as it was, and saying so."""
    return depot.store.size(upload.sha256) == upload.size


def append(depot: Depot, upload: PhotoUpload, offset: int, data: bytes) -> int:
    """Add bytes at `offset`, where the file must end; give where it ends then.

    :raises Refused: ``upload_elsewhere``, ``photo_too_large``, ``storage_full``
    """
    if offset + len(data) > upload.size:
        raise Refused("photo_too_large", what=offset + len(data), limit=upload.size)
    with depot.held(upload):
        arrived = _arrived(depot, upload)
        if arrived != offset:
            at = upload.size if arrived is None else arrived
            raise Refused("upload_elsewhere", offset=at, asked=offset)
        try:
            with depot.part(upload).open("ab") as stream:
                stream.write(data)
        except OSError as error:
            raise Refused("storage_full", why=error.strerror) from error
    return offset + len(data)


def take_back(depot: Depot, upload: PhotoUpload, start: int, end: int) -> None:
    """Drop a piece that arrived garbled, unless more has followed it since."""
    with depot.held(upload):
        if _arrived(depot, upload) == end:
            os.truncate(depot.part(upload), start)


def settle(depot: Depot, upload: PhotoUpload) -> None:
    """What has arrived is on the disk before anybody is told so."""
    try:
        with depot.part(upload).open("rb+") as stream:
            os.fsync(stream.fileno())
    except FileNotFoundError:
        pass  # A twin of this request has finished the upload.


def finish(database: Database, depot: Depot, upload: PhotoUpload, *, now: datetime) -> None:
    """Check the complete file against its name, then let it be seen.

    :raises Refused: ``photo_garbled``, ``photo_unreadable``, ``photo_too_large``; the upload is
        gone then, to be begun anew
    """
    with depot.held(upload):
        part = depot.part(upload)
        if part.exists():
            try:
                media_type = _checked(database, part, upload)
            except Refused:
                _begin_anew(database, depot, upload)
                raise
            depot.store.put(upload.sha256, part)
        else:
            head = next(depot.store.read(upload.sha256, 0, HEAD_BYTES))
            media_type = media_type_of(head) or PDF
    with database.writing() as session:
        note_stored(session, upload.sha256, upload.size, media_type, upload.device_id, now=now)
        if noted := session.get(PhotoUpload, upload.id):
            noted.finished_at = now


def note_stored(
    session: Session,
    sha256: str,
    size: int,
    media_type: str,
    device_id: str | None,
    *,
    now: datetime,
) -> None:
    """The file is here whole: its hash was checked."""
    stored = {"sha256": sha256, "size": size, "media_type": media_type, "device_id": device_id}
    session.execute(_STORED, {**stored, "stored_at": now})


def _begin_anew(database: Database, depot: Depot, upload: PhotoUpload) -> None:
    with database.writing() as session:
        if noted := session.get(PhotoUpload, upload.id):
            give_up(session, depot, noted)


def _checked(database: Database, part: Path, upload: PhotoUpload) -> str:
    with part.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != upload.sha256:
            raise Refused("photo_garbled")
        if is_pdf(stream):
            with database.reading() as session:
                if may_be_pdf(session, upload.sha256):
                    return PDF
        return check_picture(stream, thumbnail=upload.thumbnail)

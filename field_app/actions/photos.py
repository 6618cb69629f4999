"""Adding a photo to an order: the files first, then the row that names them."""

import hashlib
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.fleet import Defect
from asset_model.fleet_rules import repair_order_id
from asset_model.ids import Author
from asset_model.photos import CAPTION_LENGTH_MAX, MOMENTS, Photo
from asset_model.roles import check_insert
from asset_model.work_orders import WorkOrder
from field_app.actions.acting import role_of
from field_app.store import photos
from field_app.store.edits import recorded
from field_app.store.photo_folder import PhotoFolder
from field_app.store.pictures import Picture, read_picture


def add(
    session: Session,
    order_id: str,
    data: bytes,
    *,
    by: Author,
    folder: Path,
    moment: str | None = None,
    caption: str | None = None,
) -> Photo:
    """Keep a picture and attach it. A screen calls `keep` and `attach` apart: the first is slow.

    :raises Refused: what `keep` and `attach` raise
    :raises OSError: the disk is full; there is no row then
    """
    picture = keep(data, folder)
    return attach(session, order_id, picture, by=by, moment=moment, caption=caption)


def keep(data: bytes, folder: Path) -> Picture:
    """Put a picture and its thumbnail on the disk, for good, before anything names them.

    :raises Refused: ``photo_unreadable``, ``photo_too_large``
    :raises OSError: the disk is full
    """
    picture = read_picture(data)
    place = PhotoFolder(folder)
    place.keep(data)
    place.keep(picture.thumbnail)
    return picture


def attach(
    session: Session,
    order_id: str,
    picture: Picture,
    *,
    by: Author,
    moment: str | None = None,
    caption: str | None = None,
) -> Photo:
    """A kept picture becomes a photo of the order; the same one twice is one photo.

    :raises Refused: ``person_unknown``, ``role_not_allowed``, ``bad_value``
    """
    order = session.get_one(WorkOrder, order_id)
    return _attached(session, order.id, picture, by=by, moment=moment, caption=caption)


def attach_to_defect(session: Session, defect_id: str, picture: Picture, *, by: Author) -> Photo:
    """A picture of a defect goes to its repair order, which the server makes when it hears of it.

    :raises Refused: ``person_unknown``, ``role_not_allowed``
    """
    defect = session.get_one(Defect, defect_id)
    return _attached(session, repair_order_id(defect.id), picture, by=by, moment="defect")


def _attached(
    session: Session,
    order_id: str,
    picture: Picture,
    *,
    by: Author,
    moment: str | None,
    caption: str | None = None,
) -> Photo:
    words = (caption or "").strip()
    if moment not in (None, *MOMENTS):
        raise Refused("bad_value", field="moment", value=moment, why=", ".join(MOMENTS))
    if len(words) > CAPTION_LENGTH_MAX:
        raise Refused("bad_value", field="caption", value=words[:20], why=f"≤ {CAPTION_LENGTH_MAX}")
    check_insert(role_of(session, by), Photo.__tablename__)
    twin = select(Photo).where(Photo.work_order_id == order_id, Photo.sha256 == picture.sha256)
    if (there := session.scalars(twin).first()) is not None:
        return there
    photo = _photo(order_id, picture, by, moment, words or None)
    with recorded(session, by=by):
        session.add(photo)
    photos.enqueue(session, photo)
    return photo


def _photo(
    order_id: str, picture: Picture, by: Author, moment: str | None, caption: str | None
) -> Photo:
    taken_at = min(picture.taken_at or by.now, by.now)
    return Photo(
        id=by.new_id(),
        work_order_id=order_id,
        person_id=by.person_id,
        sha256=picture.sha256,
        byte_size=picture.size,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        thumbnail_sha256=hashlib.sha256(picture.thumbnail).hexdigest(),
        thumbnail_size=len(picture.thumbnail),
        caption=caption,
        moment=moment,
        taken_at=taken_at,
    )

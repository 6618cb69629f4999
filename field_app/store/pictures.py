"""What a picture is, and its thumbnail: read with care, since nobody knows where it comes from."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime

from PIL import ExifTags, Image

from asset_model.errors import Refused
from asset_model.numbers import megabytes
from asset_model.photos import BYTES_MAX
from asset_model.pictures import opened, thumbnail_of


@dataclass(frozen=True)
class Picture:
    """A picture as it is shown: upright. `taken_at` where the camera wrote it with its zone."""

    sha256: str
    size: int
    media_type: str
    width: int
    height: int
    taken_at: datetime | None
    thumbnail: bytes


def read_picture(data: bytes) -> Picture:
    """What the bytes hold, with a small upright JPEG of it.

    :raises Refused: ``photo_unreadable``, ``photo_too_large``
    """
    if len(data) > BYTES_MAX:
        raise Refused("photo_too_large", what=megabytes(len(data)), limit=megabytes(BYTES_MAX))
    with opened(io.BytesIO(data)) as picture:
        media_type = Image.MIME[picture.format or ""]
        taken_at = _taken_at(picture)
        size, turned = picture.size, _is_turned(picture)
        thumbnail = thumbnail_of(picture)
    width, height = reversed(size) if turned else size
    return Picture(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=media_type,
        width=width,
        height=height,
        taken_at=taken_at,
        thumbnail=thumbnail,
    )


def _is_turned(picture: Image.Image) -> bool:
    """Whether the camera was held so that width and height change places (EXIF 5 to 8)."""
    return picture.getexif().get(ExifTags.Base.Orientation) in (5, 6, 7, 8)


def _taken_at(picture: Image.Image) -> datetime | None:
    told = picture.getexif().get_ifd(ExifTags.IFD.Exif)
    moment = told.get(ExifTags.Base.DateTimeOriginal)
    zone = told.get(ExifTags.Base.OffsetTimeOriginal)
    if not isinstance(moment, str) or not isinstance(zone, str):
        return None  # Without its zone a camera's time could be any of 24.
    try:
        return datetime.strptime(f"{moment} {zone}", "%Y:%m:%d %H:%M:%S %z")
    except ValueError:
        return None

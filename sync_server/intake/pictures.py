"""Citizens' pictures: made anew before they are kept, so that a camera's notes go no further.

A phone writes into a picture where it was taken and whose phone it is; nobody who reports a
pothole meant to tell that (docs/decisions/0025).
"""

import hashlib
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.numbers import measured, megabytes
from asset_model.pictures import jpeg_of, opened, thumbnail_of, upright_of
from sync_server.photo_depot import Depot
from sync_server.photo_uploads import check_disk, note_stored

BYTES_MAX = 15 * 1024 * 1024
SIDE_PX = 2_048
QUALITY = 82
PIXELS_MAX = 40_000_000
"""Of a picture that cannot be decoded smaller than it is: PNG and WebP."""

_AT_ONCE = threading.Semaphore(2)
"""A burst of pictures takes the memory of two."""


@dataclass(frozen=True)
class Picture:
    content: bytes
    thumbnail: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def thumbnail_sha256(self) -> str:
        return hashlib.sha256(self.thumbnail).hexdigest()


def remade(data: bytes) -> Picture:
    """:raises Refused: ``photo_unreadable``, ``photo_too_large``"""
    if len(data) > BYTES_MAX:
        raise Refused("photo_too_large", what=megabytes(len(data)), limit=megabytes(BYTES_MAX))
    with _AT_ONCE:
        with opened(io.BytesIO(data)) as picture:
            if picture.format != "JPEG" and picture.width * picture.height > PIXELS_MAX:
                raise Refused("photo_too_large", what=f"{picture.width} × {picture.height}",
                              limit=measured(PIXELS_MAX, "px"))  # fmt: skip
            upright = upright_of(picture, SIDE_PX)
        content = jpeg_of(upright, QUALITY)
        return Picture(content, thumbnail_of(upright), upright.width, upright.height)


def keep(depot: Depot, pictures: Sequence[Picture]) -> None:
    """Put the files in the depot, before any row names them.

    :raises Refused: ``storage_full``
    """
    for picture in pictures:
        check_disk(depot, len(picture.content))
        depot.keep(picture.sha256, io.BytesIO(picture.content))
        depot.keep(picture.thumbnail_sha256, io.BytesIO(picture.thumbnail))


def note(session: Session, picture: Picture, *, now: datetime) -> None:
    """The files are here whole."""
    files = ((picture.sha256, picture.content), (picture.thumbnail_sha256, picture.thumbnail))
    for sha256, content in files:
        note_stored(session, sha256, len(content), "image/jpeg", None, now=now)

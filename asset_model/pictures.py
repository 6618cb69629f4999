"""Opening a picture that came from elsewhere: its head only, and nothing that is not allowed.

Tablets and the server must judge a picture alike, or one would send for ever what the other
refuses. It is the one module of the model that stands on Pillow.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from os import SEEK_END
from typing import BinaryIO

from PIL import Image

from asset_model.errors import Refused
from asset_model.photos import (
    HEAD_BYTES,
    PIXELS_MAX,
    THUMBNAIL_BYTES_MAX,
    THUMBNAIL_SIDE_MAX_PX,
    THUMBNAIL_TYPE,
    check_pixels,
    media_type_of,
)

Image.MAX_IMAGE_PIXELS = PIXELS_MAX

_READERS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}

_UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    OverflowError,
    TypeError,
    KeyError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@contextmanager
def opened(stream: BinaryIO) -> Iterator[Image.Image]:
    """The picture, of which only the head has been read: its type and size are allowed.

    :raises Refused: ``photo_unreadable``, ``photo_too_large``; the first also for what fails
        inside the block, where more of the picture is read
    """
    stream.seek(0)
    media_type = media_type_of(stream.read(HEAD_BYTES))
    if media_type is None:
        raise Refused("photo_unreadable", why="?")
    stream.seek(0)
    try:
        with Image.open(stream, formats=[_READERS[media_type]]) as picture:
            check_pixels(*picture.size)
            yield picture
    except _UNREADABLE as error:
        raise Refused("photo_unreadable", why=type(error).__name__) from None


def check_picture(stream: BinaryIO, *, thumbnail: bool) -> str:
    """The media type of a whole file that another machine made, if it may be shown.

    :raises Refused: ``photo_unreadable``, ``photo_too_large``
    """
    size = stream.seek(0, SEEK_END)
    with opened(stream) as picture:
        side_px, media_type = max(picture.size), Image.MIME[picture.format or ""]
    if thumbnail:
        _check_thumbnail(media_type, side_px, size)
    return media_type


def _check_thumbnail(media_type: str, side_px: int, size: int) -> None:
    """Every tablet that shows the order decodes it: it must be as small as it claims."""
    if media_type != THUMBNAIL_TYPE:
        raise Refused("photo_unreadable", why=media_type)
    if side_px > THUMBNAIL_SIDE_MAX_PX or size > THUMBNAIL_BYTES_MAX:
        raise Refused("photo_too_large", what=f"{side_px} px", limit=f"{THUMBNAIL_SIDE_MAX_PX} px")

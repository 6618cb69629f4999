"""Looking at a picture that came from elsewhere: its head only, nothing of it is decoded."""

import struct
from pathlib import Path

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
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def examine(file: Path, *, thumbnail: bool) -> str:
    """The picture's media type, by its content.

    :raises Refused: ``photo_unreadable``, ``photo_too_large``
    """
    with file.open("rb") as stream:
        media_type = media_type_of(stream.read(HEAD_BYTES))
    if media_type is None:
        raise Refused("photo_unreadable", why="?")
    width, height = _size_px(file, media_type)
    check_pixels(width, height)
    if thumbnail:
        _check_thumbnail(file, media_type, max(width, height))
    return media_type


def _size_px(file: Path, media_type: str) -> tuple[int, int]:
    try:
        with Image.open(file, formats=[_READERS[media_type]]) as picture:
            return picture.size
    except _UNREADABLE as error:
        raise Refused("photo_unreadable", why=type(error).__name__) from None


def _check_thumbnail(file: Path, media_type: str, side_px: int) -> None:
    """Every tablet that shows the order decodes it: it must be as small as it claims."""
    if media_type != THUMBNAIL_TYPE:
        raise Refused("photo_unreadable", why=media_type)
    if side_px > THUMBNAIL_SIDE_MAX_PX or file.stat().st_size > THUMBNAIL_BYTES_MAX:
        raise Refused("photo_too_large", what=f"{side_px} px", limit=f"{THUMBNAIL_SIDE_MAX_PX} px")

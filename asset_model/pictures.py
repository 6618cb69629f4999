"""Opening a picture that came from elsewhere: its head only, and nothing that is not allowed.

Tablets and the server must judge a picture alike, or one would send for ever what the other
refuses. It is the one module of the model that stands on Pillow.
"""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from os import SEEK_END
from typing import BinaryIO

from PIL import Image, ImageOps

from asset_model.errors import Refused
from asset_model.numbers import measured
from asset_model.photos import (
    HEAD_BYTES,
    PIXELS_MAX,
    THUMBNAIL_BYTES_MAX,
    THUMBNAIL_SIDE_MAX_PX,
    THUMBNAIL_TYPE,
    check_pixels,
    is_heic,
    media_type_of,
)

Image.MAX_IMAGE_PIXELS = PIXELS_MAX

_READERS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}

_QUALITIES = (75, 60, 45, 30)
_SIDES_PX = (THUMBNAIL_SIDE_MAX_PX, 240, 160, 96)

_UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    OverflowError,
    TypeError,
    KeyError,
    struct.error,
)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
"""What unfolds to far more than a picture may have; the reader says so before we can count."""


@contextmanager
def opened(stream: BinaryIO) -> Iterator[Image.Image]:
    """The picture, of which only the head has been read: its type and size are allowed.

    :raises Refused: ``photo_unreadable``, ``photo_heic``, ``photo_too_large``; the first also
        for what fails inside the block, where more of the picture is read
    """
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    media_type = media_type_of(head)
    if media_type is None:
        raise Refused("photo_heic") if is_heic(head) else Refused("photo_unreadable", why="?")
    stream.seek(0)
    try:
        with Image.open(stream, formats=[_READERS[media_type]]) as picture:
            check_pixels(*picture.size)
            yield picture
    except _BOMBS:
        limit = measured(PIXELS_MAX, "px")
        what = {"fr": f"plus de {limit['fr']}", "en": f"over {limit['en']}"}
        raise Refused("photo_too_large", what=what, limit=limit) from None
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


def thumbnail_of(picture: Image.Image) -> bytes:
    """Upright, without the camera's notes (a place, a serial number), and light."""
    upright = upright_of(picture, THUMBNAIL_SIDE_MAX_PX * 2)
    small = b""
    for side_px in _SIDES_PX:
        upright.thumbnail((side_px, side_px))
        for quality in _QUALITIES:
            small = jpeg_of(upright, quality)
            if len(small) <= THUMBNAIL_BYTES_MAX:
                return small
    return small


def upright_of(picture: Image.Image, side_px: int) -> Image.Image:
    """As it was held, no larger than asked: a JPEG is not even decoded larger than that takes."""
    picture.draft("RGB", (side_px, side_px))
    picture.thumbnail((side_px, side_px))
    return _on_white(ImageOps.exif_transpose(picture))


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    layered = picture.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")


def jpeg_of(picture: Image.Image, quality: int) -> bytes:
    """Without what a camera noted."""
    out = io.BytesIO()
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()

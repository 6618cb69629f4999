"""Photos of work: the row that tells of a picture, and the bounds both sides keep to.

The row travels like every other. The two files it names (the picture as it was taken, and a
thumbnail) travel apart; each is named by the SHA-256 of its bytes, and by nothing else.
"""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base
from asset_model.errors import Refused
from asset_model.facts import Fact
from asset_model.numbers import measured

BYTES_MAX = 40 * 1024 * 1024
PIXELS_MAX = 120_000_000
"""The largest cameras of tablets and phones have 108 million; a bomb has billions."""
SIDE_MAX_PX = 30_000

THUMBNAIL_BYTES_MAX = 20 * 1024
THUMBNAIL_SIDE_MAX_PX = 320
THUMBNAIL_TYPE = "image/jpeg"

CAPTION_LENGTH_MAX = 500
SIGNATURE = "signature"
"""The moment of a drawn signature: a picture like another, whose caption names who signed."""
MOMENTS = ("before", "after", "defect", SIGNATURE)

_HASH = re.compile(r"[0-9a-f]{64}\Z")

HEAD_BYTES = 12
"""How much of a file's beginning tells its type."""


class Photo(Fact, Base):
    """A picture of an order's work, and when and by whom it was taken."""

    __tablename__ = "photo"

    sha256: Mapped[str] = mapped_column(String(64), index=True)
    byte_size: Mapped[int]
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    thumbnail_sha256: Mapped[str] = mapped_column(String(64), index=True)
    thumbnail_size: Mapped[int]
    caption: Mapped[str | None]
    moment: Mapped[str | None]
    """before, after, defect, or nothing in particular."""
    taken_at: Mapped[datetime]


def is_hash(text: str) -> bool:
    """Whether this is the name of a file: 64 hexadecimal digits, which no path can be made of."""
    return _HASH.match(text) is not None


def media_type_of(head: bytes) -> str | None:
    """What a file is by its first `HEAD_BYTES`; None when it is no picture of ours."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def is_heic(head: bytes) -> bool:
    """Whether a file is, by its first `HEAD_BYTES`, what many phones keep in place of JPEG."""
    return head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


def check_pixels(width: int, height: int) -> None:
    """:raises Refused: ``photo_too_large``"""
    if max(width, height) > SIDE_MAX_PX or width * height > PIXELS_MAX:
        raise Refused(
            "photo_too_large", what=f"{width} × {height}", limit=measured(PIXELS_MAX, "px")
        )


def check_photo(columns: dict[str, Any]) -> None:
    """What a photo's row may say of its files, each value already of its type.

    :raises Refused: ``bad_value``
    """
    sound = {
        "sha256": is_hash(columns["sha256"]),
        "thumbnail_sha256": is_hash(columns["thumbnail_sha256"]),
        "byte_size": 0 < columns["byte_size"] <= BYTES_MAX,
        "thumbnail_size": 0 < columns["thumbnail_size"] <= THUMBNAIL_BYTES_MAX,
        "media_type": columns["media_type"] in ("image/jpeg", "image/png", "image/webp"),
        "width": 0 < columns["width"] <= SIDE_MAX_PX,
        "height": 0 < columns["height"] <= SIDE_MAX_PX,
        "moment": columns["moment"] in (None, *MOMENTS),
        "caption": len(columns["caption"] or "") <= CAPTION_LENGTH_MAX,
    }
    for field, fits in sound.items():
        if not fits:
            raise Refused("bad_value", field=field, value=str(columns[field])[:80], why="photo")

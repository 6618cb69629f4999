"""Papers and pictures of an asset: the row that tells of a file, and the bounds both sides keep to.

The file travels as a photo's does, named by the SHA-256 of its bytes (`asset_model/photos.py`). A
picture that was taken while a condition was judged is one, and names that reading.
"""

from datetime import datetime
from enum import StrEnum
from os import SEEK_END
from typing import Any, BinaryIO

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.errors import Refused
from asset_model.photos import BYTES_MAX, THUMBNAIL_BYTES_MAX, is_hash
from asset_model.roles import SEES_EVERYTHING
from asset_model.sync.wire import Columns

SERVER_WINS = {"merge": "server_wins"}
PDF = "application/pdf"
PICTURES = ("image/jpeg", "image/png", "image/webp")
MEDIA_TYPES = (PDF, *PICTURES)
TITLE_LENGTH_MAX = 200

_HEAD, _END, _TAIL_BYTES = b"%PDF-", b"%%EOF", 2048


class DocumentKind(StrEnum):
    MANUAL = "manual"
    PLAN = "plan"
    WARRANTY = "warranty"
    CONDITION = "condition"
    """What somebody saw while they judged the asset's condition: the field's own."""
    OTHER = "other"


class AssetDocument(Synced, Base):
    """A file that is kept with an asset. A picture has a thumbnail, a PDF has none."""

    __tablename__ = "asset_document"

    asset_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    reading_id: Mapped[str | None] = mapped_column(String(36), index=True)
    """The reading of a condition that it shows (`asset_model/conditions.py`)."""
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(info=SERVER_WINS)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    byte_size: Mapped[int]
    media_type: Mapped[str]
    thumbnail_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    thumbnail_size: Mapped[int | None]
    attached_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    """It is not shown any more; what was kept stays kept."""
    withdrawn_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)


def is_pdf(stream: BinaryIO) -> bool:
    """Whether this is a whole PDF, as far as its two ends tell."""
    stream.seek(0)
    if stream.read(len(_HEAD)) != _HEAD:
        return False
    stream.seek(max(stream.seek(0, SEEK_END) - _TAIL_BYTES, 0))
    return _END in stream.read()


def check_document(columns: Columns) -> None:
    """What a document's row may say, each value already of its type.

    :raises Refused: ``bad_value``
    """
    small, size = columns["thumbnail_sha256"], columns["thumbnail_size"]
    thumbnail = small is None and size is None
    if small is not None and size is not None:
        thumbnail = is_hash(small) and 0 < size <= THUMBNAIL_BYTES_MAX
    shown = columns["media_type"] in PICTURES
    sound = {
        "kind": columns["kind"] in tuple(DocumentKind),
        "title": 0 < len(columns["title"].strip()) <= TITLE_LENGTH_MAX,
        "sha256": is_hash(columns["sha256"]),
        "byte_size": 0 < columns["byte_size"] <= BYTES_MAX,
        "media_type": columns["media_type"] in MEDIA_TYPES,
        "thumbnail_sha256": thumbnail and (shown or small is None),
        "reading_id": (columns["reading_id"] is None) or columns["kind"] == DocumentKind.CONDITION,
    }
    for field, fits in sound.items():
        if not fits:
            value = str(columns[field])[:80]
            raise Refused("bad_value", field=field, value=value, why=", ".join(MEDIA_TYPES))


def check_attaching(role: str, columns: dict[str, Any]) -> None:
    """The field adds pictures of what it judged; manuals, plans and warranties are the office's.

    :raises Refused: ``document_of_office``
    """
    own = columns["kind"] == DocumentKind.CONDITION and columns["media_type"] in PICTURES
    if not own and role not in SEES_EVERYTHING:
        raise Refused("document_of_office")

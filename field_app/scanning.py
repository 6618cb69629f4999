"""Reading the tag of an asset from a picture of its QR code, on the tablet, without a signal.

The reader (zxing-cpp) is an extra: phones have no wheel of it. Where it is not installed the tag
is typed, and the screen says so.
"""

import io
from importlib.util import find_spec

from asset_model.errors import Refused
from asset_model.pictures import opened

SIDE_MAX_PX = 2_000
"""A code that fills a tenth of the picture still has its squares apart, and reading is quick."""


def can_scan() -> bool:
    return find_spec("zxingcpp") is not None


def read_tags(data: bytes) -> list[str]:
    """The tags of all codes in a picture; none where there is no code to be made out.

    :raises Refused: ``photo_unreadable``, ``photo_too_large``, ``scan_not_installed``
    """
    if not can_scan():
        raise Refused("scan_not_installed")
    import zxingcpp

    with opened(io.BytesIO(data)) as picture:
        picture.draft("L", (SIDE_MAX_PX, SIDE_MAX_PX))
        grey = picture.convert("L")
    grey.thumbnail((SIDE_MAX_PX, SIDE_MAX_PX))
    found = zxingcpp.read_barcodes(grey)
    return [tag for code in found if (tag := tag_of(code.text))]


def tag_of(text: str) -> str:
    """A code holds the tag itself, or an address that ends in it."""
    told = text.strip()
    return told.partition("?")[0].rstrip("/").rpartition("/")[2] if "://" in told else told

"""Text that was written in one encoding and read in another, told by what it became.

UTF-8 read as Latin-1 turns « é » into « Ã© ». A shapefile without its `.cpg`, or with one that
lies, does this to every accent.
"""

import re

from pandas import DataFrame

# What the second and later bytes of a UTF-8 letter look like in Latin-1 or in cp1252.
FOLLOWS = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a"
    "\u20ac\u2122]"
)
TELLTALE = re.compile(f"[\u00c2-\u00c5]{FOLLOWS}|\u00e2[\u0080\u20ac]{FOLLOWS}")
"""An accented letter, or a typographic apostrophe or quote; other letters are too rare to risk."""


def garbled(text: str) -> bool:
    return TELLTALE.search(text) is not None


def unscrambled(text: str) -> str | None:
    """The text as it was meant, or None where it was not garbled in this way."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return None


def mended(frame: DataFrame) -> tuple[DataFrame, bool]:
    """The frame with its garbled cells and column names put right, and whether there were any."""
    cells = frame.to_numpy(dtype=object).ravel().tolist()
    wrong = {text for text in [*cells, *frame.columns] if garbled(text)}
    right = {text: told for text in wrong if (told := unscrambled(text)) is not None}
    if not right:
        return frame, False
    renamed = frame.rename(columns=right)
    return renamed.map(lambda text: right.get(text, text)), True

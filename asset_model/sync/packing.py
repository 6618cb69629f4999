"""How ready files are packed for the way: gzip always, zstd where both sides can.

Zstandard came to the standard library with Python 3.14; before that a server may have it from
the package `zstandard`. For the same file it is a tenth smaller than gzip, and opens faster.
"""

import importlib
import zlib
from functools import cache
from typing import Any, Protocol

GZIP_LEVEL = 9
ZSTD_LEVEL = 9
_GZIP_FORMAT = 16 + zlib.MAX_WBITS


class Packer(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, /) -> bytes: ...


def encodings() -> tuple[str, ...]:
    """What this side can pack and open, best first."""
    return ("zstd", "gzip") if _zstd() else ("gzip",)


def media_type(encoding: str) -> str:
    return f"application/{encoding}"


def packer(encoding: str) -> Packer:
    if encoding == "gzip":
        return zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_FORMAT)
    packing: Packer = _stream(_zstd().ZstdCompressor(level=ZSTD_LEVEL), "compressobj")
    return packing


def unpacker(encoding: str) -> Unpacker:
    if encoding == "gzip":
        return zlib.decompressobj(_GZIP_FORMAT)
    opening: Unpacker = _stream(_zstd().ZstdDecompressor(), "decompressobj")
    return opening


def _stream(made: Any, method: str) -> Any:
    """The package makes a stream of its compressor; the standard library's is one already."""
    return getattr(made, method)() if hasattr(made, method) else made


@cache
def _zstd() -> Any:
    for name in ("compression.zstd", "zstandard"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None

"""Where the files of photos are kept: a folder, or a bucket that speaks S3.

A file is named by the SHA-256 of its bytes. It is put whole or not at all, never changed, and
putting it again is harmless.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from asset_model.hashed_files import place_of, put_in_place
from asset_model.photos import is_hash

READ_BYTES = 256 * 1024


class PhotoStore(Protocol):
    def put(self, sha256: str, file: Path) -> None:
        """Take the file in, durably. `file` has been checked, and is the store's from here on."""

    def size(self, sha256: str) -> int | None:
        """How many bytes are kept under this name; None when nothing is."""

    def read(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` up to `stop`, in pieces.

        :raises FileNotFoundError: nothing is kept under this name
        """

    def remove(self, sha256: str) -> None:
        """Keep nothing under this name any more."""

    def names(self) -> Iterator[str]:
        """Every name under which something is kept, for backups and inspections."""


class FolderStore:
    """Files in a folder, spread over 256 folders inside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, sha256: str, file: Path) -> None:
        self.path(sha256).parent.mkdir(parents=True, exist_ok=True)
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())
        put_in_place(file, self._folder, sha256)

    def size(self, sha256: str) -> int | None:
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def read(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        # Opened before the first piece is asked for: a missing file is known at once.
        stream = self.path(sha256).open("rb")
        stream.seek(start)
        return _pieces(stream, stop - start)

    def names(self) -> Iterator[str]:
        for place in sorted(self._folder.glob("[0-9a-f][0-9a-f]/*")):
            if is_hash(place.name):
                yield place.name

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        return place_of(self._folder, sha256)


def _pieces(stream: BinaryIO, left: int) -> Iterator[bytes]:
    with stream:
        while left > 0 and (piece := stream.read(min(left, READ_BYTES))):
            left -= len(piece)
            yield piece

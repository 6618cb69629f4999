"""Where this server keeps photos: those that are whole, and those still arriving."""

import hashlib
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO

from sync_server.file_lock import locked
from sync_server.photo_store import READ_BYTES, FolderStore, PhotoStore
from sync_server.tables import PhotoUpload


@dataclass(frozen=True)
class Depot:
    """The store of whole files, and the folder of those that are still arriving.

    Its `names`, `open` and `keep` are what backups need.
    """

    store: PhotoStore
    parts: Path

    def part(self, upload: PhotoUpload) -> Path:
        return self.parts / f"{upload.id}.part"

    def held(self, upload: PhotoUpload) -> AbstractContextManager[None]:
        """Alone with an upload, among every thread and process of this machine."""
        return locked(self.parts / f"{upload.id[:2]}.lock")

    def names(self) -> Iterable[str]:
        return self.store.names()

    def open(self, name: str) -> IO[bytes]:
        """:raises FileNotFoundError: nothing is kept under this name"""
        size = self.store.size(name)
        if size is None:
            raise FileNotFoundError(name)
        content = SpooledTemporaryFile(READ_BYTES)  # noqa: SIM115 -- the caller closes it
        for piece in self.store.read(name, 0, size):
            content.write(piece)
        content.seek(0)
        return content

    def keep(self, name: str, content: IO[bytes]) -> None:
        """:raises ValueError: the content is not what its name says"""
        self.parts.mkdir(parents=True, exist_ok=True)
        # A draft of its own: the same picture may be sent twice at once.
        draft = self.parts / f"{name}.{token_hex(4)}.kept"
        with draft.open("wb+") as stream:
            copyfileobj(content, stream, READ_BYTES)
            stream.seek(0)
            if hashlib.file_digest(stream, "sha256").hexdigest() != name:
                raise ValueError(f"not what its name says: {name}")
        self.store.put(name, draft)


def open_depot(place: str, data: Path) -> Depot:
    """The depot at `place`: a folder, ``s3://bucket/prefix``, or nothing for the data folder.

    :raises ModuleNotFoundError: S3 is wanted and boto3, which the extra `s3` brings, is not there
    """
    if place.startswith("s3://"):
        from sync_server.photo_bucket import open_bucket

        depot = Depot(open_bucket(place), data / "photo-parts")
    else:
        folder = Path(place) if place else data / "photos"
        depot = Depot(FolderStore(folder / "files"), folder / "parts")
    depot.parts.mkdir(parents=True, exist_ok=True)
    return depot

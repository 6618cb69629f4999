"""The folder of a tablet where the files of photos lie, each under the hash of its bytes."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from asset_model.hashed_files import place_of, put_in_place


@dataclass(frozen=True)
class PhotoFolder:
    root: Path

    def path(self, sha256: str) -> Path:
        return place_of(self.root, sha256)

    def arriving(self, sha256: str) -> Path:
        """What has come so far of a file that is being fetched."""
        return self.path(sha256).with_suffix(".part")

    def holds(self, sha256: str, size: int) -> bool:
        try:
            return self.path(sha256).stat().st_size == size
        except FileNotFoundError:
            return False

    def is_sound(self, sha256: str) -> bool:
        """Whether the bytes on the disk are still those that were kept."""
        with self.path(sha256).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256

    def keep(self, data: bytes) -> str:
        """The name of the bytes, once they are on the disk under it for good.

        :raises OSError: no room; nothing of them is left
        """
        sha256 = hashlib.sha256(data).hexdigest()
        place = self.path(sha256)
        if self.holds(sha256, len(data)) and self.is_sound(sha256):
            return sha256
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(".new")
        try:
            with draft.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        put_in_place(draft, self.root, sha256)
        return sha256

    def read(self, sha256: str, start: int, length: int) -> bytes:
        with self.path(sha256).open("rb") as stream:
            stream.seek(start)
            return stream.read(length)

    def drop(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

"""A ready copy on its way: what has come of it, kept on disk so that nothing is fetched twice."""

import hashlib
import json
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from asset_model.sync.offer import Offer, offer_from
from asset_model.sync.packing import unpacker
from asset_model.sync.reading import Malformed

PIECE_BYTES = 256 * 1024

FAILURES_MAX = 3


class Spoiled(Exception):
    """What came is not what was offered."""


@dataclass
class PartFile:
    """A folder with the packed file, the plain one, and a note of what they are to become."""

    folder: Path

    @property
    def _note(self) -> Path:
        return self.folder / "offer.json"

    @property
    def packed(self) -> Path:
        return self.folder / "packed"

    @property
    def plain(self) -> Path:
        return self.folder / "plain.sqlite"

    @property
    def size(self) -> int:
        return self.packed.stat().st_size if self.packed.exists() else 0

    @property
    def offer(self) -> Offer | None:
        """What is being fetched."""
        try:
            return offer_from(self._read()["offer"])
        except (KeyError, Malformed):
            return None

    @property
    def failures(self) -> int:
        """How many times in a row nothing came of it."""
        failures = self._read().get("failures", 0)
        return failures if isinstance(failures, int) else 0

    @property
    def given_up(self) -> bool:
        return self.failures >= FAILURES_MAX

    def _read(self) -> dict[str, Any]:
        try:
            told = json.loads(self._note.read_text())
        except (OSError, ValueError):
            return {}  # None, or cut by a full disk: begin anew.
        return told if isinstance(told, dict) else {}

    def _write(self, offer: Offer | None, failures: int) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        note = {"offer": asdict(offer) if offer else None, "failures": failures}
        draft = self._note.with_suffix(".new")
        draft.write_text(json.dumps(note))
        draft.replace(self._note)

    def begin(self, offer: Offer | None) -> None:
        """Fetch this one, or none yet; what came of another goes. The failures are counted on."""
        failures = self.failures
        self._remove_files()
        self._write(offer, failures)

    def append(self, pieces: Iterator[bytes], offer: Offer) -> Generator[int]:
        """Keep the pieces as they come; yields how much there is."""
        size = self.size
        with self.packed.open("ab") as stream:
            for piece in pieces:
                if size + len(piece) > offer.bytes:
                    raise Spoiled("more than was offered")
                size += stream.write(piece)
                yield size

    def unpack(self, offer: Offer) -> Path:
        """The plain file, proven to be the one offered.

        :raises Spoiled: what came is something else
        """
        digests = hashlib.sha256(), hashlib.sha256()
        stream, size = unpacker(offer.encoding), 0
        with self.packed.open("rb") as packed, self.plain.open("wb") as plain:
            while piece := packed.read(PIECE_BYTES):
                digests[0].update(piece)
                try:
                    out = stream.decompress(piece)
                except Exception as error:  # Each format has errors of its own.
                    raise Spoiled(str(error)) from error
                digests[1].update(out)
                size += plain.write(out)
                if size > offer.plain_bytes:
                    break
        if tuple(d.hexdigest() for d in digests) != (offer.sha256, offer.plain_sha256):
            raise Spoiled("its hash is not the one that was told")
        return self.plain

    def count_failure(self, offer: Offer | None) -> bool:
        """Whether that was one too many."""
        self._write(offer, self.failures + 1)
        return self.given_up

    def forget_failures(self, offer: Offer) -> None:
        if self.failures:
            self._write(offer, 0)

    def give_up(self) -> None:
        """Take pages from now on. Makes room first: the disk may be full."""
        self._remove_files()
        with suppress(OSError):
            self._write(None, FAILURES_MAX)

    def clear(self) -> None:
        """It is taken, or not needed: nothing of it stays."""
        if self.folder.exists():
            self._remove_files()
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
                self.folder.rmdir()

    def _remove_files(self) -> None:
        for file in (self.packed, self.plain):
            with suppress(OSError):
                file.unlink(missing_ok=True)

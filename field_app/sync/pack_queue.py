"""Fetching packs of the base map, one small step at a time, when nothing else wants the link.

What comes is kept in the folder under the name of the file, and gone on with after a broken link
or a restart. A file that is whole is proven before it takes the place of the pack that is shown;
until then, and if it fails, that one stays.
"""

import hashlib
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from asset_model.base_map import Unsound, prove
from asset_model.map_patches import apply_patch
from asset_model.sync.pack_offer import PackOffer
from field_app.store.base_map import BaseMap
from field_app.sync.first_copy import Gone
from field_app.sync.loop import BACK_OFF_MAX_S, FileMoved, back_off_s
from field_app.sync.pack_link import PackSource
from field_app.sync.photo_queue import PieceSize
from field_app.sync.transport import LinkDown, NotEnrolled

log = logging.getLogger(__name__)

ASK_EVERY = timedelta(minutes=10)
ASK_FIRST = timedelta(minutes=1)
"""While there is no map at all: the server may be drawing it."""
RESERVE_BYTES = 32 * 1024 * 1024
"""What must stay free for the crew's own work."""
RETRY = timedelta(minutes=1)
LATER = timedelta(minutes=30)


class NoRoom(Exception):
    """The disk has no room for a pack."""


@dataclass
class Patience:
    """Until when nothing is tried."""

    until: datetime | None = None

    def is_over(self, now: datetime, longest: timedelta) -> bool:
        # Further off than any wait of ours: the clock was wrong when it was set.
        return self.until is None or not timedelta(0) < self.until - now <= longest


class PackQueue:
    """A `FileQueue` of the base map's packs. `trouble`: why nothing comes, as a code."""

    def __init__(
        self,
        base_map: BaseMap,
        source: PackSource,
        *,
        clock: Callable[[], datetime],
        random: Random,
        changed: Callable[[], None] = lambda: None,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._map = base_map
        self._source = source
        self._clock = clock
        self._random = random
        self._changed = changed
        self._free = free
        self._wanted: list[PackOffer] = []
        self._distrusted: set[str] = set()
        """Packs whose last file was of no use: they are fetched whole."""
        self._pause = Patience()
        self._next_ask = Patience()
        self._failures = 0
        self.pieces = PieceSize()

    def send_next(self) -> FileMoved | None:
        """One step, which is one request at most. None: nothing is to be done, or not now."""
        now = self._clock()
        if not self._pause.is_over(now, max(LATER, timedelta(seconds=BACK_OFF_MAX_S))):
            return None
        try:
            if not self._wanted and not self._ask(now):
                return None
            moved = self._fetch(self._wanted[0])
        except (LinkDown, NotEnrolled) as error:
            self._broke(now, error)
            return None
        except (OSError, NoRoom) as error:
            log.warning("a pack of the base map cannot be kept: %s", error)
            self._tell("disk_full")
            self._pause.until = now + LATER
            return None
        self._failures = 0
        return moved

    def _ask(self, now: datetime) -> bool:
        """Whether there is something to fetch."""
        if not self._next_ask.is_over(now, ASK_EVERY):
            return False
        told = {key: p.contents for key, p in self._map.packs.items()}
        listed = self._source.packs({k: c for k, c in told.items() if k not in self._distrusted})
        self._next_ask.until = now + (ASK_EVERY if self._map.packs else ASK_FIRST)
        if listed is None:
            return False
        self._map.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._map.drop_all_but(listed.keys)
        self._wanted = [offer for offer in listed.packs if not self._holds(offer)]
        self._drop_parts({offer.name for offer in self._wanted})
        return bool(self._wanted)

    def _holds(self, offer: PackOffer) -> bool:
        held = self._map.packs.get(offer.key)
        return held is not None and held.contents == offer.contents

    def _fetch(self, offer: PackOffer) -> FileMoved:
        part = self._part(offer)
        size = part.stat().st_size if part.exists() else 0
        if size < offer.bytes:
            size += self._fetch_piece(offer, part, size)
        if size >= offer.bytes:
            self._take(offer, part)
        return FileMoved(offer.sha256, size, offer.bytes)

    def _fetch_piece(self, offer: PackOffer, part: Path, size: int) -> int:
        needed = offer.bytes - size + (offer.whole_bytes if offer.since else 0)
        if self._free(self._map.folder) < needed + RESERVE_BYTES:
            raise NoRoom(f"{needed} bytes and a reserve are needed")
        length = min(self.pieces.bytes, offer.bytes - size)
        begun = self._clock()
        try:
            piece = self._source.piece(offer, size, length)
        except Gone:
            self._forget(offer)
            return 0
        if not piece:
            raise LinkDown("nothing came")
        self.pieces.took(len(piece), (self._clock() - begun).total_seconds())
        with part.open("ab") as stream:
            stream.write(piece)
        return len(piece)

    def _take(self, offer: PackOffer, part: Path) -> None:
        """Prove what came, and show it from now on. A full disk leaves it for another time."""
        pack = self._map.folder / f"{offer.key}.{offer.contents}.mbtiles"
        try:
            if _hash(part) != offer.sha256:
                raise Unsound("other bytes than were told")
            _make(pack, self._map.packs[offer.key].file if offer.since else None, part)
            prove(pack, offer.contents)
        except (Unsound, KeyError) as error:
            log.warning("a pack of the base map cannot be used: %s", error)
            self._map.remove(pack)
            self._distrusted.add(offer.key)
            self._pause.until = self._clock() + (RETRY if offer.since else LATER)
        except OSError:
            self._map.remove(pack)
            raise
        else:
            self._map.keep(offer.key, pack)
            self._distrusted.discard(offer.key)
            self._tell(None)
            self._changed()
        self._forget(offer)

    def _forget(self, offer: PackOffer) -> None:
        """It is taken, or not to be had: ask again what is to be fetched."""
        self._wanted.remove(offer)
        self._map.remove(self._part(offer))
        if not self._wanted:
            self._next_ask.until = None

    def _part(self, offer: PackOffer) -> Path:
        return self._map.folder / f"{offer.name}.part"

    def _drop_parts(self, wanted: set[str]) -> None:
        for file in self._map.folder.glob("*.part"):
            if file.name.removesuffix(".part") not in wanted:
                self._map.remove(file)

    def _broke(self, now: datetime, error: Exception) -> None:
        self.pieces.broke()
        self._failures += 1
        pause_s = back_off_s(self._failures, self._random)
        if isinstance(error, LinkDown):
            pause_s = min(error.retry_after_s or pause_s, BACK_OFF_MAX_S)
        self._pause.until = now + timedelta(seconds=pause_s)

    def _tell(self, trouble: str | None) -> None:
        if trouble != self._map.trouble:
            self._map.trouble = trouble
            self._changed()


def _make(pack: Path, former: Path | None, part: Path) -> None:
    """Out of a whole pack, or of the former one and a patch; on the disk before it counts."""
    if former is None:
        part.replace(pack)
    else:
        shutil.copyfile(former, pack)
        apply_patch(pack, part)
    with pack.open("rb+") as stream:
        os.fsync(stream.fileno())


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

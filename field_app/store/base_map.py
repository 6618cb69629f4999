"""The packs of the base map on this machine, and the tiles they hold.

A folder with the packs and a note of which are current: a pack never changes under its name, and
is current from the moment that the note says so. A tile that no pack has is cut out of one that
lies above it and drawn larger.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from asset_model.base_map import metadata, opened, read_tile

TILE_PX = 256
NONE = "none"
"""The edition of a look that has no pack."""
ABOVE_MAX = 5
"""A tile is drawn larger by so many zooms at most: 8 pixels of it are then 256."""


@dataclass(frozen=True)
class HeldPack:
    """A pack that is here whole. `title`: what it is of, as a district's name."""

    key: str
    file: Path
    look: str
    title: str
    contents: str
    made_at: datetime
    bytes: int
    ground: str


class BaseMap:
    """Any thread may ask; one thread keeps and drops."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble: str | None = None
        """Why a pack cannot be kept here, as a code."""
        self._lock = threading.Lock()
        self._packs = self._read()

    @property
    def packs(self) -> Mapping[str, HeldPack]:
        """By key."""
        return self._packs

    def edition(self, look: str) -> str:
        """What this look shows, as a word: it changes when a pack does."""
        return "-".join(pack.contents[:8] for pack in self._of(look)) or NONE

    def ground(self, look: str) -> str | None:
        """The colour around the map, as the packs have it."""
        return next((pack.ground for pack in self._of(look)), None)

    def tile(self, look: str, zoom: int, x: int, y: int) -> bytes | None:
        """The PNG; None where no pack reaches."""
        packs = self._of(look)
        for above in range(ABOVE_MAX + 1):
            if above > zoom:
                break
            for pack in packs:
                found = _read(pack.file, zoom - above, x >> above, y >> above)
                if found is not None:
                    return found if above == 0 else _larger(found, above, x, y)
        return None

    def keep(self, key: str, file: Path) -> None:
        """Make a proven pack, which lies in the folder, the current one of its key."""
        self._note({**{key: pack.file.name for key, pack in self._packs.items()}, key: file.name})

    def drop_all_but(self, keys: Iterable[str]) -> None:
        """What this device may not hold any more goes."""
        allowed = set(keys)
        if not allowed.issuperset(self._packs):
            self._note({k: pack.file.name for k, pack in self._packs.items() if k in allowed})

    def remove(self, file: Path) -> None:
        with suppress(OSError):  # It is being read, or was not there; it goes next time.
            file.unlink(missing_ok=True)

    def _of(self, look: str) -> list[HeldPack]:
        return [pack for pack in self._packs.values() if pack.look == look]

    def _note(self, names: Mapping[str, str]) -> None:
        with self._lock:
            draft = self._current.with_suffix(".new")
            draft.write_text(json.dumps(names), "utf-8")
            draft.replace(self._current)
            self._packs = self._read()
            kept = {pack.file for pack in self._packs.values()}
            for file in self.folder.glob("*.mbtiles"):
                if file not in kept:
                    self.remove(file)

    @property
    def _current(self) -> Path:
        return self.folder / "current.json"

    def _read(self) -> dict[str, HeldPack]:
        try:
            names = json.loads(self._current.read_text("utf-8"))
            held = ((key, _held(key, self.folder / name)) for key, name in sorted(names.items()))
            return {key: pack for key, pack in held if pack}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}


def _held(key: str, file: Path) -> HeldPack | None:
    """None where the file is gone or damaged: it is then fetched again."""
    try:
        with closing(opened(file)) as pack:
            told = metadata(pack)
        return HeldPack(
            key=key,
            file=file,
            look=told["look"],
            title=told["name"],
            contents=told["contents"],
            made_at=datetime.fromisoformat(told["made_at"]),
            bytes=file.stat().st_size,
            ground=told["ground"],
        )
    except (OSError, sqlite3.Error, KeyError, ValueError):
        return None


def _read(file: Path, zoom: int, x: int, y: int) -> bytes | None:
    try:
        with closing(opened(file)) as pack:
            return read_tile(pack, zoom, x, y)
    except sqlite3.Error:
        return None  # Replaced meanwhile, or damaged: the browser asks again.


def _larger(png: bytes, above: int, x: int, y: int) -> bytes:
    """The part of a tile that lies under the one that was asked for, drawn as large as that."""
    from PIL import Image

    side = TILE_PX >> above
    left, top = (x % (1 << above)) * side, (y % (1 << above)) * side
    with Image.open(BytesIO(png)) as image:
        part = image.convert("RGB").crop((left, top, left + side, top + side))
    stream = BytesIO()
    part.resize((TILE_PX, TILE_PX), Image.Resampling.BICUBIC).save(stream, "PNG", compress_level=1)
    return stream.getvalue()

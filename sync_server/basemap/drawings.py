"""Every tile as it was last drawn, and from what: what need not be drawn again.

It is kept beside the packs. Losing it costs a drawing of everything; a build that is killed loses
the blocks that it had not committed, and nothing else.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from asset_model.base_map import picture_id
from gis.basemap.scene import Block

TABLES = """
CREATE TABLE IF NOT EXISTS block (
    zoom INTEGER, x INTEGER, y INTEGER, digest TEXT NOT NULL, PRIMARY KEY (zoom, x, y)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tile (
    look TEXT, zoom INTEGER, x INTEGER, y INTEGER, picture INTEGER NOT NULL,
    PRIMARY KEY (look, zoom, x, y)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS picture (id INTEGER PRIMARY KEY, png BLOB NOT NULL);
"""


class Spot(NamedTuple):
    """A tile's place; `x` and `y` count tiles from the north-west."""

    zoom: int
    x: int
    y: int


class Drawings:
    """One file; of one process at a time, as whoever builds holds the lock."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._base = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            return _open(self._file)
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)  # It is damaged, and can be made again.
            return _open(self._file)

    def digests(self) -> dict[Block, str]:
        """What each block was drawn from."""
        rows = self._base.execute("SELECT zoom, x, y, digest FROM block")
        return {Block(zoom, x, y): digest for zoom, x, y, digest in rows}

    def keep(
        self,
        block: Block,
        digest: str,
        tiles: Iterable[tuple[str, Spot, bytes]],
    ) -> None:
        """A block's tiles by look, and what they were drawn from, in one transaction."""
        with self._base:
            for look, spot, png in tiles:
                id = picture_id(png)
                self._base.execute("INSERT OR IGNORE INTO picture VALUES (?, ?)", (id, png))
                self._base.execute("REPLACE INTO tile VALUES (?, ?, ?, ?, ?)", (look, *spot, id))
            self._base.execute("REPLACE INTO block VALUES (?, ?, ?, ?)", (*block, digest))

    def forget(self, block: Block) -> None:
        """It shows nothing any more."""
        spots = [(block.zoom, x, y) for x, y in block.tiles()]
        with self._base:
            self._base.execute("DELETE FROM block WHERE zoom = ? AND x = ? AND y = ?", block)
            place = "DELETE FROM tile WHERE zoom = ? AND x = ? AND y = ?"
            self._base.executemany(place, spots)

    def pictures(self, look: str) -> dict[Spot, int]:
        """The picture of every tile that was drawn in this look."""
        rows = self._base.execute("SELECT zoom, x, y, picture FROM tile WHERE look = ?", (look,))
        return {Spot(zoom, x, y): picture for zoom, x, y, picture in rows}

    def png(self, picture: int) -> bytes:
        found = self._base.execute("SELECT png FROM picture WHERE id = ?", (picture,)).fetchone()
        return bytes(found[0])

    def tidy(self) -> None:
        """Pictures that no tile shows any more."""
        with self._base:
            self._base.execute("DELETE FROM picture WHERE id NOT IN (SELECT picture FROM tile)")

    def close(self) -> None:
        self._base.close()


def _open(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file)
    try:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            with closing(base.execute(f"PRAGMA {pragma}")):
                pass
        base.executescript(TABLES)
    except sqlite3.DatabaseError:
        base.close()
        raise
    return base

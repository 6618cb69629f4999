"""A pack of the base map: an MBTiles file, which the server writes, ships and a tablet reads.

It is MBTiles 1.3 with each picture kept once, however many tiles look the same (empty ones do).
A picture's id comes from its hash, and `contents` from all ids in their places: two packs of the
same contents show the same map, and a pack can prove that it is what it says. Rows count from the
south, as MBTiles has them; whoever asks here counts from the north.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

LOOKS = ("day", "night")

TABLES = """
CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE map (
    zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_id INTEGER NOT NULL,
    PRIMARY KEY (zoom_level, tile_column, tile_row)
) WITHOUT ROWID;
CREATE TABLE images (tile_id INTEGER PRIMARY KEY, tile_data BLOB NOT NULL);
CREATE VIEW tiles AS
    SELECT zoom_level, tile_column, tile_row, tile_data FROM map JOIN images USING (tile_id);
PRAGMA application_id = 0x4D504258;
"""

TOLD_APART = ("contents", "made_at")
"""Metadata that do not count as contents: what tells of them, and when."""


class Unsound(Exception):
    """The file is no pack, or not what it says it is."""


def row_from_south(zoom: int, y: int) -> int:
    return (1 << zoom) - 1 - y


def picture_id(png: bytes) -> int:
    """From the hash of the picture; a whole number that SQLite holds."""
    return int.from_bytes(hashlib.sha256(png).digest()[:8], "big", signed=True)


def read_tile(pack: sqlite3.Connection, zoom: int, x: int, y: int) -> bytes | None:
    found = pack.execute(
        "SELECT tile_data FROM map JOIN images USING (tile_id)"
        " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
        (zoom, x, row_from_south(zoom, y)),
    ).fetchone()
    return bytes(found[0]) if found else None


def metadata(pack: sqlite3.Connection) -> dict[str, str]:
    return dict(pack.execute("SELECT name, value FROM metadata").fetchall())


def contents_of(pack: sqlite3.Connection) -> str:
    """What the pack shows, as one hash."""
    told = hashlib.sha256()
    for name, value in sorted(metadata(pack).items()):
        if name not in TOLD_APART:
            told.update(f"{name}={value}\n".encode())
    for row in pack.execute(
        "SELECT zoom_level, tile_column, tile_row, tile_id FROM map ORDER BY 1, 2, 3"
    ):
        told.update(b"%d/%d/%d=%d\n" % row)
    return told.hexdigest()[:32]


def prove(file: Path, contents: str) -> Mapping[str, str]:
    """The metadata of a sound pack of these contents.

    :raises Unsound: it is not one
    """
    try:
        with closing(opened(file)) as pack:
            if contents_of(pack) != contents:
                raise Unsound("other tiles than were told")
            for id, png in pack.execute("SELECT tile_id, tile_data FROM images"):
                if picture_id(png) != id:
                    raise Unsound("a picture is damaged")
            missing = "SELECT 1 FROM map LEFT JOIN images USING (tile_id) WHERE tile_data IS NULL"
            if pack.execute(missing).fetchone():
                raise Unsound("a picture is missing")
            return metadata(pack)
    except sqlite3.Error as error:
        raise Unsound(str(error)) from error


def opened(file: Path) -> sqlite3.Connection:
    """To be read only: a pack never changes under its name."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

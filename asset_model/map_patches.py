"""A patch of the base map: what makes one pack the next, as an SQLite file of the same form.

It has the new pack's metadata, the tiles that changed (those that went have no picture), and the
pictures that the former pack lacks.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from asset_model.base_map import Unsound

TABLES = """
CREATE TABLE patch.metadata (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE patch.map (
    zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_id INTEGER,
    PRIMARY KEY (zoom_level, tile_column, tile_row)
) WITHOUT ROWID;
CREATE TABLE patch.images (tile_id INTEGER PRIMARY KEY, tile_data BLOB NOT NULL);
"""
WRITTEN = """
INSERT INTO patch.metadata SELECT name, value FROM main.metadata;
INSERT INTO patch.map
    SELECT * FROM (SELECT * FROM main.map EXCEPT SELECT * FROM former.map);
INSERT INTO patch.map
    SELECT zoom_level, tile_column, tile_row, NULL FROM former.map AS was WHERE NOT EXISTS (
        SELECT 1 FROM main.map AS now WHERE now.zoom_level = was.zoom_level
        AND now.tile_column = was.tile_column AND now.tile_row = was.tile_row
    );
INSERT INTO patch.images
    SELECT tile_id, tile_data FROM main.images
    WHERE tile_id NOT IN (SELECT tile_id FROM former.images);
"""
APPLIED = """
DELETE FROM main.metadata;
INSERT INTO main.metadata SELECT name, value FROM patch.metadata;
INSERT OR IGNORE INTO main.images SELECT tile_id, tile_data FROM patch.images;
DELETE FROM main.map WHERE EXISTS (
    SELECT 1 FROM patch.map AS gone WHERE gone.tile_id IS NULL
    AND gone.zoom_level = map.zoom_level AND gone.tile_column = map.tile_column
    AND gone.tile_row = map.tile_row
);
INSERT OR REPLACE INTO main.map SELECT * FROM patch.map WHERE tile_id IS NOT NULL;
DELETE FROM main.images WHERE tile_id NOT IN (SELECT tile_id FROM main.map);
"""


def write_patch(former: Path, pack: Path, patch: Path) -> None:
    """Into a new file `patch`: what makes `former` the same as `pack`."""
    with closing(sqlite3.connect(pack, isolation_level=None)) as base:
        base.execute("ATTACH ? AS former", (str(former),))
        base.execute("ATTACH ? AS patch", (str(patch),))
        base.executescript(
            "PRAGMA patch.page_size=1024; PRAGMA patch.journal_mode=OFF;"
            " PRAGMA patch.synchronous=OFF;"
        )
        base.executescript(f"BEGIN; {TABLES} {WRITTEN} COMMIT;")


def apply_patch(pack: Path, patch: Path) -> None:
    """Change the pack, which must be a copy: it is not whole until this has returned.

    :raises Unsound: the patch is none, or not for this pack
    """
    try:
        with closing(sqlite3.connect(pack, isolation_level=None)) as base:
            base.execute("ATTACH ? AS patch", (str(patch),))
            base.executescript("PRAGMA main.journal_mode=OFF; PRAGMA main.synchronous=OFF;")
            base.executescript(f"BEGIN; {APPLIED} COMMIT;")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(error.sqlite_errorcode, "the disk is full") from error
        raise Unsound(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise Unsound(str(error)) from error

"""Writing a pack: the tiles of one bucket in one look, as MBTiles that any reader opens."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from asset_model.base import instant
from asset_model.base_map import TABLES, contents_of, picture_id, row_from_south
from gis.basemap.mercator import longitude_latitude
from gis.basemap.painting import empty_tile
from gis.basemap.style import Style
from sync_server.basemap.drawings import Drawings, Spot
from sync_server.basemap.survey import Mapped

ATTRIBUTION = "© Voirie"


def write_pack(
    file: Path,
    style: Style,
    look: str,
    mapped: Mapped,
    spots: Sequence[Spot],
    drawings: Drawings,
    *,
    now: datetime,
) -> str:
    """Fill a new file; what it holds, as one hash. A tile that was not drawn is bare ground."""
    bare = empty_tile(style.colours[look])
    drawn, none = drawings.pictures(look), picture_id(bare)
    with closing(sqlite3.connect(file, isolation_level=None)) as pack:
        pack.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        pack.executescript(TABLES)
        pack.execute("BEGIN")
        placed = [(spot, drawn.get(spot, none)) for spot in spots]
        pack.executemany(
            "INSERT INTO map VALUES (?, ?, ?, ?)",
            ((s.zoom, s.x, row_from_south(s.zoom, s.y), id) for s, id in placed),
        )
        used = sorted({id for _, id in placed})
        pack.executemany(
            "INSERT INTO images VALUES (?, ?)",
            ((id, bare if id == none else drawings.png(id)) for id in used),
        )
        told = _metadata(style, look, mapped, spots)
        pack.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
        contents = contents_of(pack)
        dated = (("contents", contents), ("made_at", instant(now)))
        pack.executemany("INSERT INTO metadata VALUES (?, ?)", dated)
        pack.execute("COMMIT")
    return contents


def _metadata(style: Style, look: str, mapped: Mapped, spots: Sequence[Spot]) -> dict[str, str]:
    zooms = [spot.zoom for spot in spots]
    west, south, east, north = _bounds([spot for spot in spots if spot.zoom == max(zooms)])
    return {
        "name": mapped.title or "Voirie",
        "format": "png",
        "type": "baselayer",
        "version": "1",
        "attribution": ATTRIBUTION,
        "description": "Streets, pipes and structures of the town",
        "bounds": f"{west:.6f},{south:.6f},{east:.6f},{north:.6f}",
        "center": f"{(west + east) / 2:.6f},{(south + north) / 2:.6f},{min(zooms) + 3}",
        "minzoom": str(min(zooms)),
        "maxzoom": str(max(zooms)),
        "look": look,
        "ground": style.colours[look]["ground"],
    }


def _bounds(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """West, south, east, north of the tiles of one zoom."""
    whole = 1 << spots[0].zoom
    across, down = [spot.x for spot in spots], [spot.y for spot in spots]
    west, north = longitude_latitude(min(across) / whole, min(down) / whole)
    east, south = longitude_latitude((max(across) + 1) / whole, (max(down) + 1) / whole)
    return west, south, east, north

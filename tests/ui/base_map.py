"""A base map of one tile, as it lies on a tablet."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from asset_model.base_map import LOOKS, TABLES, contents_of, picture_id
from field_app.store.base_map import BaseMap
from field_app.ui.tiles import NOTHING
from tests.ui.town import NOW

GROUNDS = {"day": "#EEEEEE", "night": "#111111"}


def a_base_map(folder: Path) -> BaseMap:
    """With a pack by day and one by night, drawn at the town's time."""
    folder.mkdir()
    for look in LOOKS:
        _write(folder / f"{look}.mbtiles", look)
    (folder / "current.json").write_text(json.dumps({look: f"{look}.mbtiles" for look in LOOKS}))
    return BaseMap(folder)


def _write(file: Path, look: str) -> None:
    told = {"name": "Secteur Nord", "look": look, "ground": GROUNDS[look]}
    with closing(sqlite3.connect(file)) as pack, pack:
        pack.executescript(TABLES)
        pack.execute("INSERT INTO images VALUES (?, ?)", (picture_id(NOTHING), NOTHING))
        pack.execute("INSERT INTO map VALUES (0, 0, 0, ?)", (picture_id(NOTHING),))
        pack.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
        dated = {"contents": contents_of(pack), "made_at": NOW.isoformat()}
        pack.executemany("INSERT INTO metadata VALUES (?, ?)", dated.items())

"""The SQL that lays the spatial index in SQLite. `BOXES` stands for the table of boxes."""

_TABLE = {
    "bounds_tree": """
CREATE VIRTUAL TABLE IF NOT EXISTS BOXES USING rtree (place, west, east, south, north)
""",
    "bounds_plain": """
CREATE TABLE IF NOT EXISTS BOXES
    (place INTEGER PRIMARY KEY, west DOUBLE, east DOUBLE, south DOUBLE, north DOUBLE)

CREATE INDEX IF NOT EXISTS bounds_plain_edges ON BOXES (south, north, west, east)
""",
}
# A number for each asset, which VACUUM does not change as it may a row's own.
_PLACES = """
DROP TRIGGER IF EXISTS bounds_on_insert

DROP TRIGGER IF EXISTS bounds_on_update

DROP TRIGGER IF EXISTS bounds_on_delete

DROP VIEW IF EXISTS asset_bounds

CREATE TABLE IF NOT EXISTS bounds_place
    (place INTEGER PRIMARY KEY, asset_id VARCHAR(36) NOT NULL UNIQUE)
"""
# CROSS JOIN: the box is looked for first, whatever SQLite would guess.
_REST = """
DELETE FROM BOXES

DELETE FROM bounds_place

INSERT INTO bounds_place (asset_id) SELECT id FROM asset WHERE west IS NOT NULL

INSERT INTO BOXES
    SELECT place, west, east, south, north FROM bounds_place CROSS JOIN asset ON id = asset_id

CREATE VIEW asset_bounds AS
    SELECT p.asset_id, b.west, b.east, b.south, b.north
    FROM BOXES b CROSS JOIN bounds_place p WHERE p.place = b.place

CREATE TRIGGER bounds_on_insert AFTER INSERT ON asset WHEN NEW.west IS NOT NULL BEGIN
    DELETE FROM BOXES WHERE place = (SELECT place FROM bounds_place WHERE asset_id = NEW.id);
    INSERT INTO bounds_place (asset_id) SELECT NEW.id
        WHERE NOT EXISTS (SELECT 1 FROM bounds_place WHERE asset_id = NEW.id);
    INSERT INTO BOXES SELECT place, NEW.west, NEW.east, NEW.south, NEW.north
        FROM bounds_place WHERE asset_id = NEW.id;
END

CREATE TRIGGER bounds_on_update AFTER UPDATE OF id, west, east, south, north ON asset BEGIN
    DELETE FROM BOXES WHERE place = (SELECT place FROM bounds_place WHERE asset_id = OLD.id);
    INSERT INTO bounds_place (asset_id) SELECT NEW.id
        WHERE NOT EXISTS (SELECT 1 FROM bounds_place WHERE asset_id = NEW.id);
    INSERT INTO BOXES SELECT place, NEW.west, NEW.east, NEW.south, NEW.north
        FROM bounds_place WHERE asset_id = NEW.id AND NEW.west IS NOT NULL;
END

CREATE TRIGGER bounds_on_delete AFTER DELETE ON asset BEGIN
    DELETE FROM BOXES WHERE place = (SELECT place FROM bounds_place WHERE asset_id = OLD.id);
    DELETE FROM bounds_place WHERE asset_id = OLD.id;
END
"""


def statements(table: str) -> list[str]:
    """What makes the index anew with this table of boxes, and fills it."""
    told = "".join((_PLACES, _TABLE[table], _REST)).replace("BOXES", table)
    return [part for part in told.strip().split("\n\n") if part]

"""The styles inside a GeoPackage: the table that QGIS reads when it opens a layer."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from gis.features import OutLayer
from gis.qml import qml
from gis.sld import sld

TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)
"""
LISTED = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
VALUES ('layer_styles', 'attributes', 'layer_styles', '')
"""
STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
  styleName, styleQML, styleSLD, useAsDefault, description, owner)
VALUES ('', '', ?, ?, 'voirie', ?, ?, 1, ?, '')
"""


def add_styles(geopackage: Path, layers: Sequence[OutLayer], language: str) -> None:
    """Give every layer its style, by default the one that it opens with."""
    with closing(sqlite3.connect(geopackage)) as connection, connection:
        connection.execute(TABLE)
        connection.execute(LISTED)
        for layer in layers:
            names = {field.name: field.name for field in layer.fields}
            column = "geom" if layer.placed else ""
            drawn = sld(layer, language, names) if layer.placed else ""
            told = (layer.code, column, qml(layer, language, names), drawn)
            connection.execute(STYLE, (*told, layer.label(language)))

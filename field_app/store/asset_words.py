"""The index of the words of assets: their names, tags and addresses, found by how a word begins.

It is SQLite's own full-text search (FTS5), which passes over accents, case and apostrophes. Like
the spatial index (`asset_model/bounds.py`) it lies beside the table, triggers keep it in step
whoever writes, and it is laid anew where it is missing. Where SQLite was built without FTS5 there
is none, and a search reads every row.
"""

import re

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.orm import Session

from field_app.store.folding import folded

TRIGGERS = frozenset({"words_on_insert", "words_on_update", "words_on_delete"})

_TOLD = "coalesce({row}.name, '') || ' ' || {row}.tag || ' ' || coalesce({row}.address, '')"
_NEW, _OLD, _EACH = (_TOLD.format(row=row) for row in ("new", "old", "asset"))
_OF_OLD = "FROM words_place WHERE asset_id = old.id"
_OF_NEW = "FROM words_place WHERE asset_id = new.id"
_TAKE_OUT = (
    f"INSERT INTO words_said (words_said, rowid, said) SELECT 'delete', place, {_OLD} {_OF_OLD};"
)
_PUT_IN = f"INSERT INTO words_said (rowid, said) SELECT place, {_NEW} {_OF_NEW};"

_MAKE = "INSERT INTO words_place (asset_id) VALUES (new.id);"
_WHEN = f"WHEN {_OLD} IS NOT {_NEW} BEGIN {_TAKE_OUT} {_PUT_IN}"
_FORGET = "DELETE FROM words_place WHERE asset_id = old.id;"
_TABLES = """
DROP TABLE IF EXISTS words_said;
DROP TABLE IF EXISTS words_place;
CREATE TABLE words_place (place INTEGER PRIMARY KEY, asset_id TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE words_said
  USING fts5 (said, content='', tokenize="unicode61 remove_diacritics 2", prefix='2 3');
INSERT INTO words_place (asset_id) SELECT id FROM asset;
INSERT INTO words_said (rowid, said)
  SELECT place, {each} FROM words_place JOIN asset ON asset.id = words_place.asset_id;
DROP TRIGGER IF EXISTS words_on_insert;
DROP TRIGGER IF EXISTS words_on_update;
DROP TRIGGER IF EXISTS words_on_delete
"""
"""An asset's own rowid may change with a VACUUM: the index has places of its own."""

STATEMENTS = (
    *_TABLES.format(each=_EACH).split(";"),
    f"CREATE TRIGGER words_on_insert AFTER INSERT ON asset BEGIN {_MAKE} {_PUT_IN} END",
    f"CREATE TRIGGER words_on_update AFTER UPDATE OF name, tag, address ON asset {_WHEN} END",
    f"CREATE TRIGGER words_on_delete AFTER DELETE ON asset BEGIN {_TAKE_OUT} {_FORGET} END",
)

_LAID = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'asset'")
_FOUND = (
    "asset.id IN (SELECT asset_id FROM words_place WHERE place IN"
    " (SELECT rowid FROM words_said WHERE words_said MATCH :beginnings))"
)


def lay(connection: Connection) -> None:
    """Make the index and fill it, unless it is there, or SQLite cannot have it."""
    has_search = connection.scalar(text("SELECT sqlite_compileoption_used('ENABLE_FTS5')"))
    if has_search and not _is_laid(connection):
        for statement in STATEMENTS:
            connection.execute(text(statement))


def _is_laid(connection: Connection) -> bool:
    return set(connection.scalars(_LAID)) >= TRIGGERS


def beginning_with(session: Session, words: list[str]) -> TextClause | None:
    """Assets that have a word beginning with each of these; None where the index cannot tell."""
    parts = [part for word in words for part in re.findall(r"\w+", folded(word))]
    if not parts or not _is_laid(session.connection()):
        return None
    return text(_FOUND).bindparams(beginnings=" ".join(f'"{part}"*' for part in parts))

"""Reading a tablet's unsent work out of its data folder, whatever state that is in.

The database is copied first, and the copy read: the original is not touched, not even by SQLite's
own recovery. What SQLite cannot read is looked for page by page. An old state of a change that is
found that way does no harm: the server knows every change by its id.
"""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from asset_model.findings import Finding
from asset_model.photos import is_hash
from field_app.store.local import FileState, LocalChange, PhotoFile, State
from field_app.store.pages import Cell, Pages

DATABASE = "tablet.sqlite"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STATES = frozenset(State)
JSON_COLUMNS = ("before", "after", "columns", "set_aside", "details")
ERRORS_TOLD_MAX = 10

# From the table itself: an index may be damaged where the rows are not.
EVERY_ROW = {
    "local_change": "SELECT * FROM local_change NOT INDEXED",
    "photo_file": "SELECT * FROM photo_file NOT INDEXED",
    "replica": "SELECT * FROM replica NOT INDEXED",
}

Row = dict[str, Any]


@dataclass
class Salvaged:
    """Rows as they were found, by their place, and what is known to be missing."""

    changes: dict[int, Row] = field(default_factory=dict)
    photos: dict[int, Row] = field(default_factory=dict)
    replica: Row = field(default_factory=dict)
    missing: frozenset[int] = frozenset()
    """Places at which a change was, or may have been, that could not be read."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def damaged(self) -> bool:
        return any(finding.grave for finding in self.findings)


def salvage(folder: Path) -> Salvaged:
    """Everything that can still be read.

    :raises FileNotFoundError: there is no tablet's database in the folder
    """
    if not (folder / DATABASE).exists():
        raise FileNotFoundError(folder / DATABASE)
    with _copied(folder / DATABASE) as file:
        found, pages = Salvaged(), Pages(file)
        if not file.with_name(file.name + "-wal").exists():
            found.findings.append(Finding("no_log", grave=False))
        if pages.frames_cut_off:
            found.findings.append(Finding("log_damaged", {"frames": pages.frames_cut_off}))
        listed = _by_sqlite(file, found)
        if found.damaged:
            _by_pages(pages, found, listed)
        return found


@contextmanager
def _copied(file: Path) -> Iterator[Path]:
    """A copy of the database and of its log as of one moment, even while the tablet works."""
    with TemporaryDirectory() as folder, _held(file):
        copy = Path(folder) / DATABASE
        # The file first: whatever moves into it meanwhile is in the log as well.
        for name in (file.name, file.name + "-wal"):
            source = file.with_name(name)
            if source.exists() or name == file.name:
                _copy(source, copy.with_name(name))
        yield copy


@contextmanager
def _held(file: Path) -> Iterator[None]:
    """While an application works on the file, a reader: SQLite does not start the log over."""
    if not all(file.with_name(file.name + ending).exists() for ending in ("-wal", "-shm")):
        yield  # Nobody is there, and a reader would make these files.
        return
    uri = f"{file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=5)) as connection:
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
        except sqlite3.Error:
            pass  # Damaged: there is nobody to wait for.
        yield


def _copy(source: Path, target: Path) -> None:
    """Up to the first sector that cannot be read."""
    with source.open("rb") as stream, target.open("wb") as copy:
        try:
            shutil.copyfileobj(stream, copy, 1 << 16)
        except OSError:
            pass  # The pages after it are missing, and will be named.


def _by_sqlite(file: Path, found: Salvaged) -> dict[int, str] | None:
    """Read what SQLite can; give the places and states that its index lists, if that is sound."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        # A letter that is torn must not cost the row, and still less the rows after it.
        connection.text_factory = lambda raw: raw.decode(errors="replace")
        try:
            check = connection.execute(f"PRAGMA quick_check({ERRORS_TOLD_MAX})").fetchall()
            errors = [str(row[0]) for row in check if row[0] != "ok"]
        except sqlite3.Error as error:
            errors = [str(error)]
        found.findings += [Finding("damage", {"error": error}) for error in errors]
        for row in _rows(connection, "local_change", found):
            _take(found.changes, row, found)
        for row in _rows(connection, "photo_file", found):
            found.photos[row["place"]] = row
        for row in _rows(connection, "replica", found):
            found.replica = row
        return _listed(connection)


def _rows(connection: sqlite3.Connection, table: str, found: Salvaged) -> Iterator[Row]:
    count = 0
    try:
        for row in connection.execute(EVERY_ROW[table]):
            count += 1
            yield dict(row)
    except sqlite3.Error as error:
        if table == "photo_file" and "no such table" in str(error) and not found.damaged:
            return  # A tablet of before photos.
        details = {"table": table, "rows": count, "error": str(error)}
        found.findings.append(Finding("table_cut_short", details))


def _listed(connection: sqlite3.Connection) -> dict[int, str] | None:
    query = "SELECT place, state FROM local_change INDEXED BY ix_local_change_state_place"
    try:
        return {int(place): str(state) for place, state in connection.execute(query)}
    except (sqlite3.Error, ValueError, TypeError):
        return None


def _take(changes: dict[int, Row], row: Row, found: Salvaged) -> None:
    change = _sensible(row)
    if change is not None:
        changes[change["place"]] = change
    else:
        found.findings.append(Finding("change_garbled", {"place": row.get("place")}))


def _sensible(row: Row) -> Row | None:
    """The change, where every part of it makes sense."""
    ids = [row.get(name) for name in ("id", "group_id")]
    texts = [row.get(name) for name in ("person_id", "row_id", "table_name", "made_at")]
    plain = all(isinstance(id, str) and ID.fullmatch(id) for id in ids)
    if not plain or not all(isinstance(text, str) and text.isprintable() for text in texts):
        return None
    if row.get("op") not in ("insert", "edit") or row.get("state") not in STATES:
        return None
    try:
        parts = {name: json.loads(row.get(name) or "{}") for name in JSON_COLUMNS}
    except (TypeError, ValueError):
        return None
    sound = all(isinstance(part, dict) for part in parts.values())
    clear = "\ufffd" not in json.dumps(parts, ensure_ascii=False)
    return {**row, **parts} if sound and clear else None


def _by_pages(pages: Pages, found: Salvaged, listed: dict[int, str] | None) -> None:
    """Add what the pages hold and SQLite could not reach, and work out what is missing still."""
    known = {row["id"] for row in found.changes.values()}
    before = len(found.changes)
    places: dict[int, str] = dict(listed or {})
    for cell in pages.cells(older=True):
        change = _change_in(cell)
        if change is not None and change["id"] not in known:
            known.add(change["id"])
            found.changes.setdefault(change["place"], change)
        if (photo := _photo_in(cell)) is not None:
            found.photos.setdefault(photo["place"], photo)
        if listed is None and (entry := _entry_in(cell)) is not None:
            places.setdefault(*entry)
    if len(found.changes) > before:
        details = {"changes": len(found.changes) - before}
        found.findings.append(Finding("found_in_pages", details, grave=False))
    holes: set[int] = set()
    if listed is None and found.changes:
        holes = set(range(min(found.changes), max(found.changes))) - set(found.changes)
    found.missing = frozenset(places.keys() - found.changes.keys()) | holes
    if found.missing:
        found.findings.append(Finding("changes_missing", {"places": _spans(found.missing)}))


def _change_in(cell: Cell) -> Row | None:
    names = [column.name for column in LocalChange.__table__.columns]
    if cell.row_id is None or len(cell.values) < names.index("details"):
        return None
    # The row id is the place: SQLite keeps it beside the values.
    return _sensible({**dict(zip(names, cell.values, strict=False)), "place": cell.row_id})


def _photo_in(cell: Cell) -> Row | None:
    names = [column.name for column in PhotoFile.__table__.columns]
    if cell.row_id is None or len(cell.values) != len(names):
        return None
    row = {**dict(zip(names, cell.values, strict=True)), "place": cell.row_id}
    sha256, state = row["sha256"], row["state"]
    sensible = isinstance(sha256, str) and is_hash(sha256) and state in frozenset(FileState)
    return row if sensible else None


def _entry_in(cell: Cell) -> tuple[int, str] | None:
    """An entry of the index on (state, place)."""
    if cell.row_id is None and len(cell.values) == 3:
        state, place, again = cell.values
        if isinstance(state, str) and state in STATES and isinstance(place, int) and place == again:
            return place, state
    return None


def _spans(places: frozenset[int]) -> str:
    """Places as people list them: ``3, 7–9``."""
    spans: list[list[int]] = []
    for place in sorted(places):
        if spans and place == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], place]
        else:
            spans.append([place])
    return ", ".join("–".join(map(str, span)) for span in spans)

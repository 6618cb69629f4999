"""Every file this package reads or writes: delimited text, layers, mappings, refused rows."""

import csv
import re
import tomllib
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from importlib.resources import files
from io import StringIO
from itertools import count
from pathlib import Path
from stat import S_IWUSR
from typing import Any

import pyogrio
from pandas import DataFrame, isna

from gis.delimited import CutRow, cut, delimiter_of
from gis.mapping import OWN_CRS, OWN_GEOMETRY, Mapping
from gis.mapping_document import mapping_from
from gis.problems import Problem, listed, refuse
from gis.table import Table

DELIMITED = (".csv", ".txt", ".tsv")
LAYERED = (".gpkg", ".geojson", ".json", ".shp", ".zip", ".fgb")
REASON, ROW, RAW = "_reason", "_row", "_raw"


def read_table(path: Path, *, layer: str | None = None) -> Table:
    """The file as a table of text.

    :raises ImportRefused: the file is missing, empty, of another kind, or unreadable as a whole
    """
    if not path.is_file():
        raise refuse("file_missing", path=path)
    suffix = path.suffix.lower()
    if suffix not in DELIMITED + LAYERED:
        raise refuse("file_kind", suffix=suffix, known=", ".join(DELIMITED + LAYERED))
    table = _delimited(path) if suffix in DELIMITED else _layered(path, layer=layer)
    if table.frame.empty:
        raise refuse("file_empty", path=path)
    return table


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file.

    :raises ImportRefused: with everything wrong in it
    """
    if not path.is_file():
        raise refuse("file_missing", path=path)
    return _mapping(path.read_bytes(), title=path.name)


def known_mappings() -> tuple[Mapping, ...]:
    """The mappings that come with the project, by name."""
    folder = files("gis") / "mappings"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_mapping(file.read_bytes(), title=file.name) for file in found)


def write_refused(table: Table, reasons: Dict[int, str], *, fallback: Path) -> Path:
    """Write the refused rows beside the file they come from, or in `fallback` where that cannot be.

    The rows are as they were read, with their number and their reason. A file of refused rows
    that someone may be mending is never written over: the next name is taken.
    """
    content = _refused_content(table, reasons)
    beside = table.path.parent
    # A folder marked read-only is left alone even by root, who could write there.
    if not beside.stat().st_mode & S_IWUSR:
        return _written(content, folder=fallback, stem=table.path.stem)
    try:
        return _written(content, folder=beside, stem=table.path.stem)
    except OSError:
        return _written(content, folder=fallback, stem=table.path.stem)


def _written(content: bytes, *, folder: Path, stem: str) -> Path:
    base = re.sub(r"\.refused(-\d+)?$", "", stem)
    for attempt in count(1):
        path = folder / (f"{base}.refused.csv" if attempt == 1 else f"{base}.refused-{attempt}.csv")
        if not path.exists():
            path.write_bytes(content)
        if path.read_bytes() == content:
            return path
    raise AssertionError("unreachable: count() has no end")


def _refused_content(table: Table, reasons: Dict[int, str]) -> bytes:
    own = [c for c in (OWN_GEOMETRY, OWN_CRS) if c in table.frame]
    raw = [RAW] if RAW in table.frame else []
    columns = [*table.columns, *own, *raw]
    stream = StringIO(newline="")
    writer = csv.writer(stream, delimiter=table.delimiter)
    writer.writerow([*columns, ROW, REASON])
    for row, reason in reasons.items():
        writer.writerow([*table.frame.loc[row, columns], row, reason])
    # With a byte-order mark, or a spreadsheet takes the accents for something else.
    return stream.getvalue().encode("utf-8-sig")


def _mapping(content: bytes, *, title: str) -> Mapping:
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refuse("mapping_syntax", mapping=title, why=error) from None
    return mapping_from(document, title=title)


def _delimited(path: Path) -> Table:
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise refuse("file_unreadable", path=path, why=error.strerror) from None
    if "\x00" in text:
        raise refuse("file_unreadable", path=path, why="NUL")
    delimiter = delimiter_of(text.partition("\n")[0])
    rows = list(cut(text, delimiter=delimiter))
    if not rows:
        raise refuse("file_empty", path=path)
    header = _header(rows[0], path=path)
    faults: dict[int, Problem] = {}
    for row in rows[1:]:
        if not any(row.cells[len(header) :]):
            del row.cells[len(header) :]
        if problem := row.problem or _miscounted(row, wanted=len(header)):
            faults[row.number] = problem
    return Table(path, _frame(rows[1:], header=header, faults=faults), faults, delimiter)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Windows programs of Québec towns write when they do not write UTF-8.
        return content.decode("cp1252", errors="replace")


def _header(row: CutRow, *, path: Path) -> list[str]:
    if row.problem:
        raise refuse("file_unreadable", path=path, why=row.problem.sentence())
    names = [name.strip() for name in row.cells]
    for name in names:
        if names.count(name) > 1:
            raise refuse("header_repeated", column=name)
    return names


def _miscounted(row: CutRow, *, wanted: int) -> Problem | None:
    if len(row.cells) == wanted:
        return None
    return Problem("cell_count", row.number, {"found": len(row.cells), "wanted": wanted})


def _frame(rows: Sequence[CutRow], *, header: list[str], faults: Dict[int, Problem]) -> DataFrame:
    """Rows that could not be cut have empty cells, and their text in ``_raw``."""
    names = [*header, RAW] if faults and RAW not in header else header
    blank = [""] * len(header)
    cells = [blank if row.number in faults else row.cells for row in rows]
    frame = DataFrame(cells, columns=header, index=[row.number for row in rows], dtype=object)
    if faults:
        frame[RAW] = [row.raw if row.number in faults else "" for row in rows]
    return frame[names]


def _layered(path: Path, *, layer: str | None) -> Table:
    source = f"/vsizip/{path}" if path.suffix.lower() == ".zip" else str(path)
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(source)]
        if layer is None and len(names) > 1:
            raise refuse("layers_several", path=path, known=listed(names))
        shapes = pyogrio.read_dataframe(source, layer=layer, on_invalid="ignore")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise refuse("file_unreadable", path=path, why=error) from None
    frame = DataFrame(shapes.drop(columns="geometry", errors="ignore")).map(_text)
    if "geometry" in shapes:
        frame[OWN_GEOMETRY] = ["" if shape is None else shape.wkt for shape in shapes.geometry]
        frame[OWN_CRS] = _crs_name(shapes.crs)
    frame.index = range(1, len(frame) + 1)
    return Table(path, frame)


def _crs_name(crs: Any) -> str:
    """EPSG:32188 where the system is in the register, its WKT where it is not, else nothing."""
    if crs is None:
        return ""
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else str(crs.to_wkt())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isna(value) is True:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

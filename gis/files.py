"""Every file this package reads or writes: tables of all kinds, mappings, refused rows."""

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from importlib.resources import files
from io import StringIO
from itertools import count
from pathlib import Path
from stat import S_IWUSR

from gis import layers, sheets
from gis.inp import read_inp
from gis.mapping import OWN_CRS, OWN_GEOMETRY, Mapping
from gis.mapping_document import mapping_from
from gis.problems import refuse
from gis.sheets import RAW
from gis.table import Table
from gis.toml_files import document_of, no_file

REASON, ROW = "_reason", "_row"
MODELS = (".inp",)
KNOWN = (*sheets.SUFFIXES, *layers.SUFFIXES, *MODELS)


def read_table(path: Path, *, layer: str | None = None) -> Table:
    """The file as a table of text.

    :raises ImportRefused: the file is missing, empty, of another kind, or unreadable as a whole
    """
    suffix = path.suffix.lower()
    if not (path.is_file() or (path.is_dir() and suffix == ".gdb")):
        raise no_file(path)
    if suffix not in KNOWN:
        raise refuse("file_kind", suffix=suffix, known=", ".join(KNOWN))
    if suffix in sheets.SUFFIXES:
        table = sheets.read_sheet(path)
    elif suffix in MODELS:
        table = read_inp(path, layer=layer)
    else:
        _check_json(path)
        table = layers.read_layer(path, layer=layer)
    if table.frame.empty:
        raise refuse("file_empty", path=path)
    return table


def read_mapping(path: Path, *, crs: str | None = None) -> Mapping:
    """The mapping in a TOML file; `crs` stands in for its own coordinate system.

    :raises ImportRefused: with everything wrong in it
    """
    if not path.is_file():
        raise no_file(path)
    return _mapping(path.read_bytes(), title=path.name, crs=crs)


def known_mappings(*folders: Path) -> tuple[Mapping, ...]:
    """The mappings that come with the project and those kept in the town's own folders, by name.

    Of one source only the newest version counts: the older ones tell what was done with it before.
    """
    newest: dict[str, Mapping] = {}
    for name, content in (*_built_in(), *_kept(folders)):
        mapping = _mapping(content, title=name)
        standing = newest.get(mapping.source)
        if standing is None or mapping.version >= standing.version:
            newest[mapping.source] = mapping
    return tuple(newest.values())


def keep_mapping(text: str, folder: Path, *, source: str) -> Path:
    """Keep a mapping under its source's name and its version; one that stands is never changed."""
    folder.mkdir(parents=True, exist_ok=True)
    version = mapping_from(tomllib.loads(text), title=source).version
    path = folder / f"{source}.v{version}.toml"
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise FileExistsError(path)
    path.write_text(text, encoding="utf-8")
    return path


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


def _check_json(path: Path) -> None:
    """:raises ImportRefused: it is JSON, but a list of records without shapes"""
    if path.suffix.lower() != ".json":
        return
    try:
        document = json.loads(path.read_bytes())
    except ValueError:
        return  # GDAL says better what is wrong with it.
    if not (isinstance(document, dict) and "type" in document):
        raise refuse("json_plain", path=path)


def _built_in() -> Iterator[tuple[str, bytes]]:
    folder = files("gis") / "mappings"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield file.name, file.read_bytes()


def _kept(folders: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            yield path.name, path.read_bytes()


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


def _mapping(content: bytes, *, title: str, crs: str | None = None) -> Mapping:
    document = document_of(content, title=title)
    geometry = document.get("geometry")
    if crs is not None and isinstance(geometry, dict):
        geometry["crs"] = crs
    return mapping_from(document, title=title)

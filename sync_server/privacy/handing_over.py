"""The file that is handed to a person: everything as JSON, and to be read as a page and as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from jinja2 import Environment, PackageLoader, StrictUndefined

from sync_server.photo_depot import Depot
from sync_server.privacy.known import Document

BOM = "\ufeff"
"""By it Excel knows that a CSV is in UTF-8."""


def write_file(
    path: Path,
    known: Sequence[Document],
    *,
    asked: str,
    town: str,
    language: str,
    now: datetime,
    depot: Depot | None,
) -> list[str]:
    """Write the zip; the names of the pictures whose files are not here."""
    missing: list[str] = []
    whole = {"asked": asked, "town": town, "made_at": now.isoformat(), "reports": known}
    with ZipFile(path, "w", ZIP_DEFLATED) as out:
        out.writestr("personne.json", json.dumps(whole, ensure_ascii=False, indent=1))
        out.writestr("personne.html", _page(whole, language))
        for name, rows in _tables(known).items():
            out.writestr(f"{name}.csv", _csv(rows))
        for picture in (each for report in known for each in report["pictures"]):
            try:
                content = _content(depot, picture["sha256"])
            except FileNotFoundError:
                missing.append(picture["file"])
            else:
                out.writestr(picture["file"], content)
    return missing


def _content(depot: Depot | None, sha256: str) -> bytes:
    """:raises FileNotFoundError: it is not here"""
    if depot is None:
        raise FileNotFoundError(sha256)
    with depot.open(sha256) as stream:
        return stream.read()


def _tables(known: Sequence[Document]) -> dict[str, list[Document]]:
    def inside(part: str) -> list[Document]:
        return [{"report": each["number"], **row} for each in known for row in each[part]]

    flat = [
        {name: value for name, value in each.items() if not isinstance(value, (list, dict))}
        | {"answers": json.dumps(each["answers"], ensure_ascii=False)}
        | (each["contact"] or {})
        for each in known
    ]
    return {"reports": flat} | {part: inside(part) for part in ("told", "letters", "looked_at")}


def _csv(rows: Iterable[Document]) -> str:
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return BOM + out.getvalue()


def _harmless(value: Any) -> Any:
    """What a spreadsheet would take for a formula is told to be words."""
    formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if formula else value


def _page(whole: Document, language: str) -> str:
    def say(french: str, english: str) -> str:
        return french if language == "fr" else english

    return _environment().get_template("person.html").render(**whole, language=language, say=say)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("sync_server.privacy"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

"""A CSV file as rows of text: with commas or semicolons, and numbers as people of Québec write."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from asset_model.errors import Refused


@dataclass(frozen=True)
class Row:
    """One line of a file, by the heads of its columns."""

    line: int
    cells: dict[str, str]

    def text(self, name: str) -> str:
        """:raises Refused: ``bad_value`` where the cell is empty"""
        return self.cells.get(name) or self.refuse(name, "abc")

    def maybe(self, name: str) -> str | None:
        return self.cells.get(name) or None

    def day(self, name: str) -> date:
        """:raises Refused: ``bad_value``"""
        return self.maybe_day(name) or self.refuse(name, "2026-11-26")

    def maybe_day(self, name: str) -> date | None:
        text = self.maybe(name)
        try:
            return None if text is None else date.fromisoformat(text)
        except ValueError:
            self.refuse(name, "2026-11-26")

    def number(self, name: str) -> float:
        """:raises Refused: ``bad_value``"""
        value = self.maybe_number(name)
        return self.refuse(name, "1 234,50") if value is None else value

    def maybe_number(self, name: str) -> float | None:
        """``1 234,50``, ``1234.5`` and ``42,50 $`` are numbers; so is what a cell leaves empty."""
        text = (self.maybe(name) or "").replace("$", "")
        text = "".join(sign for sign in text if not sign.isspace()).replace(",", ".")
        try:
            return float(text) if text else None
        except ValueError:
            self.refuse(name, "1 234,50")

    def refuse(self, name: str, why: str) -> NoReturn:
        value = self.cells.get(name, "")[:80]
        raise Refused("bad_value", field=name, value=value, why=why)


def read_rows(content: bytes, wanted: Sequence[str]) -> Iterator[Row]:
    """The rows under a heading that has the wanted columns; empty lines are passed over.

    :raises Refused: ``bad_value`` for a file that is no text, or has not those columns
    """
    text = _decoded(content)
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    heads = [head.strip().lower() for head in reader.fieldnames or ()]
    missing = [name for name in wanted if name not in heads]
    if missing:
        raise Refused("bad_value", field=missing[0], value=heading[:80], why=", ".join(wanted))
    reader.fieldnames = heads
    for cells in reader:
        kept = {k: v.strip() for k, v in cells.items() if isinstance(v, str) and k}
        if any(kept.values()):
            yield Row(reader.line_num, kept)


def _decoded(content: bytes) -> str:
    """UTF-8, else what older spreadsheets of Windows write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")

"""Figures and records as plain rows, and the rows as JSON lines, CSV or XML."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from asset_model.base import instant
from maintenance.figures.figure import Figure
from maintenance.figures.rules import RULES
from sync_server.figures.sheet import Sheet
from sync_server.figures.words import (
    FLEET,
    TITLES,
    WHAT,
    details_of,
    notes_of,
    pick,
    when,
)

Row = dict[str, Any]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def figure_rows(sheet: Sheet, language: str) -> Iterator[Row]:
    """One row for each figure of each unit, the fleet's last."""
    for unit in (*sheet.fleet.units, None):
        for figure in sheet.figures:
            if figure.asset_id == unit:
                yield _figure_row(sheet, figure, language)


def _figure_row(sheet: Sheet, figure: Figure, language: str) -> Row:
    unit = figure.asset_id
    return {
        "unit": None if unit is None else sheet.fleet.tags[unit],
        "name": pick(FLEET, language) if unit is None else sheet.fleet.names[unit],
        "figure": figure.code,
        "title": pick(TITLES[figure.code], language),
        "value": _rounded(figure.value),
        "measure": figure.unit,
        "over": _rounded(figure.over),
        "under": _rounded(figure.under),
        "records": len(figure.records),
        "note": notes_of(figure, language),
        "rule_version": figure.rule.version,
        "rule": figure.rule.words(language),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def record_rows(sheet: Sheet, figure: str, language: str) -> Iterator[Row]:
    """The records that make a figure of the fleet, or of the one unit that was asked for."""
    for record in sheet.opened(figure).records:
        yield {
            "figure": figure,
            "unit": sheet.fleet.tags[record.asset_id],
            "at": when(record.at, sheet.period),
            "order": record.order,
            "what": pick(WHAT[record.what], language),
            "details": details_of(record, language, sheet.period),
            "amount": _rounded(record.amount),
            "measure": sheet.opened(figure).unit,
            "table": record.table,
            "id": record.id,
        }


def heading(sheet: Sheet, language: str) -> Row:
    """What all of it is about: it goes with the rows wherever they go."""
    return {
        "from": sheet.period.first.isoformat(),
        "to": sheet.period.last.isoformat(),
        "made_at": instant(sheet.made_at),
        "language": language,
    }


def as_json_lines(rows: Iterable[Row], heading: Row) -> str:
    """One JSON object a line, each with the period."""
    every = (json.dumps({**heading, **row}, ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in every)


def as_csv(rows: Iterable[Row], heading: Row) -> str:
    """One row a line, each with the period; a text that a spreadsheet would run is kept a text."""
    every = [{**heading, **row} for row in rows]
    buffer = io.StringIO()
    if every:
        writer = csv.DictWriter(buffer, list(every[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({name: _inert(value) for name, value in row.items()} for row in every)
    return buffer.getvalue()


def _inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def as_xml(rows: Iterable[Row], heading: Row, *, name: str) -> str:
    """``<figures from= to= …><rule …/>…<figure …/>…</figures>``, or ``<records>`` of one."""
    root = ET.Element(f"{name}s", _attributes(heading))
    every = list(rows)
    language = heading["language"]
    for code in dict.fromkeys(row["figure"] for row in every):
        rule = RULES[code]
        told = ET.SubElement(root, "rule", figure=code, version=str(rule.version))
        told.text = rule.words(language)
    for row in every:
        kept = {key: value for key, value in row.items() if not key.startswith("rule")}
        ET.SubElement(root, name, _attributes(kept))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def plain_xml(rows: Iterable[Row], heading: Row, *, name: str) -> str:
    """``<name made_at= …><row …/>…</name>``: each column is an attribute."""
    root = ET.Element(name, _attributes(heading))
    for row in rows:
        ET.SubElement(root, "row", _attributes(row))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _attributes(row: Mapping[str, Any]) -> dict[str, str]:
    """What is empty is left out, and signs that XML cannot hold."""
    return {key: _legal(str(value)) for key, value in row.items() if value not in (None, "")}


def _legal(text: str) -> str:
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")

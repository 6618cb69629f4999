"""The fleet's figures for a screen: each unit's, the fleet's, and the records that make one."""

from datetime import timedelta
from typing import Any

from maintenance.due import TORONTO
from maintenance.figures.figure import Figure, Record
from maintenance.figures.rules import RULES
from maintenance.figures.spans import Period
from sync_server.bulletins.asking import Asking
from sync_server.dashboard.figure import PAGE, paged
from sync_server.figures.lines import record_rows
from sync_server.figures.sheet import Sheet, work_out
from sync_server.figures.words import NOTES, TITLES, WHAT

DAYS = 365
PAGE_MAX = 10_000


def fleet_figures(asking: Asking) -> dict[str, Any]:
    """Every figure of each unit and of the fleet, over the days that are asked for."""
    sheet = sheet_of(asking)
    return {
        "first": sheet.period.first.isoformat(),
        "last": sheet.period.last.isoformat(),
        "fleet": _figures(sheet, None),
        "units": [
            {
                "id": unit,
                "tag": sheet.fleet.tags[unit],
                "name": sheet.fleet.names[unit],
                "figures": _figures(sheet, unit),
            }
            for unit in sheet.fleet.units
        ],
        "rules": {code: _rule(code) for code in RULES},
    }


def sheet_of(asking: Asking) -> Sheet:
    """:raises Refused: ``bad_value``, ``period_unusable``, ``unit_not_in_fleet``"""
    last = asking.day("last", asking.today - timedelta(days=1))
    first = asking.day("first", last - timedelta(days=DAYS - 1))
    period = Period(first, last, TORONTO)
    return work_out(asking.session, period, now=asking.now, unit=asking.text("unit"))


def _figures(sheet: Sheet, unit: str | None) -> dict[str, Any]:
    return {figure.code: _told(figure) for figure in sheet.figures if figure.asset_id == unit}


def _told(figure: Figure) -> dict[str, Any]:
    return {
        "value": None if figure.value is None else round(figure.value, 4),
        "measure": figure.unit,
        "records": len(figure.records),
        "notes": [_both(NOTES[note]) for note in dict.fromkeys(figure.notes)],
    }


def _rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    told = {"version": rule.version, "fr": rule.french, "en": rule.english}
    return {**told, "title": _both(TITLES[code])}


def _both(words: tuple[str, str]) -> dict[str, str]:
    return {"en": words[0], "fr": words[1]}


def fleet_figure_list(asking: Asking) -> dict[str, Any]:
    """The records that make a figure of the fleet, or of the one unit that is asked for."""
    code = asking.word("figure", RULES)
    page = asking.number("page", 0, most=PAGE_MAX)
    sheet = sheet_of(asking)
    figure = sheet.opened(code)
    told = {language: list(record_rows(sheet, code, language)) for language in ("fr", "en")}
    rows = [
        _row(record, french, english)
        for record, french, english in zip(figure.records, told["fr"], told["en"], strict=True)
    ]
    return {
        "first": sheet.period.first.isoformat(),
        "last": sheet.period.last.isoformat(),
        "figure": code,
        "unit": asking.text("unit"),
        "value": None if figure.value is None else round(figure.value, 4),
        "measure": figure.unit,
        "count": len(rows),
        "page": page,
        "pages": max(1, -(-len(rows) // PAGE)),
        "rows": list(paged(rows, page)),
        "rule": _rule(code),
    }


def _row(record: Record, french: dict[str, Any], english: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": record.id,
        "unit": french["unit"],
        "at": french["at"],
        "number": record.order,
        "what": _both(WHAT[record.what]),
        "why": {"fr": french["details"], "en": english["details"]},
        "amount": french["amount"],
    }

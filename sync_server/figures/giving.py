"""Figures in the form that somebody asked for."""

from dataclasses import dataclass

from asset_model.errors import Refused
from maintenance.figures.rules import RULES
from sync_server.figures.lines import (
    as_csv,
    as_json_lines,
    as_xml,
    figure_rows,
    heading,
    record_rows,
)
from sync_server.figures.sheet import Sheet


@dataclass(frozen=True)
class Form:
    suffix: str
    media_type: str


FORMS = {
    "json": Form("jsonl", "application/x-ndjson"),
    "csv": Form("csv", "text/csv; charset=utf-8"),
    "xml": Form("xml", "application/xml; charset=utf-8"),
}


def given(sheet: Sheet, form: str, language: str, *, figure: str | None = None) -> str:
    """All figures, or the records of one, as text.

    :raises Refused: ``figure_unknown``
    """
    check_figure(figure)
    top = heading(sheet, language)
    if figure is None:
        rows = list(figure_rows(sheet, language))
    else:
        rows = list(record_rows(sheet, figure, language))
    match form:
        case "csv":
            return as_csv(rows, top)
        case "xml":
            return as_xml(rows, top, name="figure" if figure is None else "record")
    return as_json_lines(rows, top)


def check_figure(figure: str | None) -> None:
    """:raises Refused: ``figure_unknown``"""
    if figure is not None and figure not in RULES:
        raise Refused("figure_unknown", figure=figure[:40], known=", ".join(RULES))

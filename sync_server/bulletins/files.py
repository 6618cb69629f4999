"""Bulletins to take away: as PDF, CSV or XML, made from the same answer as the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from asset_model.base import instant
from asset_model.errors import Refused
from sync_server.bulletins.asking import Asking
from sync_server.dashboard.paper import board_paper, board_rows, list_rows
from sync_server.figures.lines import as_csv, plain_xml
from sync_server.figures.paper import fleet_paper, fleet_record_rows, fleet_rows
from sync_server.papers.printing import Content, print_pdf
from sync_server.papers.whole import LAYOUT

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "pdf": "application/pdf",
}
LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Source:
    """`paper` is None where only rows can be had."""

    rows: Callable[[Asking, str], list[dict[str, Any]]]
    paper: Callable[[Asking, str], Content] | None = None


SOURCES: dict[str, Source] = {
    "dashboard": Source(board_rows, board_paper),
    "dashboard-list": Source(list_rows),
    "figures": Source(fleet_rows, fleet_paper),
    "figures-list": Source(fleet_record_rows),
}


def made_file(asking: Asking, name: str, form: str) -> bytes:
    """:raises Refused: ``not_found``, ``bad_value``"""
    source, language = SOURCES.get(name), asking.word("language", LANGUAGES, "fr")
    if source is None or form not in TYPES:
        raise Refused("not_found")
    if form == "pdf":
        if source.paper is None:
            raise Refused("not_found")
        return print_pdf(LAYOUT, source.paper(asking, language), now=asking.now)
    heading = {"made_at": instant(asking.now), "language": language}
    rows = source.rows(asking, language)
    told = as_csv(rows, heading) if form == "csv" else plain_xml(rows, heading, name=name)
    return told.encode("utf-8-sig" if form == "csv" else "utf-8")

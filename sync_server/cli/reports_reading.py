"""A file of reports, its mapping and its weights, as the commands of `voirie reports` read them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from sync_server.cli.opening import stop
from sync_server.cli.reports_told import say, tell_problems

if TYPE_CHECKING:
    from sync_server.grouping.mapping import ReportMapping
    from sync_server.grouping.reports import Reports

T = TypeVar("T")

WeightsOption = Annotated[
    str | None,
    typer.Option(metavar="FILE.json", help="Weights to use instead of the mapping's."),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Learn from what came before this day."),
]


def start_of(day: datetime, mapping: "ReportMapping") -> datetime:
    return day.replace(tzinfo=mapping.zone).astimezone(UTC)


def read_file(
    file: Path, named: str, spoken: str, *, quiet: bool = False
) -> "tuple[ReportMapping, Reports]":
    from sync_server.grouping.mapping import read_report_mapping
    from sync_server.grouping.reports import read_reports

    mapping = or_stop(lambda: read_report_mapping(named), spoken)
    reports = or_stop(lambda: read_reports(file, mapping), spoken)
    tell_problems(reports.problems, spoken)
    if not quiet:
        counts = {"read": len(reports.sightings), "refused": len(reports.problems)}
        say("read", spoken, counts)
    return mapping, reports


def or_stop(work: Callable[[], T], spoken: str) -> T:
    from gis.problems import ImportRefused

    try:
        return work()
    except ImportRefused as refusal:
        raise stop(refusal.told(spoken)) from None

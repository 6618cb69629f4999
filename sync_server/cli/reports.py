"""`voirie reports group`, `learn`, `measure`: which reports of a file tell of one thing."""

import os
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from asset_model.findings import language_of
from asset_model.grouping.assigning import Outcome
from asset_model.grouping.streams import placed
from sync_server.cli import LanguageOption
from sync_server.cli.reports_reading import WeightsOption, or_stop, read_file, start_of
from sync_server.cli.reports_told import say, tell_measures, write_groups

if TYPE_CHECKING:
    pass

T = TypeVar("T")
ALL_IN, SOME_REFUSED = 0, 3

ReportFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="CSV of reports; .gz is read too.")
]
MappingOption = Annotated[
    str,
    typer.Option(
        "--mapping", metavar="FILE.toml", help="What the columns mean, or a shipped name."
    ),
]
SinceOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Judge what came from this day on."),
]


def group(
    file: ReportFile,
    mapping: MappingOption,
    out: Annotated[Path, typer.Option(help="The groups, as CSV.")],
    weights: WeightsOption = None,
    language: LanguageOption = None,
) -> None:
    """Put a file's reports into incidents, one by one as they came, and say why.

    Writes report, incident, outcome, score (probability), likest and reasons. An incident bears the
    number of the report that founded it. What is only suggested, or came back after it was closed,
    founds its own.

    Exit codes: 0 every row was read; 3 some rows were refused; 2 nothing was written.
    """
    from sync_server.grouping.mapping import weights_of

    spoken = language_of(language, os.environ)
    known, reports = read_file(file, mapping, spoken)
    edition = or_stop(lambda: weights_of(known, weights), spoken)
    rows = list(placed(reports.sightings, weights=edition))
    write_groups(out, rows, spoken)
    counts = Counter(row.assignment.outcome for row in rows)
    outcomes = {
        "incidents": len({row.incident_id for row in rows}),
        "attach": counts[Outcome.ATTACH],
        "suggest": counts[Outcome.SUGGEST],
        "back": counts[Outcome.RECURRENCE],
    }
    say("grouped", spoken, outcomes)
    say("written", spoken, {"file": out})
    raise typer.Exit(SOME_REFUSED if reports.problems else ALL_IN)


def measure(
    file: ReportFile,
    mapping: MappingOption,
    since: SinceOption = None,
    weights: WeightsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    language: LanguageOption = None,
) -> None:
    """Measure the grouping against the clerks' decisions, beside what other systems do.

    Clerks do not note every twin, so that precision is a floor, for every way alike. Weights that
    were learned from the same decisions flatter themselves: learn --until, measure --since.
    """
    from sync_server.grouping.mapping import weights_of
    from sync_server.grouping.measuring import measured

    spoken = language_of(language, os.environ)
    known, reports = read_file(file, mapping, spoken, quiet=as_json)
    edition = or_stop(lambda: weights_of(known, weights), spoken)
    start = None if since is None else start_of(since, known)
    tell_measures(
        measured(reports.sightings, reports.groups, weights=edition, since=start), spoken, as_json
    )

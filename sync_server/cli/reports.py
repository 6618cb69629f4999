"""`voirie reports group`, `learn`, `measure`: which reports of a file tell of one thing."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from asset_model.findings import language_of
from asset_model.grouping.assigning import Outcome
from asset_model.grouping.streams import placed
from asset_model.grouping.weights import written
from asset_model.numbers import shown
from sync_server.cli import LanguageOption, reports_in
from sync_server.cli.opening import stop
from sync_server.cli.reports_told import say, tell_measures, tell_problems, write_groups

if TYPE_CHECKING:
    from sync_server.grouping.mapping import ReportMapping
    from sync_server.grouping.reports import Reports

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
WeightsOption = Annotated[
    str | None,
    typer.Option(metavar="FILE.json", help="Weights to use instead of the mapping's."),
]
SinceOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Judge what came from this day on."),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Learn from what came before this day."),
]


def register(app: typer.Typer) -> None:
    """Under `voirie reports`."""
    reports = typer.Typer(
        no_args_is_help=True, help="Reports of citizens, and which are of one thing."
    )
    reports.command("group")(group)
    reports.command("learn")(learn)
    reports.command("measure")(measure)
    reports_in.register(reports)
    app.add_typer(reports, name="reports")


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
    known, reports = _read(file, mapping, spoken)
    edition = _or_stop(lambda: weights_of(known, weights), spoken)
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


def learn(
    file: ReportFile,
    mapping: MappingOption,
    out: Annotated[Path, typer.Option(help="The weights, as JSON.")],
    edition: Annotated[str, typer.Option(help="What these weights are called.")],
    until: UntilOption = None,
    weights: WeightsOption = None,
    language: LanguageOption = None,
) -> None:
    """Learn from what clerks decided how much each reason counts, in this town.

    The mapping names the column of their decisions. Attaching begins at the probability where F1
    on these decisions is highest.
    """
    from asset_model.grouping.weights import first_edition
    from sync_server.grouping.learning import learned
    from sync_server.grouping.mapping import weights_of
    from sync_server.grouping.reasons import refuse_reports

    spoken = language_of(language, os.environ)
    known, reports = _read(file, mapping, spoken)
    before = (
        first_edition() if weights is None else _or_stop(lambda: weights_of(known, weights), spoken)
    )
    before = replace(before, families={**before.families, **(known.families or {})})
    past = [each for each in reports.sightings if until is None or each.at < _start(until, known)]
    there = {each.id for each in past}
    groups = {a: b for a, b in reports.groups.items() if a in there and b in there}
    try:
        found = learned(past, groups, before=before, edition=edition)
    except ValueError:
        raise stop(refuse_reports("reports_undecided").told(spoken)) from None
    out.write_text(written(found), encoding="utf-8")
    attach, suggest = (shown(number, spoken) for number in (found.attach_at, found.suggest_at))
    say("learned", spoken, {"edition": edition, "attach": attach, "suggest": suggest})
    say("written", spoken, {"file": out})


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
    known, reports = _read(file, mapping, spoken, quiet=as_json)
    edition = _or_stop(lambda: weights_of(known, weights), spoken)
    start = None if since is None else _start(since, known)
    tell_measures(
        measured(reports.sightings, reports.groups, weights=edition, since=start), spoken, as_json
    )


def _start(day: datetime, mapping: "ReportMapping") -> datetime:
    return day.replace(tzinfo=mapping.zone).astimezone(UTC)


def _read(
    file: Path, named: str, spoken: str, *, quiet: bool = False
) -> "tuple[ReportMapping, Reports]":
    from sync_server.grouping.mapping import read_report_mapping
    from sync_server.grouping.reports import read_reports

    mapping = _or_stop(lambda: read_report_mapping(named), spoken)
    reports = _or_stop(lambda: read_reports(file, mapping), spoken)
    tell_problems(reports.problems, spoken)
    if not quiet:
        counts = {"read": len(reports.sightings), "refused": len(reports.problems)}
        say("read", spoken, counts)
    return mapping, reports


def _or_stop(work: Callable[[], T], spoken: str) -> T:
    from gis.problems import ImportRefused

    try:
        return work()
    except ImportRefused as refusal:
        raise stop(refusal.told(spoken)) from None

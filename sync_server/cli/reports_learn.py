"""`voirie reports learn`: how much each reason counts, from what people decided."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asset_model.findings import language_of
from asset_model.grouping.weights import written
from asset_model.numbers import shown
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop
from sync_server.cli.reports_reading import UntilOption, WeightsOption, or_stop, read_file, start_of
from sync_server.cli.reports_told import say

if TYPE_CHECKING:
    from asset_model.grouping.weights import Weights


def learn(
    edition: Annotated[str, typer.Option(help="What these weights are called.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="CSV of reports; .gz is read too.")
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(metavar="FILE.toml", help="What the columns mean, or a shipped name."),
    ] = None,
    from_town: Annotated[
        bool, typer.Option("--from-town", help="From what this town's own people decided.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="The weights, as JSON.")] = None,
    publish_as: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Let them hold here from now on, in somebody's name."),
    ] = None,
    until: UntilOption = None,
    weights: WeightsOption = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Learn from what clerks decided how much each reason counts, in this town.

    From a file, the mapping names the column of their decisions. With --from-town it is what people
    attached, took out and told apart at the office. Attaching begins at the probability where F1 on
    these decisions is highest.
    """
    spoken = language_of(language, os.environ)
    if from_town == (file is not None) or (file is not None and mapping is None):
        raise typer.BadParameter("give FILE with --mapping, or --from-town")
    if out is None and publish_as is None:
        raise typer.BadParameter("give --out, or --publish-as")
    if file is not None and mapping is not None:
        found = _from_file(file, mapping, edition, until, weights, spoken)
    else:
        found = _from_town(edition, until, spoken, database, data)
    attach, suggest = (shown(number, spoken) for number in (found.attach_at, found.suggest_at))
    say("learned", spoken, {"edition": edition, "attach": attach, "suggest": suggest})
    if out is not None:
        out.write_text(written(found), encoding="utf-8")
        say("written", spoken, {"file": out})
    if publish_as is not None:
        _publish(found, publish_as, spoken, database, data)


def _from_file(
    file: Path,
    mapping: str,
    edition: str,
    until: datetime | None,
    weights: str | None,
    spoken: str,
) -> "Weights":
    from asset_model.grouping.weights import first_edition
    from sync_server.grouping.learning import learned
    from sync_server.grouping.mapping import weights_of
    from sync_server.grouping.reasons import refuse_reports

    known, reports = read_file(file, mapping, spoken)
    before = (
        first_edition() if weights is None else or_stop(lambda: weights_of(known, weights), spoken)
    )
    before = replace(before, families={**before.families, **(known.families or {})})
    past = [each for each in reports.sightings if until is None or each.at < start_of(until, known)]
    there = {each.id for each in past}
    groups = {a: b for a, b in reports.groups.items() if a in there and b in there}
    try:
        return learned(past, groups, before=before, edition=edition)
    except ValueError:
        raise stop(refuse_reports("reports_undecided").told(spoken)) from None


def _from_town(
    edition: str, until: datetime | None, spoken: str, database: str | None, data: Path | None
) -> "Weights":
    from sync_server.grouping.reasons import refuse_reports
    from sync_server.grouping.town_decisions import learned_here

    before = until.replace(tzinfo=UTC) if until is not None else None
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        try:
            return learned_here(session, edition=edition, until=before)
        except ValueError:
            raise stop(refuse_reports("town_undecided").told(spoken)) from None


def _publish(
    weights: "Weights", named: str, spoken: str, database: str | None, data: Path | None
) -> None:
    from sync_server.acting import acting_person
    from sync_server.grouping.town_decisions import publish_weights

    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        person = acting_person(session, named, edits="incident", columns=frozenset({"status"}))
        publish_weights(session, weights, person_id=person.id, now=clock(), new_id=new_id)
    say("published", spoken, {"edition": weights.edition})

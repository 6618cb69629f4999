"""`voirie reports import`, `order`, `contact`, `erase`: what an office does with reports."""

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy.orm import Session

from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.importing import ALL_IN, SOME_REFUSED, DryRun
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop
from sync_server.cli.reports_told import say, tell_problems

if TYPE_CHECKING:
    from asset_model.people import Person
    from sync_server.intake.report_files import Taken

NumberArgument = Annotated[str, typer.Argument(help="The report's number: REQ-2026-000012.")]
AsOption = Annotated[str, typer.Option("--as", help="Who looks: a person's name or id.")]
WhyOption = Annotated[str, typer.Option("--why", help="Kept beside the look.")]


class _Undone(Exception):
    """A dry run ends as if it had failed: everything was done, and nothing stands."""


def import_reports(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV of another system.")],
    mapping: Annotated[Path, typer.Option(metavar="FILE.toml", help="What its columns mean.")],
    dry_run: DryRun = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Take in what another system's file says is open; a second time brings nothing new.

    Rows that cannot be used are told one by one, and written beside the file to NAME.refused.csv:
    mend them there and import that file the same way.

    Exit codes: 0 every row was read; 3 some rows were refused, the others are in; 2 nothing is.
    """
    from gis.files import write_refused
    from gis.problems import ImportRefused, reasons
    from sync_server.intake.report_files import read_file_mapping, take_file

    spoken = language_of(language, os.environ)
    taken: Taken | None = None
    with opened_or_exit(database, data, spoken) as opened:
        try:
            known = read_file_mapping(mapping)
            with opened.writing() as session:
                taken = take_file(session, file, known, now=clock(), new_id=new_id)
                if dry_run:
                    raise _Undone
        except ImportRefused as refusal:
            raise stop(refusal.told(spoken)) from None
        except _Undone:
            pass
    assert taken is not None, "else an exception is on its way"
    tell_problems(taken.problems, spoken)
    counts = {"new": taken.new, "known": taken.known, "closed": taken.closed}
    say("taken", spoken, {**counts, "refused": len(taken.problems)})
    if taken.problems and not dry_run:
        why = reasons(taken.problems, spoken)
        say("written", spoken, {"file": write_refused(taken.table, why, fallback=Path.cwd())})
    raise typer.Exit(SOME_REFUSED if taken.problems else ALL_IN)


def order(
    number: Annotated[str, typer.Argument(help="Of an incident or a report: INC-…, REQ-….")],
    by: Annotated[str, typer.Option("--as", help="Whose order it is: a person's name or id.")],
    crew: Annotated[str | None, typer.Option(help="Send it to the crew of this code.")] = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Make the work order of an incident, with its words, pictures and place."""
    from sync_server.acting import acting_person
    from sync_server.intake.acts import make_order

    spoken = language_of(language, os.environ)
    planning = frozenset({"status", "crew_id"})
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        person = acting_person(session, by, edits="incident", columns=planning)
        made = make_order(session, number, person, crew=crew, now=clock(), new_id=new_id)
        typer.echo(f"{made.number}  {made.title}  {made.place or ''}".strip())


def contact(
    number: NumberArgument,
    by: AsOption,
    why: WhyOption,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Show who sent a report, to those who may know; the look is written down."""
    from sync_server.intake.contacts import read_contact

    with opened_or_exit(database, data) as opened, opened.writing() as session:
        found = read_contact(session, number, _person(session, by), why=why, now=clock())
    for name, value in (asdict(found) if found else {}).items():
        if value:
            typer.echo(f"{name}: {value}")


def erase(
    number: NumberArgument,
    by: AsOption,
    why: WhyOption,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Forget who sent a report, and the address of its page. The problem itself stays.

    `voirie person erase` does it for all reports of one person.
    """
    from sync_server.intake.contacts import report_numbered
    from sync_server.privacy import erasing

    with opened_or_exit(database, data) as opened, opened.writing() as session:
        person, report = _person(session, by), report_numbered(session, number)
        done = erasing.erase(session, [report], person, why=why, now=clock())
    typer.echo("Erased." if done.contacts else "Nothing was known.")


def _person(session: Session, named: str) -> "Person":
    from sync_server.acting import acting_person

    return acting_person(session, named, edits="report", columns=frozenset({"incident_id"}))

"""`voirie checks`: the lists of circle checks, the figures of the law, and who is designated."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from asset_model.findings import language_of
from sync_server import fleet_records
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop

CONFIRMED = {True: ("confirmed", "confirmé"), False: ("to be confirmed", "à confirmer")}


def lists(
    code: Annotated[
        str | None, typer.Argument(help="Show this list's newest edition as a document to edit.")
    ] = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """The lists of circle checks: every edition, or one as JSON to edit and publish."""
    spoken = language_of(language, os.environ)
    with _town(database, data, spoken) as session:
        if code is not None:
            document = fleet_records.document_of(fleet_records.newest(session, code))
            typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
            return
        for form in fleet_records.editions(session):
            title = form.title_fr if spoken == "fr" else form.title_en
            read = CONFIRMED[form.confirmed][spoken == "fr"]
            typer.echo(f"{form.code} {form.edition}  {form.effective_on}  {title} ({read})")


def publish(
    document: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Publish a list as a new edition. Reports keep the edition they were made by."""
    spoken = language_of(language, os.environ)
    try:
        told = json.loads(document.read_text("utf-8"))
    except ValueError as why:
        raise stop(f"{document}: {why}") from None
    with _town(database, data, spoken) as session:
        form = fleet_records.publish(session, told, now=clock(), new_id=new_id)
        typer.echo(f"{form.code} {form.edition}  {form.effective_on}")


def rules(
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """The figures in force today, each with its source, and whether somebody has read it there."""
    spoken = language_of(language, os.environ)
    with _town(database, data, spoken) as session:
        for figure in fleet_records.figures(session, clock()):
            label = figure.label_fr if spoken == "fr" else figure.label_en
            value = json.dumps(figure.value, ensure_ascii=False)
            read = CONFIRMED[figure.confirmed][spoken == "fr"]
            typer.echo(f"{figure.code}  {value}  {label} ({read}; {figure.source})")


def rule(
    code: str,
    value: Annotated[str, typer.Argument(help="As JSON: '{\"hours\": 24}'.")],
    source: Annotated[str, typer.Option("--source", help="Where it is written.")],
    on: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Else from today.")
    ] = None,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="It was read in its official source.")
    ] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Set a figure from a day on. What was judged before keeps the figure of its day."""
    spoken = language_of(language, os.environ)
    try:
        told: Any = json.loads(value)
    except ValueError as why:
        raise stop(f"{value}: {why}") from None
    with _town(database, data, spoken) as session:
        fleet_records.set_figure(
            session,
            code,
            told,
            on=(on or clock()).date(),
            source=source,
            confirmed=confirmed,
            now=clock(),
            new_id=new_id,
        )


def designate(
    name: str,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Designate somebody to make circle checks for drivers, who then countersign them."""
    spoken = language_of(language, os.environ)
    with _town(database, data, spoken) as session:
        last = until.date() if until else None
        fleet_records.designate(session, name, until=last, now=clock(), new_id=new_id)


@contextmanager
def _town(database: str | None, data: Path | None, spoken: str) -> Iterator[Session]:
    """One transaction; what is refused is told in its words, and nothing is written."""
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        yield session


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Circle checks: lists, figures, designations.")
    for command in (lists, publish, rules, rule, designate):
        group.command(command.__name__)(command)
    app.add_typer(group, name="checks")

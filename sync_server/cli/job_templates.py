"""`voirie templates`: the job templates of the town, out to a file and in again."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.findings import language_of
from asset_model.job_templates import JobTemplate
from asset_model.people import Crew
from sync_server import desk
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop
from sync_server.job_template_file import Told, read, templates_of, told_of, written

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
WORDS = {
    "retired": ("retired", "retiré"),
    "added": ("{code}: edition {edition}", "{code} : édition {edition}"),
    "same": ("{code}: as it is", "{code} : inchangé"),
}


def show(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """List the templates, each with its edition, its jobs and its steps."""
    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        for each in templates_of(session):
            title = each.title_fr if spoken == "fr" else each.title_en
            row = {"code": each.code, "title": title, "edition": each.edition,
                   "jobs": len(each.children), "steps": len(each.steps),
                   "active": each.active}  # fmt: skip
            retired = "" if each.active else f"  ({WORDS['retired'][spoken == 'fr']})"
            plain = f"{each.code:<24} {each.edition:>3}  {title}{retired}"
            typer.echo(json.dumps(row, ensure_ascii=False) if as_json else plain)


def export(
    codes: Annotated[
        list[str] | None, typer.Argument(help="Those of these codes; else all.")
    ] = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Write the templates as TOML.

    Exit codes: 0 written; 2 there is no such template.
    """
    with opened_or_exit(database, data) as opened, opened.reading() as session:
        found = templates_of(session)
        wanted = [each for each in found if not codes or each.code in codes]
        if missing := set(codes or ()) - {each.code for each in wanted}:
            raise stop(f"There is no template {', '.join(sorted(missing))}.")
        typer.echo(written(wanted, session.scalars(select(Crew)).all()))


def bring_in(
    file: Annotated[Path, typer.Argument(metavar="TEMPLATES.toml")],
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Bring templates in: what differs from the edition in force becomes an edition more.

    Exit codes: 0 brought in, all of them; 2 the file cannot be used: nothing is written.
    """
    spoken = language_of(language, os.environ)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise stop(f"{file}: {error.strerror}") from None
    with opened_or_exit(database, data, spoken) as opened:
        try:
            with opened.writing() as session:
                told = read(text, session.scalars(select(Crew)).all())
                lines = [_added(session, each, french=spoken == "fr") for each in told]
        except (Refused, ValueError, KeyError) as refused:
            why = refused.sentence(spoken) if isinstance(refused, Refused) else str(refused)
            raise stop(f"{file}: {why}") from None
    for line in lines:
        typer.echo(line)


def _added(session: Session, told: Told, *, french: bool) -> str:
    known = {each.code: each for each in templates_of(session)}.get(told["code"])
    stands = told_of(known) if known else {}
    if known is not None and stands == {**dict.fromkeys(stands), **told}:
        return WORDS["same"][french].format(code=known.code)
    edition = known.edition + 1 if known else 1
    row = JobTemplate(id=new_id(), edition=edition, made_at=clock(), **told)
    desk.write(session, [desk.inserted(row, new_id=new_id)], now=clock(), new_id=new_id)
    return WORDS["added"][french].format(code=row.code, edition=edition)

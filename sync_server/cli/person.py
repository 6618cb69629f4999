"""`voirie person`: what is known of one citizen, handed over or forgotten; and who looked."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from sqlalchemy.orm import Session

from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption, person_told
from sync_server.cli.opening import (
    clock,
    depot_or_exit,
    opened_or_exit,
    settings_or_exit,
    stop,
)
from sync_server.cli.person_told import say

if TYPE_CHECKING:
    from asset_model.incidents import Report
    from asset_model.people import Person

WhoArgument = Annotated[
    str, typer.Argument(metavar="WHO", help="An e-mail address, a telephone number, or REQ-….")
]
AsOption = Annotated[str, typer.Option("--as", help="Who looks: a person's name or id.")]
WhyOption = Annotated[str, typer.Option("--why", help="Kept beside the look.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


class _Undone(Exception):
    """A dry run ends as if it had failed: everything was done, and nothing stands."""


def find(
    who: WhoArgument,
    by: AsOption,
    why: WhyOption,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell which reports somebody sent, by the address or number that they gave; the look is kept.

    Exit codes: 0 told, also where there are none; 2 refused.
    """
    from sync_server.intake.contacts import MAY_READ
    from sync_server.privacy.known import known_of

    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        person = _allowed(session, by, MAY_READ)
        reports = _looked(session, who, person, "found", why)
        known = known_of(session, reports, language=spoken)
    person_told.tell_found(known, spoken, as_json)


def export(
    who: WhoArgument,
    by: AsOption,
    why: WhyOption,
    out: Annotated[Path, typer.Option(help="The zip to write.")],
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Write all that is known of somebody to a zip: JSON, a page to read, CSV, and their pictures.

    Exit codes: 0 written; 2 refused, or nothing is known.
    """
    from sync_server.intake.contacts import MAY_ERASE
    from sync_server.privacy.handing_over import write_file
    from sync_server.privacy.known import known_of

    spoken = language_of(language, os.environ)
    settings = settings_or_exit(database=database, data=data)
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        person = _allowed(session, by, MAY_ERASE)
        reports = _looked(session, who, person, "exported", why)
        if not reports:
            raise stop(say("none", spoken))
        known = known_of(session, reports, language=spoken)
        missing = write_file(
            out, known, asked=who, town=settings.town, language=spoken, now=clock(),
            depot=depot_or_exit(settings),
        )  # fmt: skip
    for name in missing:
        typer.echo(say("missing", spoken, file=name), err=True)
    typer.echo(say("written", spoken, file=out, count=len(known)))


def erase(
    who: WhoArgument,
    by: AsOption,
    why: WhyOption,
    words: Annotated[
        bool, typer.Option("--words", help="Also all that they wrote and photographed.")
    ] = False,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Do it; else only tell what would go.")
    ] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Forget somebody: how to reach them, the addresses of their pages, their name in words.

    The problem and its place stay. Tablets forget with their next synchronization; backups of
    before still hold it. Exit codes: 0 done or told; 2 refused.
    """
    from sync_server.privacy import erasing, finding

    spoken = language_of(language, os.environ)
    settings = settings_or_exit(database=database, data=data)
    done: erasing.Erased | None = None
    with opened_or_exit(database, data, spoken) as opened:
        try:
            with opened.writing() as session:
                person, reports = _person(session, by), finding.reports_of(session, who)
                done = erasing.erase(session, reports, person, why=why, words=words, now=clock())
                if not for_good:
                    raise _Undone
        except _Undone:
            pass
    assert done is not None, "else an exception is on its way"
    if for_good and done.files:
        depot = depot_or_exit(settings)
        for name in done.files:
            depot.store.remove(name)
    person_told.tell_erased(done, spoken, for_good=for_good)


def retention(
    destroy: Annotated[
        bool, typer.Option("--destroy", help="Forget them; else only tell.")
    ] = False,
    by: Annotated[str | None, typer.Option("--as", help="Who does it: a name or id.")] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell whose way to be reached is past its keeping; with --destroy, forget it.

    The months are the figure `contact_retention`, counted from when the incident was closed.
    Exit codes: 0 done or told; 2 refused.
    """
    from sync_server.privacy.keeping import contacts_kept, forget_past

    spoken = language_of(language, os.environ)
    if destroy and by is None:
        raise stop(say("by", spoken))
    with opened_or_exit(database, data, spoken) as opened:
        if destroy:
            with opened.writing() as session:
                over = forget_past(session, by=_person(session, by or ""), now=clock())
        else:
            with opened.reading() as session:
                over = [each for each in contacts_kept(session, now=clock()) if each[1].past]
    person_told.tell_kept(over, spoken, as_json, destroyed=destroy)


def access(
    report: Annotated[str | None, typer.Option(help="Of one report: REQ-2026-000012.")] = None,
    by: Annotated[str | None, typer.Option(help="What one person did: a name or id.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="From this day on.")
    ] = None,
    as_json: JsonOption = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell who looked at whose contact, when and why; exports and erasures too."""
    from sync_server.privacy.looks import looks

    start = since.replace(tzinfo=UTC) if since else None
    with opened_or_exit(database, data) as opened, opened.reading() as session:
        for row in looks(session, report=report, by=by, since=start):
            told = "  ".join(str(value or "–") for value in row.values())
            typer.echo(json.dumps(row, ensure_ascii=False) if as_json else told)


def _looked(session: Session, who: str, person: "Person", act: str, why: str) -> "list[Report]":
    from sync_server.intake.contacts import log
    from sync_server.privacy.finding import reports_of

    reports = reports_of(session, who)
    for report in reports:
        log(session, report, person, act, why, clock())
    return reports


def _allowed(session: Session, named: str, roles: Any) -> "Person":
    from sync_server.intake.contacts import check_role

    person = _person(session, named)
    check_role(person, roles, "contact")
    return person


def _person(session: Session, named: str) -> "Person":
    from sync_server.acting import acting_person

    return acting_person(session, named, edits="report", columns=frozenset({"incident_id"}))

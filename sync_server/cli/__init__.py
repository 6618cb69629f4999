"""The server's commands. What each needs is imported when it runs, so that `--help` is quick."""

from pathlib import Path
from typing import Annotated

import typer

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="An SQLAlchemy URL (VOIRIE_DATABASE). Else a SQLite file in the data folder.",
    ),
]
LanguageOption = Annotated[
    str | None, typer.Option("--lang", metavar="fr|en", help="Else that of the terminal.")
]
DataOption = Annotated[Path | None, typer.Option("--data", help="The data folder (VOIRIE_DATA).")]


def register(app: typer.Typer) -> None:
    _of_one_word(app)
    _of_several(app)


def _of_one_word(app: typer.Typer) -> None:
    from sync_server.cli import (
        backup,
        demo,
        devices,
        doctor,
        enrol,
        export,
        figures,
        importing,
        isolate,
        locate,
        mapping,
        migrate,
        new_history,
        ogc_key,
        open311_key,
        passes,
        rescue,
        restore,
        serve,
        tags,
        trace,
        vin,
    )

    app.command("serve")(serve.serve)
    app.command("migrate")(migrate.migrate)
    app.command("new-history")(new_history.new_history)
    app.command("enrol")(enrol.enrol)
    app.command("devices")(devices.devices)
    app.command("revoke")(devices.revoke)
    app.command("backup")(backup.backup)
    app.command("restore")(restore.restore)
    app.command("doctor")(doctor.doctor)
    app.command("import-rescue")(rescue.import_rescue)
    app.command("import")(importing.import_file)
    app.command("export")(export.export)
    app.command("ogc-key")(ogc_key.ogc_key)
    app.command("open311-key")(open311_key.open311_key)
    app.command("mapping")(mapping.mapping)
    app.command("locate")(locate.locate)
    app.command("figures")(figures.figures)
    app.command("isolate")(isolate.isolate)
    app.command("passes")(passes.passes)
    app.command("tags")(tags.tags)
    app.command("trace")(trace.trace)
    app.command("vin")(vin.check)
    app.command("demo")(demo.demo)


def _of_several(app: typer.Typer) -> None:
    """Such as `voirie plans run`."""
    from sync_server.cli import (
        check,
        checks,
        closures,
        fleet,
        job_templates,
        notices,
        people,
        person,
        planning,
        reports,
        routing,
        segment,
        tiles,
        upkeep,
    )

    of_work = (check, closures, segment, fleet, checks, planning, upkeep, job_templates)
    for group in (*of_work, notices, reports, people, person, routing, tiles):
        group.register(app)

"""The server's commands: a table of them, and each imported when it is asked for."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

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


COMMANDS = {
    "serve": "serve.serve",
    "migrate": "migrate.migrate",
    "new-history": "new_history.new_history",
    "enrol": "enrol.enrol",
    "devices": "devices.devices",
    "revoke": "devices.revoke",
    "backup": "backup.backup",
    "restore": "restore.restore",
    "doctor": "doctor.doctor",
    "import-rescue": "rescue.import_rescue",
    "import": "importing.import_file",
    "export": "export.export",
    "ogc-key": "ogc_key.ogc_key",
    "open311-key": "open311_key.open311_key",
    "mapping": "mapping.mapping",
    "locate": "locate.locate",
    "figures": "figures.figures",
    "isolate": "isolate.isolate",
    "passes": "passes.passes",
    "tags": "tags.tags",
    "trace": "trace.trace",
    "vin": "vin.check",
    "demo": "demo.demo",
}
"""Of one word: the module of this package and the function that is the command."""

GROUPS = {
    "check": "check.register",
    "closing-words": "closing_words.register",
    "closures": "closures.register",
    "segment": "segment.register",
    "fleet": "fleet.register",
    "checks": "checks.register",
    "plans": "planning.register",
    "readings": "upkeep.register_readings",
    "stock": "upkeep.register_stock",
    "campaign": "upkeep.register_campaigns",
    "templates": "job_templates.register",
    "notices": "notices.register",
    "webhooks": "webhooks.register",
    "reports": "reports.register",
    "people": "people.register",
    "person": "person.register",
    "routing": "routing.register",
    "tiles": "tiles.register",
}
"""Such as `voirie plans run`: the module and the function that registers the group."""


def register(app: typer.Typer, asked: str = "") -> None:
    """Registers the command `asked`, where it is one of ours; every one where none is asked."""
    for name, function in COMMANDS.items():
        if asked in ("", name):
            app.command(name)(_imported(function))
    for name, function in GROUPS.items():
        if asked in ("", name):
            _imported(function)(app)


def _imported(function: str) -> Callable[..., Any]:
    module, _, name = function.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), name)
    return found

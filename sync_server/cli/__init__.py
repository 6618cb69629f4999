"""The server's commands, and the options that they share."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from sync_server.cli.table import COMMANDS, GROUPS

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


def register(app: typer.Typer, asked: str = "") -> None:
    """Registers the command `asked`, where it is one of ours; every one where none is asked."""
    for name, function in COMMANDS.items():
        if asked in ("", name):
            app.command(name)(_imported(function))
    for name, group in GROUPS.items():
        if asked in ("", name):
            part = typer.Typer(no_args_is_help=True, help=group.help)
            for verb, function in group.commands.items():
                part.command(verb)(_imported(function))
            app.add_typer(part, name=name)


def _imported(function: str) -> Callable[..., Any]:
    module, _, name = function.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), name)
    return found

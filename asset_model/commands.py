"""The command line: the commands of whichever packages are installed.

Each package declares, in the entry-point group `voirie.commands`, a function that registers the
command that is asked for, or all of its own; the entry point carries the name of the extra that
brings what they need. So the tablet and the server share one command line and never import each
other, and a command does not wait for what the others need.
"""

from collections.abc import Iterable
from importlib.metadata import EntryPoint
from typing import Any

import typer
from typer.core import TyperGroup

GROUP = "voirie.commands"


class Commands(TyperGroup):
    """The commands that are there, and a word on those that are not."""

    notes: tuple[str, ...] = ()

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command; if there is none of that name, say what could be missing."""
        try:
            return super().resolve_command(ctx, args)
        except Exception as unknown:
            if self.notes and hasattr(unknown, "message"):
                unknown.message = "\n".join([unknown.message, *self.notes])
            raise


def gather(points: Iterable[EntryPoint], asked: str = "") -> typer.Typer:
    """Make the command line out of the packages' entry points.

    With the command `asked` alone, where one of them has it; else all, for the help and for what
    is said of an unknown command.
    """
    points = sorted(points, key=lambda point: point.name)
    app = _gathered(points, asked)
    if asked and not (app.registered_commands or app.registered_groups):
        return _gathered(points, "")
    return app


def _gathered(points: list[EntryPoint], asked: str) -> typer.Typer:
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    notes = []
    for point in points:
        part = typer.Typer()
        try:
            # What a package's commands need is met as late as when they are registered.
            point.load()(part, asked)
        except ModuleNotFoundError as missing:
            notes.append(_note(point, missing))
        else:
            app.registered_commands += part.registered_commands
            app.registered_groups += part.registered_groups
    described = type("DescribedCommands", (Commands,), {"notes": tuple(notes)})
    # The help is read as rich's markup, where [server] would be a style and vanish.
    epilog = "\n\n".join(notes).replace("[", "\\[")
    app.callback(cls=described, epilog=epilog or None)(_describe)
    return app


def _describe() -> None:
    """Voirie: the work orders of public works, with or without a signal."""


def _note(point: EntryPoint, missing: ModuleNotFoundError) -> str:
    return (
        f"The commands of '{point.name}' are not here, for want of {missing.name}. "
        f"To have them: pip install 'voirie[{point.name}]'"
    )

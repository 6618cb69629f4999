"""`voirie mapping`: a first mapping for a file, from its columns and its cells."""

import os
from pathlib import Path
from typing import Annotated

import typer

from asset_model.database import open_database
from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.importing import ClassCode, Crs, Layer, as_it_stands, class_or_exit
from sync_server.cli.opening import settings_or_exit, stop


def mapping(
    file: Annotated[Path, typer.Argument(help="The file to look at.", show_default=False)],
    class_code: ClassCode,
    layer: Layer = None,
    source: Annotated[
        str | None, typer.Option(help="Name of the source; else that of the file.")
    ] = None,
    crs: Crs = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Else it is printed.")
    ] = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Propose a mapping for a file: read it over, then `voirie import --mapping FILE.toml`.

    Exit codes: 0 proposed; 2 the file cannot be used, or FILE.toml is there already.
    """
    from gis.files import read_table
    from gis.problems import ImportRefused
    from gis.proposing import propose, written
    from sync_server.cli.import_report import refusal_lines

    settings = settings_or_exit(database=database, data=data)
    opened = open_database(as_it_stands(settings.url))
    try:
        asset_class = class_or_exit(opened, class_code)
        proposal = propose(read_table(file, layer=layer), asset_class=asset_class, layer=layer)
    except ImportRefused as refusal:
        spoken = language_of(None, os.environ)
        raise stop("\n".join(refusal_lines(refusal, language=spoken))) from None
    except LookupError as unknown:
        raise stop(str(unknown.args[0])) from None
    finally:
        opened.close()
    if crs is None and proposal.geometry.columns and len(proposal.systems) == 1:
        crs = proposal.systems[0]
    text = written(proposal, source=source or file.stem.lower(), class_code=class_code, crs=crs)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise stop(f"{out} is there already. Name another: --out FILE.toml") from None

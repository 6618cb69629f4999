"""`voirie tags`: QR codes to stick on assets."""

import os
from pathlib import Path
from typing import Annotated

import typer

from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, opened_or_exit, stop


def tags(
    tag: Annotated[list[str] | None, typer.Argument(help="Tags of assets.")] = None,
    class_code: Annotated[
        str | None, typer.Option("--class", help="Every asset of this class.")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(help="A web address that the code opens, with the tag at its end."),
    ] = None,
    png: Annotated[bool, typer.Option(help="A picture of each code, into a folder.")] = False,
    out: Annotated[Path, typer.Option(help="The PDF, or the folder of pictures.")] = Path(
        "tags.pdf"
    ),
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Print tags of assets: a PDF to cut apart, or one picture each.

    A tablet opens the asset from the code, with or without a signal. Exit codes: 0 printed;
    2 there is no such asset, or none was named.
    """
    from asset_model.errors import Refused
    from sync_server.papers.printing import print_pdf
    from sync_server.papers.tags import png_of, said_in_code, sheet_content, tagged

    spoken = language_of(language, os.environ)
    if not tag and class_code is None:
        raise stop("Name the tags, or a class with --class.")
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        try:
            rows = tagged(session, tag or (), class_code=class_code)
        except Refused as refused:
            raise stop(refused.sentence(spoken)) from refused
        content = sheet_content(rows, spoken, address=address)
    if not png:
        out.write_bytes(print_pdf("tags", content, now=clock()))
        typer.echo(f"{len(rows)}: {out}")
        return
    folder = out.with_suffix("") if out.suffix == ".pdf" else out
    folder.mkdir(parents=True, exist_ok=True)
    for asset, _ in rows:
        picture = png_of(said_in_code(asset.tag, address))
        (folder / f"{asset.tag.replace('/', '_')}.png").write_bytes(picture)
    typer.echo(f"{len(rows)}: {folder}")

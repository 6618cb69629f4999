"""`voirie locate`: an address or a point as a segment, a measure and a side; and back."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from asset_model.errors import Refused
from asset_model.linear.places import place_of_address, place_of_point, place_on_segment
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import settings_or_exit, stop, untouched_or_exit


def locate(
    address: Annotated[
        str | None, typer.Argument(help="Such as “208, rue des Cèdres”.", show_default=False)
    ] = None,
    point: Annotated[tuple[float, float] | None, typer.Option(metavar="LONGITUDE LATITUDE")] = None,
    on: Annotated[
        tuple[str, float] | None, typer.Option(metavar="TAG METRES", help="A measure on a segment.")
    ] = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell where something is along the streets, as one JSON object.

    Exit codes: 0 told; 2 nothing is there, or the database cannot be read.
    """
    if [address, point, on].count(None) != 2:
        raise stop("Say one of: an address, --point LONGITUDE LATITUDE, --on TAG METRES.")
    opened = untouched_or_exit(settings_or_exit(database=database, data=data))
    try:
        with opened.reading() as session:
            if address is not None:
                place = place_of_address(session, address)
            elif point is not None:
                place = place_of_point(session, *point)
            else:
                assert on is not None
                place = place_on_segment(session, *on)
    except Refused as refused:
        raise stop(refused.sentence("en")) from None
    finally:
        opened.close()
    typer.echo(json.dumps(asdict(place), ensure_ascii=False))

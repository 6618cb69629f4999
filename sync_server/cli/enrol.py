"""`voirie enrol`: a code that lets one device in, once."""

from datetime import timedelta
from typing import Annotated

import typer
from sqlalchemy import or_, select

from asset_model.people import Crew
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, database_or_exit, settings_or_exit, stop
from sync_server.enrolment import Place, new_code


def enrol(
    device: Annotated[str, typer.Argument(help="The device's short name, such as T214.")],
    crew: Annotated[str | None, typer.Option(help="The crew it works with: code or name.")] = None,
    office: Annotated[bool, typer.Option(help="It holds the whole town (foremen).")] = False,
    hours: Annotated[int, typer.Option(min=1, max=24 * 30, help="How long the code works.")] = 24,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Make an enrolment code for a tablet: `voirie tablet --enrol CODE` uses it."""
    if office == (crew is not None):
        raise stop("Say either --crew CREW or --office.")
    if not device.strip() or len(device) > 20:
        raise stop("The device's name is 1 to 20 characters long, such as T214.")
    settings = settings_or_exit(database=database, data=data)
    opened = database_or_exit(settings)
    with opened.writing() as session:
        place = Place(device, "office")
        if crew is not None:
            crews = session.scalars(select(Crew).order_by(Crew.code)).all()
            query = select(Crew).where(or_(Crew.code == crew, Crew.name == crew))
            found = session.scalars(query).first()
            if found is None:
                names = ", ".join(f"{c.code} ({c.name})" for c in crews) or "none yet"
                raise stop(f"There is no crew {crew!r}. Crews: {names}.")
            place = Place(device, "tablet", found.id, found.district_id)
        code = new_code(session, place, now=clock(), lifetime=timedelta(hours=hours))
    typer.echo(code)
    typer.echo(f"Works once, for {hours} h: voirie tablet --server URL --enrol {code}", err=True)

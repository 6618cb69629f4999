"""`voirie devices`: which tablets are let in, and `voirie revoke`: shutting one out."""

from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import or_, select

from asset_model.people import Crew
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, database_or_exit, settings_or_exit, stop
from sync_server.enrolment import FORMER
from sync_server.tables import Device


def devices(database: DatabaseOption = None, data: DataOption = None) -> None:
    """List the tablets and the office's replica: whose, last seen, and whether let in."""
    settings = settings_or_exit(database=database, data=data)
    opened = database_or_exit(settings)
    with opened.reading() as session:
        crews = {crew.id: crew.code for crew in session.scalars(select(Crew))}
        listed = session.scalars(
            select(Device).where(~Device.code.contains(FORMER)).order_by(Device.code)
        ).all()
    if not listed:
        typer.echo("No device yet. Let one in: voirie enrol T214 --crew CREW")
        return
    row = "{:<20}  {:<7}  {:<6}  {:<16}  {}"
    typer.echo(row.format("device", "kind", "crew", "last seen (UTC)", "").rstrip())
    for device in listed:
        seen = _minute(device.seen_at) if device.seen_at else "never"
        shut = f"shut out since {_minute(device.revoked_at)}" if device.revoked_at else ""
        crew = crews.get(device.crew_id or "", "")
        typer.echo(row.format(device.code, device.kind, crew, seen, shut).rstrip())


def revoke(
    device: Annotated[str, typer.Argument(help="The device's short name, such as T214.")],
    undo: Annotated[bool, typer.Option("--undo", help="Let it in again, as it was.")] = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Shut a lost or stolen device out. What it has not sent yet stays on it."""
    settings = settings_or_exit(database=database, data=data)
    opened = database_or_exit(settings)
    with opened.writing() as session:
        found = session.scalars(
            select(Device).where(or_(Device.code == device, Device.id == device))
        ).one_or_none()
        if found is None:
            raise stop(f"There is no device {device!r}. `voirie devices` lists them.")
        was_out = found.revoked_at is not None
        found.revoked_at = None if undo else found.revoked_at or clock()
    typer.echo(_became(device, undo=undo, was_out=was_out))


def _became(device: str, *, undo: bool, was_out: bool) -> str:
    if undo:
        return f"{device} is let in again." if was_out else f"{device} was not shut out."
    if was_out:
        return f"{device} was shut out before."
    return (
        f"{device} is shut out from its next message on.\n"
        f"If it turns up: voirie revoke {device} --undo (or enrol it anew: its work is kept)."
    )


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"

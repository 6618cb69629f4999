"""A whole server, with every door open, a town behind it, and somebody of each kind who asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from asset_model.incidents import Report
from sync_server.app import create_app
from sync_server.basemap.packs import Packs
from sync_server.intake.receiving import secret_of
from sync_server.live import Live
from sync_server.open311.keys import make_key
from sync_server.photo_depot import open_depot
from sync_server.snapshots import Snapshots
from tests.definition.knowing import known_of
from tests.intake import town as intake
from tests.intake.clients import TOWN
from tests.sync import town
from tests.sync.rig import SEALS, Server, an_id

HURRY = timedelta(minutes=2)


@dataclass
class Hurrying:
    """A clock that goes on whenever it is looked at: nobody asks too often."""

    now: datetime = town.START

    def __call__(self) -> datetime:
        self.now += HURRY
        return self.now


@dataclass
class House:
    server: Server
    app: FastAPI
    tablet: str
    """The token of a crew's tablet."""
    office: str
    key: str
    """Of a program that hands in reports."""
    known: dict[str, Any]
    """What there is, by the name of the parameter that may ask for it."""


def a_house(server: Server, folder: Path) -> House:
    intake.with_services(server)
    database, clock = server.database, Hurrying()
    app = create_app(
        database,
        clock=clock,
        new_id=an_id,
        depot=open_depot("", folder / "depot"),
        copies=Snapshots(folder / "snapshots", database),
        packs=Packs(folder),
        live=Live(database),
        seals=SEALS,
        town=TOWN,
    )
    report = intake.a_report(intake.LAMP)
    server.write(report)
    with database.writing() as session:
        key = make_key(session, "APP", now=clock(), expires_at=None)
        known = known_of(
            town.BOSS, session.get_one(Report, report.row), secret_of(session, report.row)
        )
    return House(
        server,
        app,
        tablet=town.add_tablet(database, "F1", town.NORTH)[1],
        office=town.add_tablet(database, "F2", None)[1],
        key=key,
        known=known,
    )

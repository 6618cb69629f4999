"""The tablet's process: its store, its synchronization, and its screens on loopback."""

import socket
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from asset_model.ids import NewId
from field_app.settings import TabletSettings
from field_app.station import Station
from field_app.store.opening import open_store, read_enrolment
from field_app.ui.app import main_for
from field_app.ui.serving import web_app


def open_station(
    settings: TabletSettings,
    *,
    clock: Callable[[], datetime],
    new_id: NewId,
    random: Random,
) -> Station:
    """The tablet as its data folder left it; not yet synchronizing."""
    enrolment = read_enrolment(settings.data)  # Before the database, which somebody has to close.
    database = open_store(settings.data, new_id=new_id)
    return Station(
        folder=settings.data,
        server=settings.server,
        database=database,
        clock=clock,
        new_id=new_id,
        random=random,
        zone=settings.zone,
        enrolment=enrolment,
    )


def listen(port: int) -> socket.socket:
    """Loopback only: whoever can reach the screens is this tablet's own browser.

    :raises OSError: the port is taken
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener


def run(station: Station, listener: socket.socket) -> None:
    """Serves the screens until the process is told to end."""
    import uvicorn

    place = station.workplace
    config: Any = uvicorn.Config(
        web_app(main_for(place), printouts=place.printouts, inbox=place.inbox, tiles=place.tiles),
        lifespan="off",
        log_level="warning",
        ws="websockets-sansio",
        timeout_graceful_shutdown=2,
    )
    station.start()
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        station.stop()

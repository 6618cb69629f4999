"""The office: the same screens, mounted in the sync server, over one replica of the whole town."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from asset_model.ids import NewId
from field_app.settings import DEFAULTS
from field_app.station import Station
from field_app.store.opening import Enrolment, open_store
from field_app.ui.app import main_for
from field_app.ui.serving import Asgi, web_app


@dataclass(frozen=True)
class Office:
    """The screens to mount, and the replica to keep running while they are."""

    asgi: Asgi
    station: Station

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        self.station.start()
        try:
            yield
        finally:
            self.station.stop()


def office_app(
    *,
    folder: Path,
    server: str,
    device: Mapping[str, str],
    clock: Callable[[], datetime],
    new_id: NewId,
    random: Random,
    zone: str = str(DEFAULTS["zone"]),
) -> Office:
    """The office's screens for a device that the server has already let in.

    `device` holds `device_id`, `device_code`, `kind` and `token`, as enrolling gives them.
    """
    enrolment = Enrolment(server=server, **_known(device))
    station = Station(
        folder=folder,
        server=server,
        database=open_store(folder, new_id=new_id),
        clock=clock,
        new_id=new_id,
        random=random,
        zone=ZoneInfo(zone),
        enrolment=enrolment,
        shared_screen=False,
    )
    place = station.workplace
    return Office(
        web_app(main_for(place), printouts=place.printouts, inbox=place.inbox, tiles=place.tiles),
        station,
    )


def _known(device: Mapping[str, str]) -> dict[str, Any]:
    return {name: device[name] for name in ("device_id", "device_code", "kind", "token")}

"""`python -m tests.chaos.tablet`: a real tablet without screens, whose crew works by a seed.

It opens the folder as `voirie tablet` does and runs the same synchronization. Each change is told
on its output once it is committed. A line on its input sends the crew home: from then on somebody
presses "try now" again and again.
"""

import json
import sys
import threading
from datetime import timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.work_orders import WorkOrder
from field_app.actions import photos
from field_app.cli import clock, new_id
from field_app.station import Station
from field_app.store.holding import hold
from field_app.store.local import LocalChange
from field_app.store.opening import open_store, read_enrolment
from field_app.sync import http, loop, tus
from tests.photos.rig import encoded, noise
from tests.simulation.deeds import DEEDS, photograph
from tests.simulation.tablet import PEOPLE

CHANGES_MAX = 200
"""However long the storm lasts, the work of one crew stays bounded."""
ROWS = [deed for deed in DEEDS if deed is not photograph]
"""What people do; photos are taken with their files."""
SNAPS = 0.1
"""How often a deed is a photo."""


def main(server: str, data: str, seed: str) -> None:
    code = Path(data).name
    # As in town, only sooner: a storm need not last for minutes.
    loop.VERIFY_EVERY = timedelta(seconds=1)
    for talking in (http, tus):
        setattr(talking, "TIMEOUT_S", (5, 8))  # noqa: B010 -- one of them imports it
    with hold(Path(data)):
        station = Station(
            folder=Path(data),
            server=server,
            database=open_store(Path(data), new_id=new_id),
            clock=clock,
            new_id=new_id,
            random=Random(seed),
            zone=ZoneInfo("America/Toronto"),
            enrolment=read_enrolment(Path(data)),
        )
        station.start()
        home = threading.Event()
        threading.Thread(target=_listen, args=(home,), daemon=True).start()
        with station.database.reading() as session:
            chance = Random(f"{seed}:{code}:{_last(session)}")
        while not home.is_set():
            with station.database.writing() as session:
                made = _deed(session, code, chance, station.photos)
            sys.stdout.writelines(made)
            sys.stdout.flush()
            station.wake()
            home.wait(chance.random())
        while True:
            station.wake()
            threading.Event().wait(0.5)


def _listen(home: threading.Event) -> None:
    sys.stdin.readline()
    home.set()


def _last(session: Session) -> int:
    return session.scalar(select(func.max(LocalChange.place))) or 0


def _deed(session: Session, code: str, chance: Random, folder: Path) -> list[str]:
    """Do something; the changes that it leaves, each as a line."""
    before = _last(session)
    if before >= CHANGES_MAX:
        return []
    by = Author(chance.choice(PEOPLE[code]), clock(), new_id)
    try:
        if chance.random() < SNAPS:
            _snap(session, by, chance, folder)
        else:
            chance.choice(ROWS)(session, by, chance)
    except Refused:
        session.rollback()  # The tablet said no.
        return []
    query = select(LocalChange).where(LocalChange.place > before)
    return [
        json.dumps([each.id, each.group_id, each.table, each.row]) + "\n"
        for each in session.scalars(query)
    ]


def _snap(session: Session, by: Author, chance: Random, folder: Path) -> None:
    orders = session.scalars(select(WorkOrder.id).order_by(WorkOrder.id)).all()
    if orders:
        picture = encoded(noise(32, 32, seed=chance.randrange(10**6)), "JPEG")
        photos.add(session, chance.choice(orders), picture, by=by, folder=folder)


if __name__ == "__main__":
    main(*sys.argv[1:])

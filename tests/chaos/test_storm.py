"""Servers and tablets are killed, links cut and garble; then all are equal, and nothing is lost."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from asset_model.database import Database
from asset_model.photos import Photo
from field_app.store.local import FileState, PhotoFile
from sync_server.photo_depot import open_depot
from tests.chaos.fleet import PATIENCE_S, WORK_ENOUGH, Fleet, a_fleet
from tests.chaos.invariants import violations
from tests.chaos.links import KINDS
from tests.simulation.violation import Violation
from tests.sync import rig

SEED = "dégel"


def test_after_a_storm_all_are_equal_and_every_change_has_its_one_outcome(
    served: rig.Server, database_url: str, tmp_path: Path, free_port: int
) -> None:
    codes = ("T1", "T3", "B1")
    with a_fleet(
        served.database, database_url, tmp_path, free_port, seed=SEED, codes=codes
    ) as fleet:
        fleet.storm()
        fleet.peace()

        assert _wrong_in_the_end(fleet, served.database, tmp_path) == [], (
            f"seed {SEED}\n{fleet.told}"
        )
        assert all(set(tablet.link.happened) == set(KINDS) for tablet in fleet.tablets)
        assert all(len(tablet.made) >= WORK_ENOUGH for tablet in fleet.tablets)


def _wrong_in_the_end(fleet: Fleet, server: Database, folder: Path) -> list[str]:
    """What is wrong once nothing is, or once patience has ended."""
    deadline = monotonic() + PATIENCE_S
    while (wrong := [str(each) for each in _wrong(fleet, server, folder)]) and (
        monotonic() < deadline
    ):
        threading.Event().wait(1)
    return wrong


def _wrong(fleet: Fleet, server: Database, folder: Path) -> Iterator[Violation]:
    yield from violations(server, fleet.tablets)
    yield from _photos_whole(server, folder)
    for tablet in fleet.tablets:
        with tablet.database.reading() as session:
            yield from _files_sent(session, tablet.code)
            yield from _sound(session, tablet.code)
    if server.engine.dialect.name == "sqlite":
        with server.reading() as session:
            yield from _sound(session, "the server")


def _files_sent(session: Session, code: str) -> Iterator[Violation]:
    for file in session.scalars(select(PhotoFile).where(PhotoFile.state != FileState.CONFIRMED)):
        yield Violation("stuck", f"{code}: {file.sha256} is {file.state} ({file.code})")


def _photos_whole(server: Database, folder: Path) -> Iterator[Violation]:
    store = open_depot("", folder / "server").store
    with server.reading() as session:
        for photo in session.scalars(select(Photo)):
            for name in (photo.sha256, photo.thumbnail_sha256):
                size = store.size(name)
                if size is None:
                    yield Violation("lost", f"{name} of photo {photo.id} is not in the store")
                elif hashlib.sha256(b"".join(store.read(name, 0, size))).hexdigest() != name:
                    yield Violation("lost", f"{name} of photo {photo.id} is not what its name says")


def _sound(session: Session, where: str) -> Iterator[Violation]:
    for (found,) in session.execute(text("PRAGMA integrity_check")):
        if found != "ok":
            yield Violation("lost", f"{where}: {found}")

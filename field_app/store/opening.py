"""Opening a tablet's data folder: its database, and the marks that say which one it is.

`install.json` lies beside the database and outlives it. Where the two do not name the same
incarnation, one of them was copied or restored: the replica takes a new incarnation, so that the
server can tell the two apart.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from asset_model.database import Database, open_database
from asset_model.ids import NewId
from field_app.store.folding import teach_folding
from field_app.store.local import Replica
from field_app.store.salvage import DATABASE
from field_app.store.schema import migrate


@dataclass(frozen=True)
class Enrolment:
    """What enrolling gave this device: the server, its name there, and its token."""

    server: str
    device_id: str
    device_code: str
    kind: str
    token: str


def open_store(folder: Path, *, new_id: NewId) -> Database:
    """The tablet's database, created or upgraded as needed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = open_database(f"sqlite:///{folder.absolute() / 'tablet.sqlite'}")
    try:
        teach_folding(database.engine)
        migrate(database)
        identify(database, folder / "install.json", new_id=new_id)
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def reading(folder: Path) -> Iterator[Session]:
    """A session on the database of a folder, as it stands; a tablet may be at work in it.

    :raises FileNotFoundError: there is no tablet's database in the folder
    """
    if not (folder / DATABASE).exists():
        raise FileNotFoundError(folder / DATABASE)
    database = open_database(f"sqlite:///{(folder / DATABASE).absolute()}")
    try:
        with database.reading() as session:
            yield session
    finally:
        database.close()


def identify(database: Database, marker: Path, *, new_id: NewId) -> None:
    told = json.loads(marker.read_text()) if marker.exists() else {}
    with database.writing() as session:
        replica = session.get(Replica, 1)
        if replica is None:
            replica = Replica(id=1, install=told.get("install") or new_id(), incarnation=new_id())
            session.add(replica)
        elif replica.incarnation != told.get("incarnation"):
            replica.incarnation = new_id()
        mark = {"install": replica.install, "incarnation": replica.incarnation}
    if mark != told:
        _write_private(marker, mark)


def read_enrolment(folder: Path) -> Enrolment | None:
    file = folder / "device.json"
    return Enrolment(**json.loads(file.read_text())) if file.exists() else None


def write_enrolment(folder: Path, enrolment: Enrolment) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_private(folder / "device.json", asdict(enrolment))


def _write_private(file: Path, content: dict[str, str]) -> None:
    """Whole or not at all, and for this user's eyes only: it may hold the device's token."""
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with draft.open("w") as stream:
        json.dump(content, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)

"""A tablet's data folder as it lies on a disk, and the ways in which it comes to harm."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from asset_model.database import Database
from asset_model.ids import Author
from field_app.actions import facts
from field_app.store.local import LocalChange
from field_app.store.opening import Enrolment, open_store, write_enrolment
from sync_server.tables import Device
from tests.sync import rig, town
from tests.sync.town import LUC, Clock

LONG = "Ponceau à remplacer, eau sur la chaussée. " * 300
"""Longer than a page: it lies on pages of its own."""


class Folder:
    """A tablet of files, which works offline. `database` is open until `power_cut`."""

    def __init__(self, path: Path, server: rig.Server, device: Device) -> None:
        self.path = path
        self.clock = Clock()
        self.database: Database = open_store(path, new_id=rig.an_id)
        write_enrolment(
            path,
            Enrolment("http://localhost", device.id, device.code, device.kind, "a secret token"),
        )
        self.tablet = rig.Tablet(self.database, rig.DirectLink(server, device.code), self.clock)
        self.tablet.sync()

    @property
    def file(self) -> Path:
        return self.path / "tablet.sqlite"

    def say(self, *texts: str) -> None:
        """Comments, each an act of its own."""
        for text in texts:
            with self.database.writing() as session:
                author = Author(LUC, self.clock(), rig.an_id)
                facts.comment(session, town.order_id(1), text, by=author)

    def changes(self) -> list[LocalChange]:
        with self.database.reading() as session:
            return list(session.scalars(select(LocalChange).order_by(LocalChange.place)))

    def stopped(self) -> Path:
        """The folder of an application that was closed: the log has been taken into the file."""
        self.database.close()
        return self.path

    def power_cut(self, to: Path, *, shared_memory: bool = False) -> Path:
        """The folder as a battery that dies leaves it: file and log, side by side."""
        shutil.copytree(self.path, to)
        if not shared_memory:
            (to / "tablet.sqlite-shm").unlink()
        return to


def page_of(file: Path, wanted: Callable[[bytes], bool]) -> int:
    """The first page after the schema's that `wanted` picks, by its place in the file."""
    content, size = file.read_bytes(), page_bytes(file)
    for start in range(size, len(content), size):
        if wanted(content[start : start + size]):
            return start
    raise LookupError("no such page")


def page_bytes(file: Path) -> int:
    return int.from_bytes(file.read_bytes()[16:18], "big")


def overwrite(file: Path, start: int, content: bytes) -> None:
    with file.open("rb+") as stream:
        stream.seek(start)
        stream.write(content)


def root_of(file: Path, name: str) -> int:
    """Where the first page of a table or an index lies in the file."""
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (number,) = connection.execute(query, [name]).fetchone()
    return int(number - 1) * page_bytes(file)


def texts_of(content: dict[str, object]) -> list[str]:
    """The words of the comments in an exported file, in their order."""
    groups = json.loads(json.dumps(content["groups"]))
    changes = [change for group in groups for change in group["changes"]]
    return [change["after"]["text"] for change in changes if change["table"] == "comment"]

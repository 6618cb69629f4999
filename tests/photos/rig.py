"""A server with a place for photos, tablets with a disk, and pictures to take."""

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from fastapi import FastAPI
from PIL import Image
from sqlalchemy import select

from asset_model.database import Database, open_database
from asset_model.ids import Author
from asset_model.photos import Photo
from field_app.actions import photos as actions
from field_app.store import photos as queue
from field_app.store.local import PhotoFile
from field_app.store.opening import open_store
from field_app.store.photo_folder import PhotoFolder
from field_app.store.pictures import Picture
from field_app.sync.loop import FileMoved
from field_app.sync.photo_queue import PhotoQueue
from field_app.sync.rounds import run_round
from field_app.sync.tus import TusLink
from sync_server.app import create_app
from sync_server.photo_depot import Depot, open_depot
from sync_server.tables import StoredPhoto
from tests.photos.wire import Wire
from tests.sync import rig, town
from tests.sync.town import LUC, Clock

STEPS_MAX = 400


def png(number: int = 0, side_px: int = 1) -> bytes:
    """A very small picture, another one of the same length for each number."""
    return encoded(Image.new("RGB", (side_px, side_px), (number >> 8 & 255, number & 255, 7)))


def encoded(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def noise(width: int, height: int, seed: int = 1) -> Image.Image:
    """A picture that no format makes small."""
    return Image.frombytes("RGB", (width, height), Random(seed).randbytes(width * height * 3))


@dataclass
class House:
    """The server: its rows, its photos, its application."""

    rows: rig.Server
    depot: Depot
    tokens: dict[str, str] = field(default_factory=dict)
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        for code, crew in (("T1", town.NORTH), ("T2", town.SOUTH), ("B1", None)):
            self.rows.devices[code], self.tokens[code] = town.add_tablet(
                self.rows.database, code, crew
            )
        self.start()

    def start(self) -> None:
        """A new process of the server, over what the last one left on its disk."""
        self.app = create_app(
            self.rows.database, clock=self.rows.clock, new_id=rig.an_id, depot=self.depot
        )

    def headers(self, code: str = "T1", **more: str) -> dict[str, str]:
        told = {"Authorization": f"Bearer {self.tokens[code]}", "Tus-Resumable": "1.0.0"}
        return told | {name.replace("_", "-"): value for name, value in more.items()}

    def stored(self) -> set[str]:
        """The files that devices may see, each with the bytes that its name promises."""
        with self.rows.database.reading() as session:
            return set(session.scalars(select(StoredPhoto.sha256)))

    def content(self, sha256: str) -> bytes:
        size = self.depot.store.size(sha256)
        assert size is not None
        return b"".join(self.depot.store.read(sha256, 0, size))


def a_house(database: Database, folder: Path) -> House:
    return House(rig.Server(database), open_depot("", folder / "server"))


def a_filled_database(file: Path) -> Database:
    database = open_database(f"sqlite:///{file}", synchronous="OFF")
    rig.fill_sqlite(database)
    return database


@dataclass
class Tablet:
    """A tablet that takes photos, joined to the house by a wire of its own."""

    house: House
    folder: Path
    code: str = "T1"
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.wire = Wire(self.house.app)
        self.start()

    def start(self) -> None:
        """A new process of the tablet, over what the last one left on its disk."""
        self.database = open_store(self.folder, new_id=rig.an_id)
        self.disk = PhotoFolder(self.folder / "photos")
        self.rows = rig.DirectLink(self.house.rows, self.code)
        self.wire.app = self.house.app
        self.link = TusLink("http://server", self.house.tokens[self.code])
        self.link._http.mount("http://", self.wire)
        self.files = PhotoQueue(
            self.database, self.disk, self.link, clock=self.clock, random=Random(1)
        )

    def stop(self) -> None:
        self.database.close()

    def sync(self) -> None:
        run_round(self.database, self.rows, self.clock)

    def by(self, person: str = LUC) -> Author:
        return Author(person, self.clock(), rig.an_id)

    def take(self, data: bytes, order: int = 1, **more: Any) -> Photo:
        """Someone takes a picture of an order's work."""
        with self.database.writing() as session:
            return actions.add(
                session, town.order_id(order), data, by=self.by(), folder=self.disk.root, **more
            )

    def attach(self, data: bytes, thumbnail: bytes, order: int = 1) -> Photo:
        """What a tablet that checks nothing would send: any bytes at all."""
        for content in (data, thumbnail):
            self.disk.keep(content)
        sha256 = hashlib.sha256(data).hexdigest()
        picture = Picture(sha256, len(data), "image/png", 1, 1, None, thumbnail)
        with self.database.writing() as session:
            return actions.attach(session, town.order_id(order), picture, by=self.by())

    def send(self) -> list[FileMoved]:
        """Files move until nothing does."""
        moved: list[FileMoved] = []
        while (step := self.files.send_next()) is not None:
            moved.append(step)
            assert len(moved) < STEPS_MAX, "it never comes to rest"
        return moved

    def send_patiently(self) -> list[FileMoved]:
        """The same, over every wait that a failure brought."""
        moved = self.send()
        for _ in range(STEPS_MAX):
            if not self.unsent():
                break
            self.clock.forward(minutes=10)
            self.house.rows.clock.now = max(self.house.rows.clock.now, self.clock.now)
            moved += self.send()
        return moved

    def unsent(self) -> list[PhotoFile]:
        with self.database.reading() as session:
            return queue.unsent(session)

    def file(self, sha256: str) -> PhotoFile:
        with self.database.reading() as session:
            return session.scalars(select(PhotoFile).where(PhotoFile.sha256 == sha256)).one()

    def photos(self) -> list[Photo]:
        with self.database.reading() as session:
            return list(session.scalars(select(Photo).order_by(Photo.taken_at, Photo.id)))

    def want(self, photo: Photo, *, thumbnail: bool = True) -> None:
        with self.database.writing() as session:
            queue.want(session, photo, thumbnail=thumbnail)

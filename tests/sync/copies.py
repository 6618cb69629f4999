"""Ready copies for tests: a server that keeps them, and a link that brings them piece by piece."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.shape import shape
from asset_model.sync.offer import Asked, Offer
from asset_model.tables import SYNCED
from field_app.store.opening import open_store
from field_app.sync.first_copy import Copying, Gone
from field_app.sync.rounds import Round, run_round
from field_app.sync.transport import LinkDown
from sync_server import feed
from sync_server.scope import Scope, scope_of
from sync_server.snapshots import Rules, Snapshots
from tests.sync import rig, town

PIECE_BYTES = 500
SMALL = Rules(rows_min=1, changed_min=0)
"""A copy of a town of twenty rows is worth it here; any change is enough for a new one."""


class Killed(BaseException):
    """The process died here."""


def keep_copies(server: rig.Server, folder: Path, rules: Rules = SMALL) -> Snapshots:
    return Snapshots(folder / "snapshots", server.database, rules)


def scope(server: rig.Server, device: str) -> Scope:
    with server.database.reading() as session:
        return scope_of(session, server.devices[device])


@dataclass
class CopyLink(rig.DirectLink):
    """A link of this process that brings files too. `cuts`: after how many bytes it breaks."""

    copies: Snapshots = field(kw_only=True)
    cuts: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    garble: Callable[[bytes], bytes] = lambda data: data
    between: Callable[[], None] = lambda: None
    """What happens after the offer, before the first byte."""

    def offer(self, asked: Asked) -> Offer | None:
        now = self.server.clock()
        return self.copies.offer(scope(self.server, self.device), asked, {"gzip"}, now)

    def fetch(self, offer: Offer, start: int) -> Iterator[bytes]:
        self.starts.append(start)
        self.between()
        try:
            file = self.copies.file(offer.name, scope(self.server, self.device))
        except Refused as error:
            raise Gone(error.code) from None
        data = self.garble(file.read_bytes())
        end = start + self.cuts.pop(0) if self.cuts else len(data)
        for begin in range(start, min(end, len(data)), PIECE_BYTES):
            yield data[begin : min(begin + PIECE_BYTES, end)]
        if end < len(data):
            raise LinkDown("cut")


@dataclass
class FileTablet(rig.Tablet):
    """A tablet with a data folder, which can be opened again as after a crash."""

    folder: Path = field(kw_only=True)
    seen: list[Copying] = field(default_factory=list)

    @property
    def taken_by_file(self) -> bool:
        """Whether a copy was committed, and not only begun."""
        return any(step.stage == "taking" and step.done == step.total for step in self.seen)

    @property
    def parts(self) -> Path:
        return self.folder / "first-copy"

    def sync(self, die: Callable[[Copying], None] = lambda _: None) -> Round:
        def told(step: Copying) -> None:
            self.seen.append(step)
            die(step)

        return run_round(self.database, self.link, self.clock, copying=told)

    def restart(self) -> None:
        self.database.close()
        self.database = open_store(self.folder, new_id=rig.an_id)


def a_file_tablet(
    server: rig.Server, folder: Path, copies: Snapshots, device: str = "T1"
) -> FileTablet:
    """A new tablet, which has read nothing yet."""
    database = open_store(folder, new_id=rig.an_id)
    return FileTablet(database, CopyLink(server, device, copies=copies), folder=folder)


def rows_on_disk(tablet: rig.Tablet) -> dict[str, list[tuple[Any, ...]]]:
    """Every synchronized row as SQLite has it, with its bookkeeping."""
    raw: Any = tablet.database.engine.raw_connection()
    with closing(raw) as connection:
        return {
            name: sorted(connection.cursor().execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in SYNCED
        }


def indexes_on_disk(tablet: FileTablet) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(tablet.folder / "tablet.sqlite")) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        return set(connection.execute(query).fetchall())


def of_all_kinds(server: rig.Server) -> None:
    """Rows with values of every type, present and absent."""
    place = {"type": "Point", "coordinates": [-75.7, 45]}
    server.write(
        rig.insert(
            "asset",
            tag="BF-1",
            class_code="hydrant",
            name="Borne de l’église n° 1",
            status="in_service",
            district_id=town.NORD,
            geometry=place,
            attributes={"débit": 12, "sûre": True, "note": None},
            length_m=7,
            west=-75.7,
            installed_on="1998-07-01",
            criticality=3,
        ),
        rig.insert(
            "work_order",
            title="Purge",
            kind="preventive",
            priority=2,
            status="dispatched",
            district_id=town.NORD,
            crew_id=town.NORTH,
            source="plan",
            created_at="2026-11-01T08:00:00.000Z",
            due_at="2026-12-01T05:00:00.000Z",
            estimated_hours=1.5,
        ),
    )


def link(tablet: FileTablet) -> CopyLink:
    assert isinstance(tablet.link, CopyLink)
    return tablet.link


def cut(tablet: FileTablet) -> None:
    with pytest.raises(LinkDown):
        tablet.sync()


def ask(server: rig.Server, copies: Snapshots, device: str = "T1", **other: Any) -> Offer | None:
    held = scope(server, device)
    with server.database.reading() as session:
        epoch, _ = feed.state(session)
    asked = Asked(epoch=epoch, scope=held.id, position=0, shape=shape())
    return copies.offer(held, replace(asked, **other), {"gzip", "zstd"}, server.clock())


def made(server: rig.Server, copies: Snapshots, device: str = "T1") -> Offer:
    offer = ask(server, copies, device)
    assert offer is not None
    return offer

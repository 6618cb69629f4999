"""A tablet that fetches packs from the packs of a folder, over a link that tests may break."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.sync.pack_offer import PackList, PackOffer
from field_app.store.base_map import BaseMap
from field_app.sync.first_copy import Gone
from field_app.sync.pack_queue import PackQueue
from field_app.sync.transport import LinkDown
from sync_server.basemap.packs import Packs
from sync_server.scope import scope_of
from sync_server.tables import Device
from tests.sync import town
from tests.sync.town import Clock

PLENTY = 1 << 40


@dataclass
class Link:
    """The server's packs without a network. `left`: pieces until it breaks."""

    database: Database
    packs_there: Packs
    device: Device
    left: int = PLENTY
    asked: list[tuple[str, int]] = field(default_factory=list)
    """(name of the file, from which byte on) of each piece."""
    garble: Callable[[bytes], bytes] = lambda piece: piece

    def packs(self, held: Mapping[str, str]) -> PackList | None:
        with self.database.reading() as session:
            return self.packs_there.offers(scope_of(session, self.device), held)

    def piece(self, offer: PackOffer, start: int, length: int) -> bytes:
        if self.left == 0:
            raise LinkDown("broken")
        self.left -= 1
        self.asked.append((offer.name, start))
        with self.database.reading() as session:
            scope = scope_of(session, self.device)
        try:
            file = self.packs_there.file(offer.name, scope)
        except Refused as refusal:
            raise Gone(refusal.code) from None
        return self.garble(file.read_bytes()[start : start + length])


@dataclass
class Tablet:
    folder: Path
    link: Link
    clock: Clock
    free: int = PLENTY
    drawn: int = 0
    """How often the screens were told that something is new."""
    map: BaseMap = field(init=False)
    queue: PackQueue = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """As after a crash: what is not on disk is forgotten."""
        self.map = BaseMap(self.folder)
        self.queue = PackQueue(
            self.map,
            self.link,
            clock=self.clock,
            random=Random(1),
            changed=self._changed,
            free=lambda _: self.free,
        )

    def _changed(self) -> None:
        self.drawn += 1

    def fetch(self) -> int:
        """Until there is nothing to do, or not now; how many steps that took."""
        steps = 0
        while self.queue.send_next() is not None:
            steps += 1
        return steps

    def fetch_later(self) -> int:
        """The same after the longest pause of ours."""
        self.clock.forward(minutes=31)
        return self.fetch()


def a_tablet(database: Database, packs: Path, folder: Path, code: str = "T1") -> Tablet:
    """Of the north crew."""
    device, _ = town.add_tablet(database, code, town.NORTH)
    return Tablet(folder, Link(database, Packs(packs), device), Clock())

"""A replica at work: its database, its synchronization, and what the screens ask of both."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy.exc import OperationalError

from asset_model.database import Database
from asset_model.ids import NewId
from field_app.actions.enrolment import enrol
from field_app.reads.waiting import tally
from field_app.store.base_map import BaseMap
from field_app.store.drafts import any_past, forget_past
from field_app.store.opening import Enrolment
from field_app.store.photo_folder import PhotoFolder
from field_app.sync.desk import ServerDesk
from field_app.sync.file_queues import InTurn
from field_app.sync.http import HttpTransport
from field_app.sync.live import LiveLine
from field_app.sync.loop import FileMoved, LinkState, SyncLoop
from field_app.sync.pack_link import PackLink
from field_app.sync.pack_queue import PackQueue
from field_app.sync.photo_queue import PhotoQueue
from field_app.sync.tus import TusLink
from field_app.ui.tiles import Tiles
from field_app.ui.workplace import Workplace

Shown = tuple[object, ...]


@dataclass
class Station:
    """Is the `Link` of its `workplace`. Start it once the server may be asked; stop it after."""

    folder: Path
    server: str
    database: Database
    clock: Callable[[], datetime]
    new_id: NewId
    random: Random
    zone: ZoneInfo
    enrolment: Enrolment | None
    shared_screen: bool = True
    workplace: Workplace = field(init=False)
    base_map: BaseMap = field(init=False)
    _loop: SyncLoop | None = field(init=False, default=None)
    _line: LiveLine | None = field(init=False, default=None)
    _shown: Shown = field(init=False, default=())
    _enrolling: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        # Whoever may open a tablet's page has the tablet in hand; an office's is for many.
        secret = "" if self.shared_screen else f"{self.random.getrandbits(128):032x}"
        self.base_map = BaseMap(self.folder / "basemap")
        self.workplace = Workplace(
            database=self.database,
            clock=self.clock,
            new_id=self.new_id,
            zone=self.zone,
            link=self,
            shared_screen=self.shared_screen,
            photos=self.photos,
            folder=self.folder,
            tiles=Tiles(self.base_map, secret),
        )

    @property
    def photos(self) -> Path:
        """The folder of the files of photos."""
        return self.folder / "photos"

    @property
    def enrolled(self) -> bool:
        return self.enrolment is not None

    @property
    def device_code(self) -> str:
        return self.enrolment.device_code if self.enrolment else ""

    @property
    def online(self) -> bool | None:
        return self._state.online

    @property
    def retry_at(self) -> datetime | None:
        return self._state.retry_at

    @property
    def trouble(self) -> str | None:
        return self._state.trouble

    def wake(self) -> None:
        if self._loop is not None:
            self._loop.wake()

    def enrol(self, code: str) -> None:
        """Anew too, where the server has ended the token: what waits here goes up with the next."""
        with self._enrolling:
            if self._loop is not None and self.trouble != "device_unknown":
                return  # Pressed twice.
            fresh = enrol(self.server, code, self.folder)
            self._hang_up()
            self.enrolment = fresh
            self.start()

    def start(self) -> None:
        self._forget_past()
        if self.enrolment is None or self._loop is not None:
            return
        self.workplace.desk = ServerDesk(self.server, self.enrolment.token)
        self._loop = SyncLoop(
            self.database,
            HttpTransport(self.server, self.enrolment.token),
            clock=self.clock,
            random=self.random,
            listen=self._listen,
            files=self._files(self.enrolment.token),
        )
        self._loop.start()
        self._line = LiveLine(
            self.server, self.enrolment.token, random=self.random, news=self._loop.wake
        )
        self._line.start()

    def _files(self, token: str) -> InTurn:
        """Photos first: what a crew has made goes before what the server has drawn."""
        photos = PhotoQueue(
            self.database,
            PhotoFolder(self.photos),
            TusLink(self.server, token),
            clock=self.clock,
            random=self.random,
        )
        packs = PackQueue(
            self.base_map,
            PackLink(self.server, token),
            clock=self.clock,
            random=self.random,
            changed=self.workplace.changed,
        )
        return InTurn(photos, packs)

    def stop(self) -> None:
        self._hang_up()
        self.database.close()

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.stop()
        if self._loop is not None:
            self._loop.stop()
        self._line = self._loop = None

    @property
    def _state(self) -> LinkState:
        return self._loop.state if self._loop else LinkState()

    def _forget_past(self) -> None:
        """Drafts that are kept for a time only, such as how to reach whoever called 311."""
        now = self.clock()
        with self.database.reading() as session:
            past = any_past(session, now=now)
        if past:
            with suppress(OperationalError), self.database.writing() as session:
                forget_past(session, now=now)

    def _listen(self, state: LinkState) -> None:
        """Draws the screens again only when a round has changed something that they show."""
        if state.busy:
            return
        self._forget_past()
        with self.database.reading() as session:
            counted = tally(session)
        heard_at = counted.received_at
        shown = (
            state.online,
            state.trouble,
            counted.to_send,
            counted.to_settle,
            heard_at.replace(second=0, microsecond=0) if heard_at else None,
            _tenth(state.file),
        )
        if state.rows or shown != self._shown:
            self._shown = shown
            self.workplace.changed()


def _tenth(file: FileMoved | None) -> object:
    """A photo on its way is drawn again at each tenth of it."""
    return None if file is None else (file.sha256, 10 * file.moved // file.size)

"""What every browser on this machine shares: the database, the clock, the link to the server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from asset_model.database import Database
from asset_model.ids import Author, NewId
from asset_model.network.ground import Grounds
from field_app.store.local import LocalSetting
from field_app.sync.desk import NoDesk, Paper, Told
from field_app.ui.inbox import Inbox
from field_app.ui.printing import Printouts
from field_app.ui.tiles import Tiles


class Link(Protocol):
    """The synchronization as the screens know it. Nothing here waits for the network."""

    @property
    def enrolled(self) -> bool: ...

    @property
    def device_code(self) -> str:
        """The device's short name, which the numbers of its orders carry until the server's."""

    @property
    def online(self) -> bool | None:
        """Whether the last exchange went through; None before the first."""

    @property
    def retry_at(self) -> datetime | None: ...

    @property
    def trouble(self) -> str | None:
        """Why the last exchange failed, as a code."""

    def wake(self) -> None:
        """Something is to be sent, or a person wants a try now."""

    def enrol(self, code: str) -> None:
        """Asks the server for a place with a code; waits, so never call it on the UI thread.

        :raises Refused: what the server said, or that it does not answer
        """


class Desk(Protocol):
    """What only the server works out. Each call waits for the network: never on the UI thread.

    They raise `Refused`: what the server said, or ``desk_silent``.
    """

    def tell(self, name: str, question: Mapping[str, str], person_id: str) -> Told: ...

    def decide(self, name: str, body: dict[str, Any], person_id: str) -> Told: ...

    def paper(self, path: str, question: Mapping[str, str], person_id: str) -> Paper: ...


@dataclass
class Workplace:
    """One replica and those who work on it."""

    database: Database
    clock: Callable[[], datetime]
    new_id: NewId
    zone: ZoneInfo
    link: Link
    shared_screen: bool = True
    """A tablet keeps its look and who was here last; an office replica serves many browsers."""
    photos: Path | None = None
    """The folder of the files of photos, where this replica keeps any."""
    tiles: Tiles | None = None
    """The base map, where this replica keeps one: a map takes its address from `template`."""
    folder: Path | None = None
    """Where its database lies, of which a copy of what waits can be made."""
    grounds: Grounds = field(default_factory=Grounds)
    """The water network as it is laid out, for breaks."""
    printouts: Printouts = field(default_factory=Printouts)
    inbox: Inbox = field(default_factory=Inbox)
    desk: Desk = field(default_factory=NoDesk)
    watchers: set[Callable[[], None]] = field(default_factory=set)

    def author(self, person_id: str) -> Author:
        return Author(person_id=person_id, now=self.clock(), new_id=self.new_id)

    def changed(self) -> None:
        """Tells every screen that there is something to read again. Any thread may call it."""
        for watcher in list(self.watchers):
            watcher()

    def preference(self, name: str, default: str) -> str:
        with self.database.reading() as session:
            setting = session.get(LocalSetting, name)
        return setting.value if setting else default

    def keep(self, name: str, value: str) -> None:
        """Remembers a choice made on this tablet, whoever sits at it."""
        if self.shared_screen:
            self._keep(name, value)

    def preference_of(self, person_id: str, name: str, default: str) -> str:
        return self.preference(_of(person_id, name), default)

    def keep_for(self, person_id: str, name: str, value: str) -> None:
        """A person's own choice: at a desk too, where others use the same replica."""
        self._keep(_of(person_id, name), value)

    def _keep(self, name: str, value: str) -> None:
        """Nobody is stopped where the disk will not."""
        try:
            with self.database.writing() as session:
                if value:
                    session.merge(LocalSetting(name=name, value=value))
                else:
                    session.execute(delete(LocalSetting).where(LocalSetting.name == name))
        except OperationalError:
            pass  # It is full, or read only: whoever saves something will be told.


def _of(person_id: str, name: str) -> str:
    return f"{name} {person_id}"

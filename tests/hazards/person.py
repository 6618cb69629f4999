"""Somebody who sits at a tablet, as the screens know them, and what the disk says beside them."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from field_app.ui.sitting import Signed, Sitting
from field_app.ui.workplace import Workplace
from tests.rescue.folders import Folder
from tests.sync import rig
from tests.sync.town import LUC
from tests.ui.town import Link


@dataclass
class AtTheTablet:
    """`seen`: what another process found on the disk each time that the screens were told."""

    folder: Folder
    sitting: Sitting
    seen: list[tuple[int, int]] = field(default_factory=list)

    def saves(self, verb: Any, *given: Any, **more: Any) -> bool:
        """Whether the screen says that it is saved."""
        return self.sitting.act(verb, *given, **more)

    @property
    def told(self) -> str:
        return self.sitting.notice.sentence if self.sitting.notice else ""

    def on_disk(self) -> tuple[int, int]:
        """How many comments there are, and changes that wait, as another process sees it."""
        with closing(sqlite3.connect(self.folder.file)) as other:
            (rows,) = other.execute("SELECT count(*) FROM comment").fetchone()
            query = "SELECT count(*) FROM local_change WHERE state = 'pending'"
            return rows, other.execute(query).fetchone()[0]


def a_person(folder: Folder, person: str = LUC) -> AtTheTablet:
    workplace = Workplace(
        folder.database, folder.clock, rig.an_id, ZoneInfo("America/Toronto"), link=Link()
    )
    signed = Signed(person, "Luc", "crew_member", None)
    made = AtTheTablet(folder, Sitting(workplace, person=signed))
    workplace.watchers.add(lambda: made.seen.append(made.on_disk()))
    return made

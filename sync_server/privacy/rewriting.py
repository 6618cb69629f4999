"""Words of rows written anew without somebody: in the tables, in the feed, and in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.sync.wire import Columns
from sync_server.feed import images
from sync_server.privacy.hiding import Hide, hidden
from sync_server.tables import JournalEntry
from sync_server.workspace import Key, Workspace

EMPTY: dict[str, Columns] = {
    "report": {"description": None, "answers": {}, "media_urls": []},
    "incident_update": {"words_fr": None, "words_en": None},
}
"""What somebody wrote, where all of it is to go."""
SIDES = ("before", "after", "columns", "set_aside")
AT_ONCE = 400


@dataclass(frozen=True)
class Rewriting:
    """`emptied`: the rows of which no word stays."""

    session: Session
    hide: Hide
    emptied: frozenset[Key]

    def rows(self, keys: Sequence[Key], *, now: datetime) -> int:
        """How many were written anew. Whoever holds one hears of it as of any row that moved."""
        workspace = Workspace(self.session, now=now)
        workspace.load(keys)
        count = 0
        for image in images(self.session, keys, lock=True):
            columns = self._without(image.table, image.row, image.columns)
            if columns != image.columns:
                workspace.put(replace(image, columns=columns))
                count += 1
        workspace.write()
        return count

    def history(self, keys: Sequence[Key]) -> int:
        """The values that changes of these rows had; that there was a change stays known."""
        tables = {row: table for table, row in keys}
        rows, count = sorted(tables), 0
        for start in range(0, len(rows), AT_ONCE):
            mine = JournalEntry.row.in_(rows[start : start + AT_ONCE])
            for entry in self.session.scalars(select(JournalEntry).where(mine)):
                count += self._entry(entry, tables[entry.row])
        return count

    def _entry(self, entry: JournalEntry, table: str) -> bool:
        moved = False
        for side in SIDES:
            told: Columns = getattr(entry, side)
            left = self._without(table, entry.row, told)
            if left != told:
                setattr(entry, side, left)
                moved = True
        return moved

    def _without(self, table: str, row: str, columns: Columns) -> Columns:
        left = hidden(table, columns, self.hide)
        if (table, row) in self.emptied:
            left |= {name: value for name, value in EMPTY[table].items() if name in left}
        return left

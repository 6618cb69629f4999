"""One tablet of ours, as a process: `python -m tests.bench.tablet ADDRESS TOKEN FOLDER IDS WAY`.

Words it knows: copy, settle, down, edit, up, idle. Clocks are the machine's.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

from asset_model.assets import Asset
from asset_model.database import Database
from asset_model.ids import Author, uuid7
from asset_model.sync.wire import Page, Pull, Push, PushReply, Terms
from field_app.store import outbox
from field_app.store.edits import recorded
from field_app.store.intake import rows_held
from field_app.store.local import State
from field_app.store.opening import open_store
from field_app.sync.http import HttpTransport
from field_app.sync.rounds import run_round
from tests.bench.meters import Wire, measured
from tests.bench.speaking import answer
from tests.sync.town import LUC

NOTE = "Fissure vue, à surveiller"
EDITS = 1_000


def now() -> datetime:
    return datetime.now(UTC)


class PagesOnly:
    """The same link, which brings no files; it knows how far things were when a pull began."""

    def __init__(self, link: HttpTransport, wire: Wire) -> None:
        self._link = link
        self._wire = wire
        self.handed_over: dict[str, float] = {}

    def push(self, push: Push) -> PushReply:
        return self._link.push(push)

    def pull(self, pull: Pull) -> Page | Terms:
        if not self.handed_over:
            marks = {"s": perf_counter(), "cpu_s": process_time(), "bytes": self._wire.bytes()}
            self.handed_over = marks
        return self._link.pull(pull)


class BenchTablet:
    def __init__(self, address: str, token: str, folder: Path, ids: Iterator[str]) -> None:
        self.wire = Wire()
        self.link = HttpTransport(address, token)
        self.pages = PagesOnly(self.link, self.wire)
        self._ids = ids
        self._random = Random(9)
        self.database: Database = open_store(folder, new_id=self._new_id)

    def copy(self) -> int:
        run_round(self.database, self.link, now)
        return self._held()

    def copy_by_pages(self) -> int:
        run_round(self.database, self.pages, now)
        return self._held()

    def down(self) -> int:
        return run_round(self.database, self.link, now).received

    def edit(self) -> int:
        """Somebody writes a note on one asset after another: each a group of its own."""
        with self.database.writing() as session:
            for id in islice(self._ids, EDITS):
                asset = session.get_one(Asset, id)
                with recorded(session, by=Author(LUC, now(), self._new_id)):
                    asset.note = NOTE
        return EDITS

    def up(self) -> dict[str, Any]:
        """Handed over, each change answered and the answer kept; `whole_s`: and read back."""
        self.pages.handed_over = {}
        bytes_before, began, began_cpu = self.wire.bytes(), perf_counter(), process_time()
        done = measured(lambda: run_round(self.database, self.pages, now).sent, self.wire)
        marks = self.pages.handed_over
        with self.database.reading() as session:
            left = outbox.count(session, State.PENDING, State.REFUSED, State.PARKED)
        assert left == 0, f"{left} edits were not accepted"
        return {
            **done,
            "s": marks["s"] - began,
            "cpu_s": marks["cpu_s"] - began_cpu,
            "bytes": int(marks["bytes"] - bytes_before),
            "whole_s": done["s"],
        }

    def _held(self) -> int:
        with self.database.reading() as session:
            return rows_held(session)

    def _new_id(self) -> str:
        return uuid7(now(), self._random)


def main() -> None:
    address, token, folder, ids, way = sys.argv[1:]
    tablet = BenchTablet(address, token, Path(folder), iter(Path(ids).read_text().split()))
    stages = {
        "copy": tablet.copy_by_pages if way == "pages" else tablet.copy,
        "settle": tablet.down,
        "down": tablet.down,
        "edit": tablet.edit,
        "idle": tablet.down,
    }
    words = {word: partial(measured, stage, tablet.wire) for word, stage in stages.items()}
    answer({**words, "up": tablet.up})


if __name__ == "__main__":
    main()

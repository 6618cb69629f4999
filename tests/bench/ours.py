"""Our side of the contest: a filled server, and tablets that come to it one after another."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.database import open_database
from asset_model.work_orders import WorkOrder
from tests.bench.contest import Figures, compete, copy_again
from tests.bench.processes import Side, serving, side
from tests.bench.workload import fill, retitle, town_of, write_documents
from tests.sync import town

CHANGED = 1_000


@dataclass(frozen=True)
class Town:
    """The workload on disk: as a server's database, as documents, and the ids to be touched."""

    folder: Path
    rows: int

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'server.sqlite'}"

    @property
    def documents(self) -> Path:
        return self.folder / "documents.jsonl"

    @property
    def orders(self) -> Path:
        return self.folder / "orders.ids"

    @property
    def assets(self) -> Path:
        return self.folder / "assets.ids"


def prepare(folder: Path, *, assets: int, orders: int) -> Town:
    rows = list(town_of(assets, orders, Random(4)))
    made = Town(folder, len(rows))
    write_documents(rows, made.documents)
    for file, kind in ((made.orders, WorkOrder), (made.assets, Asset)):
        file.write_text("\n".join(_ids(rows, kind)))
    database = open_database(made.url)
    fill(database, rows)
    database.close()
    return made


def _ids(rows: list[Base], kind: type[Base]) -> list[str]:
    return [row.id for row in rows if isinstance(row, kind)]  # type: ignore[attr-defined]


def measure(made: Town, *, repeats: int, by_pages: bool) -> Figures:
    """The tablet that goes through all stages is the last one; its database stays for the floor."""
    database = open_database(made.url)
    _, token = town.add_tablet(database, "T1", town.NORTH)
    orders = iter(made.orders.read_text().split())

    def change() -> None:
        retitle(database, islice(orders, CHANGED), now=datetime.now(UTC))

    figures: Figures = {}
    with serving(made.folder, made.url) as (address, pid):
        with _tablet(made, address, token, "first") as tablet:
            copy_again(tablet, [pid], figures, "copy_first")
        for n in range(repeats - 1):
            with _tablet(made, address, token, f"again-{n}") as tablet:
                copy_again(tablet, [pid], figures)
        if by_pages:
            with _tablet(made, address, token, "pages") as tablet:
                copy_again(tablet, [pid], figures, "copy_pages")
        with _tablet(made, address, token, "file") as tablet:
            told = compete(tablet, [pid], change, repeats)
    database.close()
    return {**figures, **told, "copy": [*figures.get("copy", []), *told["copy"]]}


@contextmanager
def _tablet(made: Town, address: str, token: str, way: str) -> Iterator[Side]:
    folder = made.folder / f"tablet-{way}"
    command: list[str | Path] = [sys.executable, "-m", "tests.bench.tablet", address, token]
    with side([*command, folder, made.assets, way], Path.cwd()) as tablet:
        yield tablet


def tablet_file(made: Town) -> Path:
    """The database of the tablet that went through it all."""
    return made.folder / "tablet-file" / "tablet.sqlite"

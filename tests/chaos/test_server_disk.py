"""A server whose disk is full, or turns read-only: nothing is half done, and all goes on after."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select, text

from asset_model.database import open_database
from asset_model.facts import Comment
from asset_model.sync.wire import Group
from asset_model.work_orders import WorkOrder
from field_app.sync.http import HttpTransport
from field_app.sync.transport import LinkDown
from sync_server.tables import JournalEntry
from tests.chaos.fleet import enrolled, serving
from tests.disks import Disk
from tests.processes import finished
from tests.sync import rig, town

LONG = " Bord à reprendre au printemps." * 100
PUSHES_MAX = 5_000
ORDER = town.order_id(1)


@dataclass
class House:
    """A server's process, its database on a disk of its own, and a tablet's voice."""

    disk: Disk
    port: int
    applied: list[str] = field(default_factory=list)
    """What the server said it had applied."""

    def __post_init__(self) -> None:
        self.url = f"sqlite:///{self.disk.place / 'server.sqlite'}"
        database = open_database(self.url)
        rig.fill_sqlite(database)
        self.data = self.disk.place / "data"
        token = enrolled(database, "T1", self.disk.place.with_name("T1"), "")
        database.close()
        self.server = serving(self.url, self.disk.place.with_name("server"), self.port)
        self.transport = HttpTransport(f"http://127.0.0.1:{self.port}", token)

    def push(self, *groups: Group) -> None:
        reply = self.transport.push(rig.a_push(*groups))
        assert {outcome.result for outcome in reply.outcomes} <= {"applied", "merged"}
        self.applied += [group.changes[0].after["text"] for group in groups]

    def push_until_refused(self) -> tuple[tuple[Group, ...], str]:
        """Several groups at a time; those that were not taken, and what was said of them."""
        for n in range(PUSHES_MAX):
            groups = tuple(_group(f"{n}.{m}.") for m in range(3))
            try:
                self.push(*groups)
            except LinkDown as down:
                return groups, str(down)
        raise AssertionError("the disk never refused")

    def stands(self) -> dict[str, list[str]]:
        """What is on the disk of each thing that a group brings."""
        with closing(open_database(self.url)) as database, database.reading() as session:
            order = session.get_one(WorkOrder, ORDER)
            journal = select(JournalEntry.after).where(
                JournalEntry.op == "insert", JournalEntry.device_id.is_not(None)
            )
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
            return {
                "comments": sorted(session.scalars(select(Comment.text))),
                "journal": sorted(after["text"] for after in session.scalars(journal)),
                "described": sorted((order.description or "").split()),
            }

    def stands_as_applied(self) -> bool:
        """All that was said to be applied, once, each group whole, and nothing else."""
        names = sorted(words.split()[0] for words in self.applied)
        told = self.stands()
        by_name = [sorted(words.split()[0] for words in told[k]) for k in ("comments", "journal")]
        return [*by_name, told["described"]] == [names] * 3


def _group(name: str) -> Group:
    """Words, and a mark on the order: both or neither."""
    return rig.group(
        rig.comment(ORDER, name + LONG),
        rig.edit("work_order", ORDER, {}, description=name),
    )


@pytest.fixture
def house(disk: Disk, free_port: int) -> Iterator[House]:
    made = House(disk, free_port)
    made.server.up()
    made.push(_group("first."))
    yield made
    made.server.kill()
    made.transport.close()


def test_a_full_server_says_so_does_nothing_by_halves_and_goes_on_when_there_is_room(
    house: House,
) -> None:
    house.disk.fill()

    groups, said = house.push_until_refused()

    assert said == "507 storage_full"
    house.disk.free()
    house.push(*groups)
    assert house.stands_as_applied()


def test_a_full_server_that_dies_has_all_that_it_said_it_had(house: House) -> None:
    house.disk.fill()
    groups, _ = house.push_until_refused()
    house.server.kill()
    house.disk.free()

    assert house.stands_as_applied()
    house.server.up()
    house.push(*groups)
    assert house.stands_as_applied()


def test_a_server_whose_disk_turns_read_only_says_so_and_has_all_that_it_said_it_had(
    house: House,
) -> None:
    house.push(_group("just.before."))
    house.disk.fail()

    groups, said = house.push_until_refused()

    assert said == "503 storage_unwritable"
    house.server.kill()
    house.disk.mend()
    assert house.stands_as_applied()
    house.server.up()
    house.push(*groups)
    assert house.stands_as_applied()


@pytest.mark.parametrize("spoil", [Disk.fill, Disk.forbid])
def test_a_server_that_cannot_start_says_why(disk: Disk, spoil: object) -> None:
    url = f"sqlite:///{disk.place / 'server.sqlite'}"
    database = open_database(url)
    rig.fill_sqlite(database)
    database.close()
    assert callable(spoil)
    spoil(disk)

    ended = finished("serve", "--no-office", "--database", url, "--data", str(disk.place))

    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert "cannot be" in ended.stderr
    assert "Traceback" not in ended.stderr

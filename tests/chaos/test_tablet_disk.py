"""A tablet whose disk is full, or turns read-only: it says so, and keeps what it said was saved."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from asset_model.errors import sentence
from asset_model.facts import Comment
from asset_model.people import Person
from field_app.actions import facts, photos
from field_app.store.local import LocalChange
from field_app.store.opening import open_store
from field_app.sync.loop import SyncLoop
from field_app.sync.rounds import run_round
from field_app.ui.screens.sign_in import _signed_in
from field_app.ui.sitting import Signed, Sitting
from field_app.ui.workplace import Workplace
from tests.disks import Disk
from tests.photos.rig import encoded, noise
from tests.processes import finished
from tests.sync import rig, town
from tests.sync.conftest import server
from tests.ui.town import Link

__all__ = ["server"]

LONG = " Bord à reprendre au printemps." * 60
EDITS_MAX = 20_000
ORDER = town.order_id(1)


@dataclass
class Tablet:
    """A tablet's folder on a disk of its own, with Luc before its screen."""

    disk: Disk
    link: rig.DirectLink
    clock: town.Clock = field(default_factory=town.Clock)
    saved: list[str] = field(default_factory=list)
    """What the screen said was saved."""

    def __post_init__(self) -> None:
        self.open()

    @property
    def folder(self) -> Path:
        return self.disk.place / "tablet"

    def open(self) -> None:
        self.database = open_store(self.folder, new_id=rig.an_id)
        place = Workplace(
            self.database, self.clock, rig.an_id, ZoneInfo("America/Toronto"), Link(enrolled=False)
        )
        self.sitting = Sitting(place, person=Signed(town.LUC, "Luc", "crew_member", town.NORTH))

    def sync(self) -> None:
        run_round(self.database, self.link, self.clock)

    def writes(self, words: str) -> bool:
        done = self.sitting.act(facts.comment, ORDER, words)
        if done:
            self.saved.append(words)
        return done

    def writes_until_refused(self) -> str:
        """What the screen says then."""
        for n in range(EDITS_MAX):
            if not self.writes(f"Constat {n}." + LONG):
                assert self.sitting.notice is not None
                return self.sitting.notice.sentence
        raise AssertionError("the disk never refused")

    @property
    def waiting(self) -> list[str]:
        with self.database.reading() as session:
            query = select(LocalChange).order_by(LocalChange.place)
            return [change.after["text"] for change in session.scalars(query)]


@pytest.fixture
def tablet(disk: Disk, server: rig.Server) -> Iterator[Tablet]:
    made = Tablet(disk, rig.DirectLink(server, "T1"))
    made.sync()
    made.writes("Avant.")
    yield made
    made.database.close()


def test_a_full_tablet_says_so_and_keeps_what_it_said_was_saved(
    tablet: Tablet, server: rig.Server
) -> None:
    tablet.disk.fill()

    assert tablet.writes_until_refused() == sentence("disk_full", "fr", {})
    assert tablet.waiting == tablet.saved

    tablet.disk.free()
    assert tablet.writes("Après.")
    tablet.sync()
    assert sorted(row.text for row in server.rows(Comment)) == sorted(
        words.strip() for words in tablet.saved
    )


def test_a_full_tablet_hands_over_what_it_can_and_doubles_nothing(
    tablet: Tablet, server: rig.Server, caplog: pytest.LogCaptureFixture
) -> None:
    """Its work reaches the server, though the answer cannot be written down here."""
    caplog.set_level(logging.CRITICAL)
    tablet.disk.fill()
    tablet.writes_until_refused()
    loop = SyncLoop(tablet.database, tablet.link, clock=tablet.clock, random=Random(1))
    loop._try()

    assert loop.state.trouble == "disk_full"

    tablet.disk.free()
    tablet.sync()
    assert len(server.rows(Comment)) == len(tablet.saved)


def test_a_photo_that_finds_no_room_leaves_nothing(tablet: Tablet) -> None:
    tablet.disk.fill()

    with pytest.raises(OSError, match="No space"):
        photos.keep(encoded(noise(300, 200), "JPEG"), tablet.folder / "photos")

    assert [file for file in (tablet.folder / "photos").rglob("*") if file.is_file()] == []


def test_a_full_disk_keeps_nobody_out_and_opens_to_nobody(tablet: Tablet) -> None:
    luc = tablet.sitting.read(lambda session: session.get_one(Person, town.LUC))
    tablet.disk.fill()
    tablet.writes_until_refused()
    tablet.sitting.person = None

    assert _signed_in(tablet.sitting, luc, "9999") == sentence("disk_full", "fr", {})
    assert tablet.sitting.person is None
    assert _signed_in(tablet.sitting, luc, "1234") == ""


def test_a_disk_that_turns_read_only_is_told_and_costs_nothing_that_was_saved(
    tablet: Tablet, server: rig.Server
) -> None:
    tablet.writes("Juste avant.")
    tablet.disk.fail()

    assert tablet.writes_until_refused().startswith("Le disque n’a pu être écrit")

    tablet.database.close()
    tablet.disk.mend()
    tablet.open()
    assert tablet.waiting == tablet.saved
    tablet.sync()
    assert sorted(row.text for row in server.rows(Comment)) == sorted(
        words.strip() for words in tablet.saved
    )


def _full(disk: Disk) -> None:
    disk.fill()


def _read_only(disk: Disk) -> None:
    disk.forbid()


@pytest.mark.parametrize("spoil", [_full, _read_only])
def test_a_tablet_that_cannot_start_says_why_and_touches_nothing(
    tablet: Tablet, spoil: Callable[[Disk], None]
) -> None:
    tablet.database.close()
    before = (tablet.folder / "tablet.sqlite").read_bytes()
    spoil(tablet.disk)

    ended = finished("tablet", "--server", "http://127.0.0.1:9", "--data", str(tablet.folder))

    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert "cannot be" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (tablet.folder / "tablet.sqlite").read_bytes() == before

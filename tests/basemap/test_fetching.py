"""A tablet's packs: they come whole or not at all, in pieces, after everything else."""

from itertools import pairwise
from pathlib import Path

import pytest

from asset_model.base_map import prove
from asset_model.database import Database
from asset_model.sync.pack_offer import PackList
from field_app.store.base_map import BaseMap
from field_app.sync import pack_queue
from field_app.sync.file_queues import InTurn
from field_app.sync.loop import FileMoved
from gis.basemap.mercator import world
from sync_server.basemap.packs import key_of
from tests.basemap.ground import drawn, edit, line, point
from tests.basemap.rig import Tablet, a_tablet
from tests.disks import Disk
from tests.sync.town import NORD, SUD

HERE = world(*point(1, 0.0)["coordinates"])
DAY = key_of(f"district:{NORD}", "day")


@pytest.fixture
def tablet(record: Database, folder: Path, tmp_path: Path) -> Tablet:
    drawn(record, folder)
    return a_tablet(record, folder, tmp_path / "tablet")


def shown(tablet: Tablet, zoom: int = 17) -> bytes | None:
    return tablet.map.tile("day", zoom, int(HERE[0] * 2**zoom), int(HERE[1] * 2**zoom))


def in_small_pieces(tablet: Tablet, size: int = 16 * 1024) -> None:
    tablet.queue.pieces.bytes = size


def test_a_tablet_fetches_the_packs_of_its_district_and_no_other(tablet: Tablet) -> None:
    tablet.fetch()

    assert set(tablet.map.packs) == {DAY, key_of(f"district:{NORD}", "night")}
    assert {pack.title for pack in tablet.map.packs.values()} == {"Nord"}
    assert shown(tablet) is not None


def test_what_is_held_is_not_fetched_again(tablet: Tablet) -> None:
    tablet.fetch()
    before = len(tablet.link.asked)
    tablet.fetch_later()

    assert len(tablet.link.asked) == before


def test_a_broken_fetch_goes_on_from_where_it_was_also_after_a_restart(tablet: Tablet) -> None:
    in_small_pieces(tablet)
    tablet.link.left = 2
    tablet.fetch()
    nothing = shown(tablet)
    tablet.restart()
    in_small_pieces(tablet)
    tablet.link.left = 1_000
    tablet.fetch_later()
    starts: dict[str, list[int]] = {}
    for name, start in tablet.link.asked:
        starts.setdefault(name, []).append(start)

    assert nothing is None
    assert shown(tablet) is not None
    assert all(asked == sorted(set(asked)) for asked in starts.values())


def test_what_was_garbled_is_not_shown_and_fetched_again(tablet: Tablet) -> None:
    tablet.link.garble = lambda piece: piece[:-1] + bytes([piece[-1] ^ 1])
    tablet.fetch()
    nothing = dict(tablet.map.packs)
    tablet.link.garble = lambda piece: piece
    tablet.fetch_later()
    tablet.fetch_later()

    assert nothing == {}
    assert len(tablet.map.packs) == 2


def test_a_changed_pack_comes_as_a_patch_that_makes_it_the_new_one(
    record: Database, folder: Path, tablet: Tablet
) -> None:
    tablet.fetch()
    before, whole = shown(tablet), tablet.map.packs[DAY].bytes
    edit(record, "D", {"geometry": point(1, 0.05)}, {"geometry": point(3, 0.05)})
    drawn(record, folder)
    tablet.link.asked.clear()
    tablet.fetch_later()
    held, names = tablet.map.packs[DAY], {name for name, _ in tablet.link.asked}

    assert names
    assert all(name.endswith(".patch") for name in names)
    assert sum((folder / name).stat().st_size for name in names) < whole
    assert shown(tablet) != before
    assert prove(held.file, held.contents)
    assert len(list(tablet.folder.glob("*.mbtiles"))) == 2


def test_a_tablet_that_was_away_takes_one_patch_after_the_other(
    record: Database, folder: Path, tablet: Tablet
) -> None:
    tablet.fetch()
    for was, now in pairwise((point(1, 0.05), point(1.02, 0.05), point(1.04, 0.05))):
        edit(record, "D", {"geometry": was}, {"geometry": now})
        drawn(record, folder)
    tablet.link.asked.clear()
    tablet.fetch_later()
    fresh = a_tablet(record, folder, tablet.folder.with_name("fresh"), "T2")
    fresh.fetch()

    assert len({name for name, _ in tablet.link.asked if DAY in name}) == 2
    assert tablet.map.packs[DAY].contents == fresh.map.packs[DAY].contents


def test_a_patch_that_cannot_be_used_gives_way_to_the_whole_pack(
    record: Database, folder: Path, tablet: Tablet
) -> None:
    tablet.fetch()
    edit(record, "D", {"geometry": point(1, 0.05)}, {"geometry": point(3, 0.05)})
    drawn(record, folder)
    tablet.link.garble = lambda piece: b"x" * len(piece)
    tablet.fetch_later()
    kept = shown(tablet)
    tablet.link.garble = lambda piece: piece
    tablet.link.asked.clear()
    tablet.fetch_later()
    tablet.fetch_later()

    assert kept is not None
    assert any(name.endswith(".mbtiles") for name, _ in tablet.link.asked)
    assert len({pack.contents for pack in tablet.map.packs.values()}) == 2
    assert tablet.fetch_later() == 0


def test_a_pack_that_was_replaced_while_it_came_is_left_for_the_new_one(
    record: Database, folder: Path, tablet: Tablet
) -> None:
    in_small_pieces(tablet)
    tablet.link.left = 2
    tablet.fetch()
    edit(record, "A", {"geometry": line((0, 0), (4, 0))}, {"geometry": line((0, 0), (4, 1))})
    drawn(record, folder)
    tablet.link.left = 1_000
    tablet.fetch_later()

    assert len(tablet.map.packs) == 2
    assert list(tablet.folder.glob("*.part")) == []


def test_a_district_that_the_crew_leaves_goes_from_the_tablet(
    tablet: Tablet, record: Database
) -> None:
    tablet.fetch()
    tablet.link.device.district_id = SUD
    tablet.fetch_later()

    assert {pack.title for pack in tablet.map.packs.values()} == {"Sud"}
    assert len(list(tablet.folder.glob("*.mbtiles"))) == 2


def test_a_server_that_has_no_packs_yet_takes_none_away(tablet: Tablet, tmp_path: Path) -> None:
    tablet.fetch()
    tablet.link.packs_there = type(tablet.link.packs_there)(tmp_path / "another folder")
    tablet.fetch_later()

    assert len(tablet.map.packs) == 2


def test_a_full_disk_is_told_and_what_came_is_kept(tablet: Tablet) -> None:
    in_small_pieces(tablet)
    tablet.link.left = 3
    tablet.fetch()
    tablet.link.left, tablet.free = 1_000, pack_queue.RESERVE_BYTES
    tablet.fetch_later()
    told, asked = tablet.map.trouble, len(tablet.link.asked)
    tablet.free = pack_queue.RESERVE_BYTES * 4
    tablet.fetch_later()

    assert (told, asked) == ("disk_full", 3)
    assert tablet.map.trouble is None
    assert len({each for each in tablet.link.asked if each[1] == 0}) == 2
    assert len(tablet.map.packs) == 2


def test_on_a_disk_that_fills_up_the_former_pack_stays_whole(
    record: Database, folder: Path, disk: Disk
) -> None:
    drawn(record, folder)
    tablet = a_tablet(record, folder, disk.place / "basemap")
    tablet.fetch()
    edit(record, "A", {"geometry": line((0, 0), (4, 0))}, {"geometry": line((0, 0), (4, 1))})
    drawn(record, folder)
    disk.fill()
    tablet.fetch_later()
    held, told = tablet.map.packs[DAY], tablet.map.trouble
    sound = prove(held.file, held.contents)
    disk.free()
    tablet.fetch_later()

    assert told == "disk_full"
    assert sound
    assert tablet.map.packs[DAY].contents != held.contents


def test_packs_wait_for_photos_and_for_an_answer_of_the_server(tablet: Tablet) -> None:
    photos = Busy(3)
    both = InTurn(photos, tablet.queue)
    for _ in range(3):
        assert both.send_next() == photos.moved
    assert tablet.link.asked == []

    both.send_next()
    assert tablet.link.asked != []


class Busy:
    """Photos that need so many steps."""

    moved = FileMoved("photo", 1, 2)

    def __init__(self, steps: int) -> None:
        self.left = steps

    def send_next(self) -> FileMoved | None:
        self.left -= 1
        return self.moved if self.left >= 0 else None


def test_a_server_without_this_door_is_asked_again_later(tablet: Tablet) -> None:
    class Older:
        def packs(self, held: object) -> PackList | None:
            return None

    tablet.queue._source = Older()  # type: ignore[assignment]

    assert tablet.fetch() == 0
    assert tablet.fetch_later() == 0


def test_a_tile_that_no_pack_has_is_drawn_from_one_above(tablet: Tablet) -> None:
    tablet.fetch()

    assert shown(tablet, 17) != shown(tablet, 19)
    assert shown(tablet, 19) is not None
    assert tablet.map.tile("day", 17, 5, 5) is None
    assert tablet.map.tile("day", 2, 1, 1) is None


def test_a_pack_that_is_damaged_on_disk_is_fetched_again(tablet: Tablet) -> None:
    tablet.fetch()
    tablet.map.packs[DAY].file.write_bytes(b"not a pack" * 1000)
    tablet.restart()
    lost = DAY in tablet.map.packs
    tablet.fetch()

    assert not lost
    assert shown(tablet) is not None


def test_the_edition_changes_with_the_map(record: Database, folder: Path, tablet: Tablet) -> None:
    tablet.fetch()
    before = BaseMap(tablet.folder).edition("day")
    edit(record, "D", {"geometry": point(1, 0.05)}, {"geometry": point(3, 0.05)})
    drawn(record, folder)
    tablet.fetch_later()

    assert tablet.map.edition("day") != before
    assert tablet.drawn == 4

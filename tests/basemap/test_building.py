"""What a build draws, and what it leaves as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from asset_model.base_map import LOOKS, metadata, prove, read_tile
from asset_model.database import Database
from asset_model.errors import Refused
from gis.basemap.features import feature_of
from gis.basemap.mercator import TILE_PX, pixels, world
from gis.basemap.scene import BLOCK_TILES, Block
from sync_server.basemap import building
from sync_server.basemap.packs import Packs, key_of
from sync_server.basemap.survey import has_moved
from tests.basemap import ground
from tests.basemap.ground import drawn, edit, line, packs_in, point
from tests.sync.town import NORD, SUD

TILES_OF_A_BLOCK = BLOCK_TILES**2 * len(LOOKS)


def test_a_district_has_a_pack_by_day_and_one_by_night(mapped: Database, folder: Path) -> None:
    report = drawn(mapped, folder)

    assert len(packs_in(folder)) == 4
    assert report.packs == ["Nord (day)", "Nord (night)", "Sud (day)", "Sud (night)"]
    assert report.tiles_drawn == report.blocks_drawn * TILES_OF_A_BLOCK


def test_nothing_is_drawn_twice(mapped: Database, folder: Path) -> None:
    drawn(mapped, folder)
    before = {file.name: file.read_bytes() for file in packs_in(folder)}
    again = drawn(mapped, folder)

    assert (again.tiles_drawn, again.packs, again.packs_same) == (0, [], 4)
    assert {file.name: file.read_bytes() for file in packs_in(folder)} == before


def test_what_changed_is_drawn_again_where_it_was_and_where_it_is(
    mapped: Database, folder: Path
) -> None:
    first = drawn(mapped, folder)
    was, now = point(1, 0.05), point(3, 0.05)
    edit(mapped, "D", {"geometry": was}, {"geometry": now})
    report = drawn(mapped, folder)
    touched = blocks_of_point(was) | blocks_of_point(now)

    assert 0 < report.blocks_drawn <= len(touched) < first.blocks_drawn / 2
    assert report.packs == ["Nord (day)", "Nord (night)"]


def blocks_of_point(geometry: dict[str, object]) -> set[Block]:
    """The blocks in which a hydrant shows, with its reach."""
    x, y = world(*geometry["coordinates"])  # type: ignore[misc]
    return {
        Block(zoom, int((x * pixels(zoom) + dx) // side), int((y * pixels(zoom) + dy) // side))
        for zoom in range(15, 18)
        for dx in (-16, 16)
        for dy in (-16, 16)
        for side in (BLOCK_TILES * TILE_PX,)
    }


def test_a_new_name_is_drawn_where_the_old_one_stood(record: Database, folder: Path) -> None:
    first = drawn(record, folder)
    edit(record, "A", {"name": "Rue des Érables"}, {"name": "Rue des Bouleaux"})
    report = drawn(record, folder)

    assert 0 < report.blocks_drawn < first.blocks_drawn / 2


def test_what_does_not_show_draws_nothing(record: Database, folder: Path) -> None:
    drawn(record, folder)
    edit(record, "A", {"note": None}, {"note": "À surveiller"})
    edit(record, "C", {"name": "Conduite"}, {"name": "Conduite 12"})

    assert drawn(record, folder).blocks_drawn == 0


def test_what_is_retired_goes_from_the_map(record: Database, folder: Path) -> None:
    drawn(record, folder)
    edit(record, "E", {"status": "in_service"}, {"status": "retired"})
    report = drawn(record, folder)

    assert not list(folder.glob(f"{key_of(f'district:{SUD}', 'day')}.*"))
    assert report.packs_same + len(report.packs) == 2


def test_one_district_can_be_built_alone(record: Database, folder: Path) -> None:
    report = drawn(record, folder, district="S")

    assert report.packs == ["Sud (day)", "Sud (night)"]
    with pytest.raises(Refused, match="district_unknown"):
        drawn(record, folder, district="nowhere")


def test_all_can_be_drawn_anew_and_shows_the_same(record: Database, folder: Path) -> None:
    first = drawn(record, folder)
    again = drawn(record, folder, anew=True)

    assert again.blocks_drawn == first.blocks_drawn
    assert again.packs_same == 4


def test_a_pack_is_mbtiles_that_anyone_reads(record: Database, folder: Path) -> None:
    drawn(record, folder)
    (file,) = folder.glob(f"{key_of(f'district:{NORD}', 'day')}.*.mbtiles")
    x, y = world(*point(1, 0)["coordinates"])
    column, row = int(x * 2**17), 2**17 - 1 - int(y * 2**17)  # MBTiles counts rows from the south.
    with closing(sqlite3.connect(file)) as pack:
        told = metadata(pack)
        found = pack.execute(
            "SELECT tile_data FROM tiles"
            " WHERE zoom_level = 17 AND tile_column = ? AND tile_row = ?",
            (column, row),
        ).fetchone()
    west, south, east, north = map(float, told["bounds"].split(","))

    assert found[0].startswith(b"\x89PNG")
    assert (told["name"], told["format"], told["type"]) == ("Nord", "png", "baselayer")
    assert (told["minzoom"], told["maxzoom"]) == ("11", "17")
    assert told["attribution"]
    assert west < ground.WEST < east
    assert south < ground.SOUTH < north
    assert prove(file, told["contents"]) == told


def test_a_pack_has_the_town_from_afar_and_its_own_squares_without_a_gap(
    record: Database, folder: Path
) -> None:
    drawn(record, folder)
    (file,) = folder.glob(f"{key_of(f'district:{NORD}', 'day')}.*.mbtiles")
    x, y = world(*point(1, -40)["coordinates"])
    with closing(sqlite3.connect(file)) as pack:
        counted = dict(pack.execute("SELECT zoom_level, count(*) FROM map GROUP BY 1").fetchall())
        afar = read_tile(pack, 14, int(x * 2**14), int(y * 2**14))
        near = read_tile(pack, 15, int(x * 2**15), int(y * 2**15))

    assert afar is not None
    assert near is None
    assert counted[16] == 4 * counted[15]
    assert counted[17] == 16 * counted[15]


def test_what_no_district_has_is_in_the_packs_of_the_town(record: Database, folder: Path) -> None:
    edit(record, "E", {"district_id": SUD}, {"district_id": None})
    report = drawn(record, folder)

    assert "town (day)" in report.packs
    assert list(folder.glob(f"{key_of('town', 'night')}.*.mbtiles"))


class Killed(BaseException):
    """The process died here."""


def test_a_build_that_is_killed_leaves_the_former_packs_and_goes_on_where_it_was(
    record: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(record, folder)
    before = {file.name: file.read_bytes() for file in packs_in(folder)}
    edit(record, "A", {"geometry": line((0, 0), (4, 0))}, {"geometry": line((0, 0), (4, 1))})

    with pytest.raises(Killed):
        drawn(record, folder, told=killer(after_blocks=6))
    kept = {file.name: file.read_bytes() for file in packs_in(folder)}
    rest = drawn(record, folder)

    assert kept == before
    assert 0 < rest.blocks_drawn < first.blocks_drawn
    assert "Nord (day)" in rest.packs
    assert len(packs_in(folder)) == 4


def killer(*, after_blocks: int) -> building.Told:
    def told(step: building.Step) -> None:
        if step.done == after_blocks:
            raise Killed

    return told


def test_a_builder_that_dies_while_it_writes_a_pack_leaves_the_former_one(
    record: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(record, folder)
    before = {file.name: file.read_bytes() for file in packs_in(folder)}
    edit(record, "D", {"geometry": point(1, 0.05)}, {"geometry": point(3, 0.05)})

    def dies(draft: Path, *_: object, **__: object) -> str:
        draft.write_bytes(b"half a pack")
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(building, "write_pack", dies)
        with pytest.raises(Killed):
            drawn(record, folder)
    kept = {file.name: file.read_bytes() for file in packs_in(folder)}

    assert kept == before
    assert drawn(record, folder).packs == ["Nord (day)", "Nord (night)"]


def test_drawings_that_are_damaged_are_made_again(record: Database, folder: Path) -> None:
    first = drawn(record, folder)
    (folder / "drawings.sqlite").write_bytes(b"not a database at all, by any means" * 50)
    report = drawn(record, folder)

    assert report.blocks_drawn == first.blocks_drawn
    assert report.packs_same == 4


def test_a_build_is_due_when_an_asset_has_been_told_of(mapped: Database, folder: Path) -> None:
    drawn(mapped, folder)
    epoch, position, style = Packs(folder).seen()
    with mapped.reading() as session:
        quiet = has_moved(session, epoch, position)
    edit(mapped, "D", {"note": None}, {"note": "Peinte"})
    with mapped.reading() as session:
        moved = has_moved(session, epoch, position)
        restored = has_moved(session, "another history", position)

    assert style
    assert (quiet, moved, restored) == (False, True, True)


def test_what_is_not_on_the_map_any_more_takes_no_room(record: Database, folder: Path) -> None:
    drawn(record, folder)
    edit(record, "E", {"status": "in_service"}, {"status": "retired"})
    drawn(record, folder)
    with closing(sqlite3.connect(folder / "drawings.sqlite")) as drawings:
        deepest = drawings.execute("SELECT min(y), max(y) FROM block WHERE zoom = 17").fetchone()
        idle = drawings.execute(
            "SELECT count(*) FROM picture WHERE id NOT IN (SELECT picture FROM tile)"
        ).fetchone()

    assert deepest[1] - deepest[0] <= 2
    assert idle == (0,)


def test_a_shape_that_cannot_be_drawn_is_left_out_and_the_rest_is_drawn(
    record: Database, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    odd = {"type": "MultiPoint", "coordinates": [[ground.WEST, ground.SOUTH]]}
    edit(record, "D", {"geometry": point(1, 0.05)}, {"geometry": odd})
    report = drawn(record, folder)

    assert "D is not on the map" in caplog.text
    assert len(report.packs) == 4


def test_a_class_that_the_style_does_not_show_is_not_on_the_map() -> None:
    feature = feature_of("1", "vehicle", "204", point(0, 0), {})

    assert ground.STYLE.rule_of(*feature.kinds) is None

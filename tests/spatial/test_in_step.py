"""However an asset is written, the index finds it where it is and nowhere else."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, text, update

from asset_model import bounds
from asset_model.assets import Asset
from asset_model.database import Database, open_database
from asset_model.geometry import bounds as edges_of
from asset_model.spatial import Box, meets
from field_app.store.schema import migrate as migrate_tablet
from sync_server import desk
from sync_server.imports import bring_in
from sync_server.schema import migrate
from sync_server.segments import cutting, joining, redrawing, undoing
from tests.gis.builders import plan_of_rows, row
from tests.network.ground import an_id, place, point, street
from tests.server.segment_town import NEW_ID, a_town, edit
from tests.server.test_import_assets import NOW, new_id
from tests.sync import rig
from tests.sync.copies import a_file_tablet, keep_copies


@pytest.fixture
def database(indexed_url: str) -> Iterator[Database]:
    with a_town(indexed_url) as opened:
        yield opened


def check(database: Database) -> int:
    """Ask for two hundred boxes, and for the whole world; how many assets are somewhere."""
    chance = Random(5)
    with database.reading() as session:
        told = session.execute(select(Asset.id, Asset.geometry)).all()
        there = {id: edges_of(geometry) for id, geometry in told if geometry}
        boxes = [_box(chance) for _ in range(200)]
        for box in (Box(-180, -90, 180, 90), *boxes, *(Box(*edges) for edges in there.values())):
            found = set(session.scalars(select(Asset.id).where(meets(box))))
            assert found == {id for id, edges in there.items() if _meet(box, edges)}
        if session.get_bind().dialect.name == "sqlite":
            counted = session.scalar(text("SELECT count(*) FROM asset_bounds"))
            assert counted == len(there)
    return len(there)


def _box(chance: Random) -> Box:
    """Somewhere in the town of the tests, up to 100 m wide."""
    west, south = place(chance.uniform(-20, 400), chance.uniform(-20, 200))
    return Box(west, south, west + chance.uniform(0, 0.0013), south + chance.uniform(0, 0.0009))


def _meet(box: Box, edges: tuple[float, float, float, float]) -> bool:
    west, south, east, north = edges
    return west <= box.east and east >= box.west and south <= box.north and north >= box.south


def test_edits_of_segments_and_their_undoing(database: Database) -> None:
    assert check(database) == 9
    done = [edit(database, joining.merge, ["TR-1", "TR-2"])]
    done.append(edit(database, cutting.split, "TR-4", [35]))
    new = [place(300, 0), place(350, 40), place(400, 0)]
    done.append(edit(database, redrawing.realign, "TR-3", new))
    done.append(edit(database, redrawing.reverse, "CD-1"))
    assert check(database) == 12

    for file in reversed(done):
        edit(database, undoing.undo, file)
        check(database)


def test_an_import_and_the_next_one_that_moves_and_takes_shapes_away(
    database: Database, tmp_path: Path
) -> None:
    rows = [row(key) for key in "abc"]
    bring_in(database, plan_of_rows(tmp_path, *rows), now=NOW, new_id=new_id)
    assert check(database) == 12

    moved = row("a", FORME="LINESTRING (-75.7 45.5, -75.699 45.501)")
    bring_in(database, plan_of_rows(tmp_path, moved, *rows[1:]), now=NOW, new_id=new_id)
    assert check(database) == 12

    lost = dict.fromkeys(("geometry", "west", "south", "east", "north"))
    with database.writing() as session:
        asset = session.get_one(Asset, an_id("TR-3"))
        before = {name: getattr(asset, name) for name in lost}
        change = desk.edited("asset", asset.id, before, lost, new_id=NEW_ID)
        desk.write(session, [change], now=NOW, new_id=NEW_ID)
    assert check(database) == 11


def test_rows_that_come_leave_and_move_in_plain_sql(database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Asset).where(Asset.tag == "TR-1").values(id="another"))
        session.execute(text("DELETE FROM asset WHERE tag = 'TR-2'"))
    assert check(database) == 8

    with database.writing() as session:
        session.execute(text("DELETE FROM asset"))
        session.add(street("TR-9", (0, 0), (10, 10)))
    assert check(database) == 1


def test_what_a_tablet_reads_page_by_page_and_as_a_whole_copy(
    server: rig.Server, tmp_path: Path
) -> None:
    a_place = point((30, 30))
    for n in range(4):
        west, south, east, north = edges_of(a_place)
        server.write(rig.insert("asset", tag=f"BI-{n}", class_code="hydrant", name="Borne",
                                attributes={}, geometry=a_place, west=west, south=south, east=east,
                                north=north))  # fmt: skip
    paged = rig.a_tablet(server, tmp_path / "paged")
    whole = a_file_tablet(server, tmp_path / "whole", keep_copies(server, tmp_path))
    whole.sync()

    assert whole.taken_by_file
    for tablet in (paged, whole):
        with tablet.database.reading() as session:
            found = session.scalars(select(Asset.tag).where(meets(Box(-180, 0, 0, 90))))
            assert sorted(found) == ["BI-0", "BI-1", "BI-2", "BI-3"]


def test_a_database_moves_to_a_machine_without_r_tree_and_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'town.sqlite'}"
    with a_town(url) as database:
        assert _laid(database) == "bounds_tree"
    with monkeypatch.context() as without:
        without.setattr(bounds, "has_tree", lambda _: False)
        database = open_database(url)
        migrate(database)
        assert _laid(database) == "bounds_plain"
        edit(database, cutting.split, "TR-4", [35])
        check(database)
        database.close()

    shutil.copy(tmp_path / "town.sqlite", tmp_path / "back.sqlite")
    database = open_database(f"sqlite:///{tmp_path / 'back.sqlite'}")
    migrate(database)
    assert _laid(database) == "bounds_tree"
    assert check(database) == 11
    database.close()


def test_vacuum_moves_nothing(tmp_path: Path) -> None:
    with a_town(f"sqlite:///{tmp_path / 'town.sqlite'}") as database:
        with database.writing() as session:
            session.execute(text("DELETE FROM asset WHERE tag = 'TR-1'"))
        with database.engine.connect() as connection:
            connection.connection.dbapi_connection.execute("VACUUM")  # type: ignore[union-attr]
        check(database)


def test_a_tablet_of_before_gets_its_index(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    migrate_tablet(database)
    with database.writing() as session:
        session.execute(text("DROP TRIGGER bounds_on_update"))
        session.add(street("TR-9", (0, 0), (10, 10)))
        session.execute(text("DELETE FROM bounds_place"))

    migrate_tablet(database)

    assert check(database) == 1
    database.close()


def _laid(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return bounds.laid(connection)

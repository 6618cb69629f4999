"""A restore puts back what an archive holds, on either engine, or changes nothing."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.database import Database, open_database
from sync_server import feed
from sync_server import restore as restoring
from sync_server.archive import Archive, BadArchive, open_archive
from sync_server.backup import back_up
from sync_server.restore import NotEmpty, restore
from sync_server.schema import migrate
from sync_server.table_history import bring_to, newest_revisions, revisions_of
from tests.rescue.contents import contents, known, words
from tests.sync import rig, town


@pytest.fixture
def archive(server: rig.Server, tmp_path: Path) -> Iterator[Archive]:
    """The town with some work, as a backup of it."""
    server.push(rig.group(rig.comment(town.order_id(1), "Avant la copie.")))
    back_up(server.database, tmp_path / "town.zip", now=town.START)
    opened = open_archive(tmp_path / "town.zip")
    yield opened
    opened.close()


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = open_database(database_url)
    yield database
    database.close()


def test_a_restored_database_holds_every_row_on_either_engine(
    server: rig.Server, archive: Archive, empty: Database
) -> None:
    restore(archive, empty, epoch="restored")

    own = ("server_state",)
    assert contents(empty, without=own) == contents(server.database, without=own)


def test_a_server_of_postgresql_comes_back_on_sqlite(
    postgresql_url: str, sqlite_url: str, tmp_path: Path
) -> None:
    source, target = open_database(postgresql_url), open_database(sqlite_url)
    town.fill_server(source)

    back_up(source, tmp_path / "town.zip", now=town.START)
    restore(open_archive(tmp_path / "town.zip"), target, epoch="restored")

    own = ("server_state",)
    assert contents(target, without=own) == contents(source, without=own)
    source.close()
    target.close()


def test_a_restored_server_begins_a_new_history_where_the_archive_stood(
    archive: Archive, empty: Database
) -> None:
    restore(archive, empty, epoch="restored")

    with empty.reading() as session:
        assert feed.state(session) == ("restored", archive.manifest.position)


def test_a_restored_server_works_on(archive: Archive, empty: Database) -> None:
    restore(archive, empty, epoch="restored")
    server = rig.Server(empty, devices={"T1": known(empty, "T1")})

    (outcome,) = server.push(rig.group(rig.comment(town.order_id(1))))

    assert outcome.result == "applied"
    assert outcome.position > archive.manifest.position


def test_a_database_that_was_made_and_never_used_is_empty(
    archive: Archive, empty: Database
) -> None:
    migrate(empty)

    restore(archive, empty, epoch="restored")

    assert contents(empty)["work_order"] != []


def test_a_database_in_use_is_not_replaced_unasked(archive: Archive, served: rig.Server) -> None:
    before = contents(served.database)

    with pytest.raises(NotEmpty):
        restore(archive, served.database, epoch="restored")

    assert contents(served.database) == before


def test_a_database_in_use_is_replaced_when_asked(archive: Archive, served: rig.Server) -> None:
    served.push(rig.group(rig.comment(town.order_id(1), "Après la copie.")))

    restore(archive, served.database, epoch="restored", force=True)

    assert words(served.database) == ["Avant la copie."]


@pytest.mark.parametrize("step", ["_make_tables", "_fill", "bring_to", "_count_on"])
def test_a_restore_that_breaks_at_any_step_changes_nothing(
    archive: Archive, served: rig.Server, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = contents(served.database)
    plain = getattr(restoring, step)

    def break_after(*given: object) -> None:
        plain(*given)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, step, break_after)
    with pytest.raises(OSError, match="No space"):
        restore(archive, served.database, epoch="restored", force=True)

    assert contents(served.database) == before


def test_an_archive_of_the_first_version_is_brought_to_this_one(
    empty: Database, sqlite_url: str, tmp_path: Path
) -> None:
    old = open_database(f"{sqlite_url}-old")
    with old.engine.begin() as connection:
        bring_to(connection, ["model_0001", "server_0001"])
        connection.exec_driver_sql("INSERT INTO server_state VALUES (1, 'old', 7)")
        connection.exec_driver_sql(
            "INSERT INTO district (id, version, buckets, code, name)"
            " VALUES ('d1', 7, 'town', 'N', 'Nord')"
        )

    back_up(old, tmp_path / "old.zip", now=town.START)
    restore(open_archive(tmp_path / "old.zip"), empty, epoch="restored")

    with empty.engine.connect() as connection:
        assert revisions_of(connection) == newest_revisions()
    (district,) = contents(empty)["district"]
    assert json.loads(district)["name"] == "Nord"
    old.close()


def test_an_archive_of_a_newer_version_is_refused_before_anything_is_touched(
    archive: Archive, served: rig.Server, tmp_path: Path
) -> None:
    before = contents(served.database)
    newer = _rewritten(tmp_path, revisions=["model_9999"])

    with pytest.raises(BadArchive, match="newer version"):
        restore(newer, served.database, epoch="restored", force=True)

    assert contents(served.database) == before


def test_an_archive_with_a_row_less_than_it_says_is_refused(
    archive: Archive, served: rig.Server, tmp_path: Path
) -> None:
    before = contents(served.database)
    rows = {**archive.manifest.rows, "comment": 2}

    with pytest.raises(BadArchive, match="has 1 rows, not 2"):
        restore(_rewritten(tmp_path, rows=rows), served.database, epoch="restored", force=True)

    assert contents(served.database) == before


def _rewritten(folder: Path, **told: object) -> Archive:
    """The archive with another manifest."""
    with (
        zipfile.ZipFile(folder / "town.zip") as source,
        zipfile.ZipFile(folder / "other.zip", "w") as other,
    ):
        manifest = {**json.loads(source.read("manifest.json")), **told}
        for name in source.namelist():
            if name != "manifest.json":
                other.writestr(name, source.read(name))
        other.writestr("manifest.json", json.dumps(manifest))
    return open_archive(folder / "other.zip")

"""A backup is one moment of the whole server, in a file that proves itself."""

import hashlib
import io
import stat
import zipfile
from pathlib import Path

import pytest

from sync_server import backup as backing_up
from sync_server import feed
from sync_server.archive import BadArchive, open_archive
from sync_server.backup import back_up
from sync_server.photo_depot import open_depot
from sync_server.restore import restore
from tests.rescue.contents import archived, contents
from tests.sync import rig, town


def test_a_backup_holds_every_row_of_every_table(served: rig.Server, tmp_path: Path) -> None:
    file = tmp_path / "town.zip"

    back_up(served.database, file, now=town.START)

    assert archived(open_archive(file)) == contents(served.database)


def test_a_backup_says_where_the_history_stands(served: rig.Server, tmp_path: Path) -> None:
    with served.database.reading() as session:
        epoch, position = feed.state(session)

    manifest = back_up(served.database, tmp_path / "town.zip", now=town.START)

    assert (manifest.epoch, manifest.position) == (epoch, position)


def test_what_is_written_during_a_backup_is_wholly_outside_it(
    served: rig.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(served.database)
    plain = backing_up._add_table

    def with_a_writer(*given: object) -> int:
        served.push(rig.group(rig.comment(town.order_id(1))))
        return plain(*given)  # type: ignore[arg-type]  # whatever it takes

    monkeypatch.setattr(backing_up, "_add_table", with_a_writer)
    back_up(served.database, tmp_path / "town.zip", now=town.START)

    assert archived(open_archive(tmp_path / "town.zip")) == before
    assert contents(served.database)["comment"] != before["comment"]


def test_nobody_else_may_read_a_backup(server: rig.Server, tmp_path: Path) -> None:
    back_up(server.database, tmp_path / "town.zip", now=town.START)

    assert stat.S_IMODE((tmp_path / "town.zip").stat().st_mode) == 0o600


def test_a_backup_that_cannot_be_finished_leaves_nothing(
    server: rig.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing_up, "_add_table", full)
    with pytest.raises(OSError, match="No space"):
        back_up(server.database, tmp_path / "town.zip", now=town.START)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", [0, 10, 0.5, 0.99])
def test_an_archive_cut_short_is_known_as_such(
    server: rig.Server, tmp_path: Path, kept: float
) -> None:
    file = tmp_path / "town.zip"
    back_up(server.database, file, now=town.START)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(kept if kept > 1 else kept * len(whole))])

    with pytest.raises(BadArchive):
        open_archive(file)


def test_a_flipped_byte_in_an_archive_is_found(server: rig.Server, tmp_path: Path) -> None:
    file = tmp_path / "town.zip"
    back_up(server.database, file, now=town.START)
    with zipfile.ZipFile(file) as archive:
        entry = archive.getinfo("tables/work_order.jsonl")
    content = bytearray(file.read_bytes())
    content[entry.header_offset + 100] ^= 1
    file.write_bytes(content)

    with pytest.raises(BadArchive):
        open_archive(file)


def test_a_part_that_was_replaced_is_found_though_the_zip_is_sound(
    server: rig.Server, tmp_path: Path
) -> None:
    back_up(server.database, tmp_path / "town.zip", now=town.START)
    with (
        zipfile.ZipFile(tmp_path / "town.zip") as source,
        zipfile.ZipFile(tmp_path / "forged.zip", "w") as forged,
    ):
        for name in source.namelist():
            content = source.read(name)
            forged.writestr(name, content.replace(b"Nid-de-poule 1", b"Nid-de-poule 9"))

    with pytest.raises(BadArchive, match="not what was written"):
        open_archive(tmp_path / "forged.zip")


def test_a_backup_brings_the_photos_along(served: rig.Server, tmp_path: Path) -> None:
    content = b"a photo of a hole"
    name = hashlib.sha256(content).hexdigest()
    there, elsewhere = open_depot("", tmp_path / "there"), open_depot("", tmp_path / "elsewhere")
    there.keep(name, io.BytesIO(content))

    back_up(served.database, tmp_path / "town.zip", now=town.START, photos=there)
    archive = open_archive(tmp_path / "town.zip")
    restore(archive, served.database, epoch="restored", force=True, photos=elsewhere)

    assert list(elsewhere.names()) == [name]
    with elsewhere.open(name) as kept:
        assert kept.read() == content

"""Which database this is: an installation, and an incarnation that a copy does not share."""

import json
import stat
from dataclasses import replace
from pathlib import Path
from shutil import copy, copytree

from asset_model.database import Database
from field_app.store.local import Replica
from field_app.store.opening import (
    Enrolment,
    open_store,
    read_enrolment,
    write_enrolment,
)
from tests.sync.rig import an_id

ENROLMENT = Enrolment(
    server="http://town", device_id="d", device_code="T214", kind="tablet", token="secret"
)


def opened(folder: Path) -> tuple[str, str]:
    """The install and incarnation of the store in a folder, once it was opened and closed."""
    database: Database = open_store(folder, new_id=an_id)
    with database.reading() as session:
        replica = session.get_one(Replica, 1)
    database.close()
    return replica.install, replica.incarnation


def test_a_store_opened_again_is_the_same(tmp_path: Path) -> None:
    assert opened(tmp_path / "a") == opened(tmp_path / "a")


def test_the_mark_lies_beside_the_database(tmp_path: Path) -> None:
    install, incarnation = opened(tmp_path / "a")

    mark = json.loads((tmp_path / "a" / "install.json").read_text())
    assert mark == {"install": install, "incarnation": incarnation}


def test_a_database_put_back_from_a_copy_takes_a_new_incarnation(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    install, first = opened(folder)
    copy(folder / "tablet.sqlite", tmp_path / "backup")
    (folder / "install.json").write_text(json.dumps({"install": install, "incarnation": "later"}))

    assert opened(folder) != (install, first)
    assert opened(folder)[0] == install


def test_a_database_whose_mark_is_gone_takes_a_new_incarnation(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    install, first = opened(folder)
    (folder / "install.json").unlink()

    after = opened(folder)

    assert after[0] == install
    assert after[1] != first
    assert opened(folder) == after


def test_a_wiped_database_is_a_new_incarnation_of_the_same_installation(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    install, first = opened(folder)
    for file in folder.glob("tablet.sqlite*"):
        file.unlink()

    after = opened(folder)

    assert after[0] == install
    assert after[1] != first


def test_a_whole_folder_copied_cannot_be_told_apart_and_is_the_same(tmp_path: Path) -> None:
    before = opened(tmp_path / "a")
    copytree(tmp_path / "a", tmp_path / "b")

    assert opened(tmp_path / "b") == before


def test_an_enrolment_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_enrolment(tmp_path) is None

    write_enrolment(tmp_path / "a", ENROLMENT)
    write_enrolment(tmp_path / "a", replace(ENROLMENT, token="newer"))

    assert read_enrolment(tmp_path / "a") == replace(ENROLMENT, token="newer")


def test_a_token_is_for_this_user_s_eyes_only(tmp_path: Path) -> None:
    write_enrolment(tmp_path, ENROLMENT)

    mode = stat.S_IMODE((tmp_path / "device.json").stat().st_mode)
    assert mode == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["device.json"]

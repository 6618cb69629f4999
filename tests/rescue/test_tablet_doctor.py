"""The doctor says how a tablet is, and mends what the server can tell again."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from asset_model.commands import gather
from asset_model.findings import Finding
from field_app.store.doctor import examine
from tests.rescue.contents import known
from tests.rescue.folders import Folder, overwrite, root_of
from tests.sync import rig, town
from tests.sync.town import START

Harm = Callable[[Folder], None]


@pytest.fixture
def folder(server: rig.Server, tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path / "tablet", server, known(server.database, "T1"))
    yield made
    made.database.close()


def _found(folder: Folder, *, mend: bool = False, days: float = 0) -> list[Finding]:
    return list(examine(folder.path, now=START + timedelta(days=days), mend=mend))


def _codes(folder: Folder, *, days: float = 0) -> set[str]:
    return {finding.code for finding in _found(folder, days=days)}


def _sql(statement: str) -> Harm:
    def harm(folder: Folder) -> None:
        with folder.database.writing() as session:
            session.execute(text(statement))

    return harm


def _refused(folder: Folder) -> None:
    folder.tablet.do(rig.rename, "Un titre")
    folder.tablet.sync()


def _unfinished(folder: Folder) -> None:
    file = folder.path / "photo.new"
    file.touch()
    long_ago = (START - timedelta(days=3)).timestamp()
    os.utime(file, (long_ago, long_ago))


def _file_garbled(folder: Folder) -> None:
    (folder.path / "device.json").write_text("{")


HARMS: dict[str, Harm] = {
    "pending": lambda folder: folder.say("Pas envoyé."),
    "refused": _refused,
    "stale_file": _unfinished,
    "file_unreadable": _file_garbled,
    "not_enrolled": lambda folder: (folder.path / "device.json").unlink(),
    "no_marker": lambda folder: (folder.path / "install.json").unlink(),
    "clock": _sql("UPDATE replica SET clock_error_ms = 600000"),
    "never_heard": _sql("UPDATE replica SET heard_at = NULL"),
    "reading_again": _sql("UPDATE replica SET sweeping = 1"),
    "bucket_differs": _sql("UPDATE bucket_position SET differed = 1 WHERE bucket = 'town'"),
    "orphan_images": _sql(
        "INSERT INTO server_image SELECT 'district', id, NULL, 1, 'town', 1 FROM district"
        " WHERE code = 'N'"
    ),
    "schema_differs": _sql("DELETE FROM alembic_version WHERE version_num LIKE 'tablet%'"),
    "contested": _sql(
        'INSERT INTO contested_value (id, version, buckets, "table", row_id, "column",'
        " change_id, contested_at) VALUES ('c1', 0, '', 'work_order', 'w', 'title', 'x',"
        " '2026-11-20T08:00:00.000Z')"
    ),
}


def test_a_tablet_at_work_is_healthy(folder: Folder) -> None:
    folder.say("Fait.")
    folder.tablet.sync()

    assert _found(folder) == []


@pytest.mark.parametrize("code", HARMS)
def test_each_harm_is_found(folder: Folder, code: str) -> None:
    HARMS[code](folder)

    assert code in _codes(folder)


def test_work_that_waits_is_no_illness_until_it_has_waited_for_a_day(folder: Folder) -> None:
    folder.say("Pas envoyé.")

    grave = [[f.grave for f in _found(folder, days=d) if f.code == "pending"] for d in (0, 2)]

    assert grave == [[False], [True]]


def test_a_server_that_has_been_silent_for_days_is_told(folder: Folder) -> None:
    assert "silent" in _codes(folder, days=4)


def test_a_stale_file_is_removed_when_asked(folder: Folder) -> None:
    _unfinished(folder)

    _found(folder, mend=True)

    assert "stale_file" not in _codes(folder)


def test_a_bucket_that_differs_is_read_again_and_is_the_servers_in_the_end(
    folder: Folder,
) -> None:
    _sql("UPDATE work_order SET title = 'Abîmé'")(folder)
    _sql("UPDATE bucket_position SET differed = 1")(folder)

    _found(folder, mend=True)
    folder.tablet.sync()

    assert folder.tablet.order().title == "Nid-de-poule 1"
    assert _found(folder) == []


def test_reading_a_bucket_again_keeps_what_is_not_sent(folder: Folder) -> None:
    folder.say("Pas envoyé.")
    _sql("UPDATE bucket_position SET differed = 1")(folder)

    _found(folder, mend=True)
    folder.tablet.sync()

    assert folder.tablet.states() == ["settled"]


def test_an_orphan_image_goes_when_asked(folder: Folder) -> None:
    with folder.database.writing() as session:
        from field_app.store.images import keep_image

        keep_image(session, "work_order", town.order_id(1))

    _found(folder, mend=True)

    assert folder.tablet.images() == []
    assert folder.tablet.order().title == "Nid-de-poule 1"


def test_nothing_is_mended_unasked(folder: Folder) -> None:
    HARMS["bucket_differs"](folder)

    _found(folder)

    assert "bucket_differs" in _codes(folder)


def test_a_damaged_database_is_said_to_be_so(folder: Folder) -> None:
    folder.stopped()
    overwrite(folder.file, root_of(folder.file, "work_order"), b"\xff" * 64)

    assert "damage" in _codes(folder)


def test_the_commands_work_without_the_server_and_the_application(
    folder: Folder, tmp_path: Path
) -> None:
    app = gather(entry_points(group="voirie.commands"))
    folder.say("Pas envoyé.")
    path, out = str(folder.stopped()), str(tmp_path / "rescue.json")

    examined = CliRunner().invoke(app, ["tablet", "doctor", "--data", path, "--json"])
    exported = CliRunner().invoke(app, ["tablet", "export", "--data", path, "--out", out])
    nothing = CliRunner().invoke(app, ["tablet", "doctor", "--data", str(tmp_path / "none")])

    # By this machine's clock, the server of the tests may have been silent for years.
    assert "pending" in {told["code"] for told in json.loads(examined.output)}
    assert exported.exit_code == 0
    assert len(json.loads(Path(out).read_text())["content"]["groups"]) == 1
    assert nothing.exit_code == 2


def test_every_finding_has_its_words(folder: Folder) -> None:
    from field_app.store.doctor_words import WORDS

    assert HARMS.keys() <= WORDS.keys()

"""The doctor says what is wrong with a server, and mends what can be worked out anew."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from asset_model.commands import gather
from asset_model.database import open_database
from asset_model.findings import Finding, sentence
from asset_model.sync.wire import Pull
from asset_model.tables import SCHEMA
from sync_server import doctor, high_water
from sync_server.doctor_words import WORDS
from sync_server.photo_depot import open_depot
from tests.rescue.folders import overwrite, root_of
from tests.sync import rig, town
from tests.sync.town import START

Harm = Callable[[rig.Server, Path], None]


def _found(
    server: rig.Server, folder: Path, *, mend: bool = False, days: float = 0
) -> list[Finding]:
    now = START + timedelta(days=days)
    depot = open_depot("", folder)
    return list(doctor.examine(server.database, folder, now=now, depot=depot, mend=mend))


def _codes(server: rig.Server, folder: Path, *, days: float = 0) -> set[str]:
    return {finding.code for finding in _found(server, folder, days=days)}


def _sql(statement: str) -> Harm:
    def harm(server: rig.Server, folder: Path) -> None:
        with server.database.writing() as session:
            session.execute(text(statement))

    return harm


def _parked(server: rig.Server, folder: Path) -> None:
    server.push(rig.group(rig.comment(rig.an_id())))


def _refused(server: rig.Server, folder: Path) -> None:
    server.push(rig.group(rig.edit("work_order", town.order_id(1), {"title": "x"}, title="y")))


def _behind(server: rig.Server, folder: Path) -> None:
    high_water.note(server.database, folder)
    _sql("UPDATE server_state SET position = position - 1")(server, folder)


def _unfinished(server: rig.Server, folder: Path) -> None:
    (folder / "town.zip.part").touch()
    long_ago = (START - timedelta(days=3)).timestamp()
    os.utime(folder / "town.zip.part", (long_ago, long_ago))


def _claims_to_be_ahead(server: rig.Server, folder: Path) -> None:
    terms = server.pull(Pull(schema=SCHEMA, epoch=None, scope=None, positions={}))
    held = dict.fromkeys(terms.buckets, 10_000)
    server.pull(Pull(schema=SCHEMA, epoch=terms.epoch, scope=terms.scope, positions=held))


HARMS: dict[str, Harm] = {
    "parked": _parked,
    "refused": _refused,
    "behind_mark": _behind,
    "stale_file": _unfinished,
    "schema_differs": _sql("UPDATE alembic_version SET version_num = 'server_0001'"
                           " WHERE version_num LIKE 'server%'"),
    "contested": _sql(
        "INSERT INTO contested_value (id, version, buckets, \"table\", row_id, \"column\","
        " change_id, contested_at) VALUES ('c1', 0, '', 'work_order', 'w', 'title', 'x',"
        " '2026-11-20T08:00:00.000Z')"
    ),
    "row_differs": _sql("UPDATE work_order SET title = 'Autre' WHERE title = 'Nid-de-poule 1'"),
    "row_missing": _sql("DELETE FROM district WHERE code = 'N'"),
    "beyond_head": _sql("UPDATE server_state SET position = 0"),
    "hash_wrong": _sql("UPDATE row_image SET hash = 7 WHERE table_name = 'district'"),
    "digest_wrong": _sql("UPDATE bucket_digest SET sum = sum + 1 WHERE bucket = 'town'"),
    "device_report": _sql(
        "INSERT INTO device_report (id, device_id, kind, details, reported_at)"
        " SELECT 1, id, 'differs', '{}', '2026-11-23T08:00:00.000Z' FROM device WHERE code = 'T1'"
    ),
    "device_ahead": _claims_to_be_ahead,
    "device_clock": _sql("UPDATE journal SET clock_error_s = 900, device_id ="
                         " (SELECT id FROM device WHERE code = 'T1')"),
    "photos_lost": _sql(
        "INSERT INTO stored_photo (sha256, size, media_type, stored_at)"
        " VALUES ('ab', 1, 'image/jpeg', '2026-11-23T08:00:00.000Z')"
    ),
}  # fmt: skip


def test_a_server_at_work_is_healthy(served: rig.Server, tmp_path: Path) -> None:
    served.push(rig.group(rig.comment(town.order_id(1))))

    assert _found(served, tmp_path) == []


@pytest.mark.parametrize("code", HARMS)
def test_each_harm_is_found(served: rig.Server, tmp_path: Path, code: str) -> None:
    HARMS[code](served, tmp_path)

    assert code in _codes(served, tmp_path)


@pytest.mark.parametrize("code", ["stale_file", "hash_wrong", "digest_wrong"])
def test_what_can_be_mended_is_mended(served: rig.Server, tmp_path: Path, code: str) -> None:
    HARMS[code](served, tmp_path)

    mended = [finding for finding in _found(served, tmp_path, mend=True) if finding.mended]

    assert code in {finding.code for finding in mended}
    assert _found(served, tmp_path) == []


def test_nothing_is_mended_unasked(served: rig.Server, tmp_path: Path) -> None:
    HARMS["digest_wrong"](served, tmp_path)

    _found(served, tmp_path)

    assert "digest_wrong" in _codes(served, tmp_path)


def test_a_device_that_was_never_here_is_named(served: rig.Server, tmp_path: Path) -> None:
    found = _found(served, tmp_path, days=8)

    assert {f.details["device"] for f in found if f.code == "device_never"} == {"T1", "T2", "B1"}


def test_a_device_that_has_not_synchronized_for_long_is_named_with_its_last_day(
    served: rig.Server, tmp_path: Path
) -> None:
    tablet = rig.a_tablet(served, tmp_path)

    found = _found(served, tmp_path, days=8)

    silent = [f.details for f in found if f.code == "device_silent"]
    assert silent == [{"device": "T1", "day": "2026-11-23"}]
    tablet.database.close()


def test_a_damaged_database_is_said_to_be_so(sqlite_url: str, tmp_path: Path) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    server = rig.Server(open_database(sqlite_url))
    rig.fill_sqlite(server.database)
    server.database.close()
    overwrite(file, root_of(file, "work_order"), b"\xff" * 64)

    assert {f.code for f in _found(server, tmp_path)} == {"damage"}
    server.database.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_finding_has_its_words_in_both_languages(language: str) -> None:
    for code in HARMS:
        told = sentence(Finding(code), WORDS, language)
        assert told != code
        assert "{" not in told


def test_the_command_ends_with_0_when_all_is_well_and_1_when_not(
    served: rig.Server, tmp_path: Path, database_url: str
) -> None:
    app = gather(entry_points(group="voirie.commands"))
    asked = ["doctor", "--database", database_url, "--data", str(tmp_path), "--lang", "fr"]

    well = CliRunner().invoke(app, asked)
    HARMS["digest_wrong"](served, tmp_path)
    ill = CliRunner().invoke(app, [*asked, "--json"])

    assert (well.exit_code, well.output) == (0, "Tout va bien.\n")
    assert ill.exit_code == 1
    assert [told["code"] for told in json.loads(ill.output)] == ["digest_wrong"]


def test_the_command_ends_with_2_where_there_is_no_database(tmp_path: Path) -> None:
    app = gather(entry_points(group="voirie.commands"))

    done = CliRunner().invoke(app, ["doctor", "--data", str(tmp_path)])

    assert done.exit_code == 2

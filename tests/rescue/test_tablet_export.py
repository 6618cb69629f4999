"""A tablet's unsent work comes out of its folder in one file, whatever the folder's state."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from field_app.store.export import Exported, checksum, export, write
from tests.rescue.contents import known
from tests.rescue.folders import (
    LONG,
    Folder,
    overwrite,
    page_bytes,
    page_of,
    root_of,
    texts_of,
)
from tests.sync import rig

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = [f"Constat {number}." for number in range(60)]


@pytest.fixture
def folder(server: rig.Server, tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path / "tablet", server, known(server.database, "T1"))
    yield made
    made.database.close()


def _exported(path: Path) -> Exported:
    return export(path, now=NOW)


def _codes(exported: Exported) -> set[str]:
    return {finding.code for finding in exported.findings if finding.grave}


def _hashes(path: Path) -> dict[str, str]:
    """Every file's content; the locks that readers share lie in the -shm."""
    return {
        file.name: ""
        if file.name.endswith("-shm")
        else hashlib.sha256(file.read_bytes()).hexdigest()
        for file in path.iterdir()
    }


def test_everything_pending_is_in_the_file(folder: Folder) -> None:
    folder.say(*WORDS, LONG.strip())

    exported = _exported(folder.stopped())

    assert texts_of(exported.content) == [*WORDS, LONG.strip()]
    assert exported.complete


def test_refused_and_parked_work_is_in_the_file_with_its_reason(
    server: rig.Server, folder: Folder
) -> None:
    folder.tablet.do(rig.rename, "Un titre")
    folder.tablet.sync()

    (group,) = _exported(folder.stopped()).content["groups"]

    assert [change["state"] for change in group["changes"]] == ["refused"]
    assert group["changes"][0]["code"] == "role_not_allowed"


def test_what_the_server_has_is_in_the_file_only_when_asked_for(folder: Folder) -> None:
    folder.say("Envoyé.")
    folder.tablet.sync()
    folder.say("Pas envoyé.")
    path = folder.stopped()

    assert texts_of(_exported(path).content) == ["Pas envoyé."]
    assert texts_of(export(path, now=NOW, journal=True).content) == ["Envoyé.", "Pas envoyé."]


def test_the_file_tells_the_changes_as_they_were_made(folder: Folder) -> None:
    folder.say("Fait.")
    (made,) = folder.changes()

    (group,) = _exported(folder.stopped()).content["groups"]

    (change,) = group["changes"]
    assert (group["id"], group["person"]) == (made.group_id, made.person_id)
    assert (change["id"], change["row"]) == (made.id, made.row)
    assert change["after"] == made.after


def test_the_file_names_the_device_and_holds_no_token(folder: Folder, tmp_path: Path) -> None:
    write(_exported(folder.stopped()).content, tmp_path / "rescue.json")

    text = (tmp_path / "rescue.json").read_text()
    assert json.loads(text)["content"]["device"]["device_code"] == "T1"
    assert "a secret token" not in text


def test_the_file_carries_the_checksum_of_its_content(folder: Folder, tmp_path: Path) -> None:
    folder.say("Égout bouché.")
    write(_exported(folder.stopped()).content, tmp_path / "rescue.json")

    told = json.loads((tmp_path / "rescue.json").read_text())
    assert told["sha256"] == checksum(told["content"])


def test_nothing_is_written_over(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "rescue.json").write_text("yesterday's")

    with pytest.raises(FileExistsError):
        write(_exported(folder.stopped()).content, tmp_path / "rescue.json")


def test_a_tablet_may_go_on_working_while_its_work_is_exported(folder: Folder) -> None:
    folder.say("Avant.")

    exported = _exported(folder.path)
    folder.say("Après.")

    assert texts_of(exported.content) == ["Avant."]
    assert len(folder.changes()) == 2


def test_work_that_is_only_in_the_log_is_found(folder: Folder, tmp_path: Path) -> None:
    folder.say(*WORDS)
    path = folder.power_cut(tmp_path / "cut")

    assert texts_of(_exported(path).content) == WORDS


@pytest.mark.parametrize("shared_memory", [True, False])
def test_the_folder_is_left_exactly_as_it_was(
    folder: Folder, tmp_path: Path, shared_memory: bool
) -> None:
    folder.say(*WORDS)
    path = folder.power_cut(tmp_path / "cut", shared_memory=shared_memory)
    before = _hashes(path)

    _exported(path)

    assert _hashes(path) == before


def test_without_its_log_a_database_gives_what_it_had_before(
    folder: Folder, tmp_path: Path
) -> None:
    folder.say("Dans le fichier.")
    folder.database.close()
    folder.say("Dans le journal.")
    path = folder.power_cut(tmp_path / "cut")
    (path / "tablet.sqlite-wal").unlink()

    exported = _exported(path)

    assert texts_of(exported.content) == ["Dans le fichier."]
    assert "no_log" in {finding.code for finding in exported.findings}


def test_a_folder_without_a_database_is_no_tablets(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        _exported(tmp_path)


def test_when_the_first_page_is_destroyed_all_is_still_found(folder: Folder) -> None:
    folder.say(*WORDS, LONG.strip())
    path = folder.stopped()
    overwrite(folder.file, 0, b"\xff" * 16)

    exported = _exported(path)

    assert texts_of(exported.content) == [*WORDS, LONG.strip()]
    assert not exported.complete


def test_when_the_tables_root_is_destroyed_its_rows_are_still_found(folder: Folder) -> None:
    folder.say(*WORDS)
    path = folder.stopped()
    overwrite(folder.file, root_of(folder.file, "local_change"), b"\x00" * page_bytes(folder.file))

    exported = _exported(path)

    assert texts_of(exported.content) == WORDS
    assert "found_in_pages" in {finding.code for finding in exported.findings}


def test_a_destroyed_page_costs_its_own_rows_and_names_them(folder: Folder) -> None:
    folder.say(*WORDS)
    lost = _lost_with_a_page(folder)

    exported = _exported(folder.path)

    texts = texts_of(exported.content)
    assert texts == [word for word in WORDS if word not in lost]
    assert 0 < len(lost) < len(WORDS)
    (missing,) = [f for f in exported.findings if f.code == "changes_missing"]
    first, last = WORDS.index(lost[0]) + 1, WORDS.index(lost[-1]) + 1
    assert missing.details["places"] == f"{first}–{last}"


def test_work_beside_what_is_missing_is_marked_as_perhaps_not_whole(folder: Folder) -> None:
    folder.say(*WORDS)
    lost = _lost_with_a_page(folder)

    groups = _exported(folder.path).content["groups"]

    doubtful = [group["changes"][0]["after"]["text"] for group in groups if not group["whole"]]
    first, last = WORDS.index(lost[0]), WORDS.index(lost[-1])
    assert doubtful == [WORDS[first - 1], WORDS[last + 1]]


RECORD_BYTES = 1_024
"""More than a change of these tests takes."""


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_a_file_cut_short_gives_what_is_left_of_it(folder: Folder, share: float) -> None:
    folder.say(*WORDS)
    path = folder.stopped()
    whole = folder.file.read_bytes()
    kept = whole[: int(len(whole) * share)]
    folder.file.write_bytes(kept)

    exported = _exported(path)

    texts = texts_of(exported.content)
    # What the cut goes through has its words on this side and the rest on the other.
    there = [word for word in WORDS if f'"{word}"'.encode() in kept[:-RECORD_BYTES]]
    assert set(there) <= set(texts)
    assert not exported.complete


def test_a_damaged_log_gives_what_was_committed_before_and_after_the_damage(
    folder: Folder, tmp_path: Path
) -> None:
    folder.say(*WORDS)
    path = folder.power_cut(tmp_path / "cut")
    log = path / "tablet.sqlite-wal"
    content = log.read_bytes()
    # The first frame that tells of the tenth comment: SQLite stops reading the log there.
    overwrite(log, content.index(b'"Constat 9."'), b'"Constat #."')

    texts = texts_of(_exported(path).content)

    assert texts == WORDS


def test_a_row_whose_words_are_garbled_is_named_and_left_out(folder: Folder) -> None:
    folder.say(*WORDS)
    path = folder.stopped()
    page = page_of(folder.file, lambda page: page[0] == 13 and b'"Constat 7."' in page)
    at = folder.file.read_bytes().index(b'"Constat 7."', page)
    overwrite(folder.file, at, b"\xff" * 12)

    exported = _exported(path)

    assert "Constat 7." not in texts_of(exported.content)
    assert len(texts_of(exported.content)) == len(WORDS) - 1
    assert "change_garbled" in _codes(exported)


def _lost_with_a_page(folder: Folder) -> list[str]:
    """Destroy a page of the outbox from its middle; the words that were on it."""
    folder.stopped()
    content, size = folder.file.read_bytes(), page_bytes(folder.file)
    start = page_of(folder.file, lambda page: page[0] == 13 and b'"Constat 30."' in page)
    lost = [word for word in WORDS if f'"{word}"'.encode() in content[start : start + size]]
    overwrite(folder.file, start, b"\x00" * size)
    return lost

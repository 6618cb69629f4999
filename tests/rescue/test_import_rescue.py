"""What a tablet saved to a file comes in on the server: the same changes, the same rights, once."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from asset_model.commands import gather
from asset_model.sync.wire import Change
from field_app.store import export as exporting
from sync_server.rescue import BadRescue, Brought, NoDevice, bring_in, checksum, read_rescue
from sync_server.tables import Device
from tests.rescue.contents import known, words
from tests.rescue.folders import Folder
from tests.sync import rig, town

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(served: rig.Server, tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path / "tablet", served, known(served.database, "T1"))
    yield made
    made.database.close()


def _saved(folder: Folder, file: Path) -> Path:
    exporting.write(exporting.export(folder.path, now=NOW).content, file)
    return file


def _brought(server: rig.Server, file: Path, as_device: str | None = None) -> list[Brought]:
    return list(bring_in(server.database, read_rescue(file), as_device=as_device, now=NOW))


def test_what_a_tablet_could_not_send_comes_in(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.say("Regard bouché.", "Pompé.")

    brought = _brought(served, _saved(folder, tmp_path / "rescue.json"))

    assert [each.landed for each in brought] == [True, True]
    assert words(served.database) == ["Pompé.", "Regard bouché."]


def test_bringing_a_file_in_twice_makes_nothing_twice(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.say("Regard bouché.")
    file = _saved(folder, tmp_path / "rescue.json")

    first, again = _brought(served, file), _brought(served, file)

    assert [each.before for each in (*first, *again)] == [False, True]
    assert words(served.database) == ["Regard bouché."]


def test_a_tablet_that_lives_again_sends_nothing_twice(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.say("Regard bouché.")
    _brought(served, _saved(folder, tmp_path / "rescue.json"))

    folder.tablet.sync()

    assert words(served.database) == ["Regard bouché."]
    assert set(folder.tablet.states()) == {"settled"}


def test_the_journal_says_which_device_the_changes_are_of(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.say("Regard bouché.")
    (made,) = folder.changes()

    _brought(served, _saved(folder, tmp_path / "rescue.json"))

    entry = served.journal(Change(id=made.id, table="", row="", op="insert"))
    assert entry is not None
    assert entry.device_id == served.devices["T1"].id
    assert entry.made_at == made.made_at


def test_the_rights_are_those_of_the_device_and_the_person(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.tablet.do(rig.rename, "Un autre titre")

    (brought,) = _brought(served, _saved(folder, tmp_path / "rescue.json"))

    assert [outcome.code for outcome in brought.outcomes] == ["role_not_allowed"]
    row = served.row("work_order", town.order_id(1))
    assert row is not None
    assert row["title"] == "Nid-de-poule 1"


def test_another_crews_device_does_not_bring_the_work_in(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.say("Regard bouché.")

    (brought,) = _brought(served, _saved(folder, tmp_path / "rescue.json"), as_device="T2")

    assert not brought.landed
    assert words(served.database) == []


def test_a_device_unknown_here_must_be_named(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.say("Regard bouché.")
    (folder.path / "device.json").unlink()
    file = _saved(folder, tmp_path / "rescue.json")

    with pytest.raises(NoDevice, match="--as-device"):
        _brought(served, file)
    assert [each.landed for each in _brought(served, file, as_device="T1")] == [True]


def test_a_revoked_device_brings_nothing_in(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.say("Regard bouché.")
    with served.database.writing() as session:
        session.get_one(Device, served.devices["T1"].id).revoked_at = NOW

    with pytest.raises(NoDevice, match="revoked"):
        _brought(served, _saved(folder, tmp_path / "rescue.json"))


def test_a_file_that_was_changed_is_refused(folder: Folder, tmp_path: Path) -> None:
    folder.say("Regard bouché.")
    file = _saved(folder, tmp_path / "rescue.json")
    file.write_text(file.read_text().replace("Regard", "Puisard"))

    with pytest.raises(BadRescue, match="checksum"):
        read_rescue(file)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"content": {}, "sha256": "x"}'])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "other.json").write_text(content)

    with pytest.raises(BadRescue):
        read_rescue(tmp_path / "other.json")


def test_both_sides_reckon_the_checksum_alike() -> None:
    content = {"b": [1.5, None, "é\u00a0"], "a": {"z": True, "y": "🚧"}}

    assert checksum(content) == exporting.checksum(content)


def test_an_act_that_may_lack_a_part_is_left_to_a_person(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.say("Entier.", "Douteux.")
    content = exporting.export(folder.path, now=NOW).content
    groups = [{**group, "whole": place == 0} for place, group in enumerate(content["groups"])]
    exporting.write({**content, "groups": groups}, tmp_path / "rescue.json")
    rescued = read_rescue(tmp_path / "rescue.json")

    list(bring_in(served.database, rescued, as_device=None, now=NOW))
    assert words(served.database) == ["Entier."]
    list(bring_in(served.database, rescued, as_device=None, now=NOW, incomplete=True))

    assert words(served.database) == ["Douteux.", "Entier."]


def test_a_group_that_makes_no_sense_lets_the_others_in(
    served: rig.Server, folder: Folder, tmp_path: Path
) -> None:
    folder.say("Entier.")
    content = exporting.export(folder.path, now=NOW).content
    senseless = {"id": "x", "person": "y", "made_at": "z", "whole": True, "changes": []}
    exporting.write({**content, "groups": [senseless, *content["groups"]]}, tmp_path / "r.json")

    rescued = read_rescue(tmp_path / "r.json")

    assert len(rescued.garbled) == 1
    assert [each.landed for each in _brought(served, tmp_path / "r.json")] == [True]


def test_the_command_says_in_plain_words_what_became_of_each_act(
    served: rig.Server, folder: Folder, tmp_path: Path, database_url: str
) -> None:
    folder.say("Regard bouché.")
    folder.tablet.do(rig.rename, "Un autre titre")
    file = _saved(folder, tmp_path / "rescue.json")

    asked = ["import-rescue", str(file), "--database", database_url, "--lang", "fr"]
    done = CliRunner().invoke(_app(), asked)

    assert done.exit_code == 1
    assert "Luc Tremblay, commentaire → repris." in done.output
    assert "bon de travail → refusé, et gardé au journal." in done.output
    assert "Actes repris\u00a0: 1\u00a0; déjà ici\u00a0: 0\u00a0; à régler\u00a0: 1." in done.output


def test_the_command_ends_well_when_all_of_it_is_on_the_server(
    served: rig.Server, folder: Folder, tmp_path: Path, database_url: str
) -> None:
    folder.say("Regard bouché.")
    file = _saved(folder, tmp_path / "rescue.json")
    asked = ["import-rescue", str(file), "--database", database_url, "--lang", "en"]

    codes = [CliRunner().invoke(_app(), asked).exit_code for _ in range(2)]

    assert codes == [0, 0]


def _app() -> Typer:
    return gather(entry_points(group="voirie.commands"))


def test_nothing_of_the_file_is_believed_before_its_checksum(tmp_path: Path) -> None:
    signed = {"sha256": checksum({"format": "other"}), "content": {"format": "other"}}
    (tmp_path / "other.json").write_text(json.dumps(signed))

    with pytest.raises(BadRescue, match="another version"):
        read_rescue(tmp_path / "other.json")

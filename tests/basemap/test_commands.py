"""`voirie tiles build`, and a server that keeps the base map up to date by itself."""

import json
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.database import open_database
from sync_server.basemap.packs import Packs
from sync_server.cli import register
from sync_server.cli.tiles_beside import MapMaker
from sync_server.settings import ServerSettings
from tests.basemap import ground
from tests.basemap.ground import edit, packs_in, point


def run(*arguments: object) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a server with the streets of these tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOIRIE_DATA", str(tmp_path))
    monkeypatch.delenv("VOIRIE_DATABASE", raising=False)
    database = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}")
    ground.settle(database)
    database.close()
    return tmp_path


def test_a_build_says_what_it_drew_and_again_that_all_is_as_it_was(data: Path) -> None:
    first = run("tiles", "build", "--json")
    told = json.loads(first.stdout)
    again = run("tiles", "build")

    assert first.exit_code == again.exit_code == 0
    assert told["tiles_drawn"] == told["blocks_drawn"] * 32
    assert told["packs"] == ["Nord (day)", "Nord (night)", "Sud (day)", "Sud (night)"]
    assert "0 tiles drawn" in again.stdout
    assert "0 packs made, 4 as they were" in again.stdout
    assert len(packs_in(data / "basemap")) == 4


def test_a_district_that_is_not_there_is_refused_by_name(data: Path) -> None:
    refused = run("tiles", "build", "--district", "X", "--lang", "fr")

    assert refused.exit_code == 2
    assert "Il n’y a pas de secteur «\u00a0X\u00a0»" in refused.stderr


def test_where_nothing_that_draws_is_installed_the_extra_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("gis.basemap", "aggdraw"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "sync_server.basemap.building")
    monkeypatch.setitem(sys.modules, "aggdraw", None)
    refused = run("tiles", "build")

    assert refused.exit_code == 2
    assert "voirie[tiles]" in refused.stderr


class Counting(MapMaker):
    """A map maker whose processes are counted."""

    started = 0

    def _draw(self) -> None:
        self.started += 1
        super()._draw()


def test_a_server_draws_when_an_asset_was_told_of_and_not_else(data: Path) -> None:
    settings = ServerSettings(data=data)
    database = open_database(settings.url)
    maker = Counting(settings, database)
    maker.draw_if_due()
    first = {file.name for file in packs_in(data / "basemap")}
    maker.draw_if_due()
    quiet = maker.started
    edit(database, "D", {"geometry": point(1, 0.05)}, {"geometry": point(3, 0.05)})
    maker.draw_if_due()
    database.close()

    assert len(first) == 4
    assert (quiet, maker.started) == (1, 2)
    assert {file.name for file in packs_in(data / "basemap")} != first


def test_servers_of_one_folder_take_turns_and_those_of_two_do_not(tmp_path: Path) -> None:
    names = iter("abc")
    one, same, other = Packs(tmp_path / "1"), Packs(tmp_path / "1"), Packs(tmp_path / "2")
    ids = [packs.id(lambda: next(names)) for packs in (one, same, other)]

    assert ids[0] == ids[1] != ids[2]

"""The doors of the base map, over real HTTP on either database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from asset_model.database import Database
from field_app.store.base_map import BaseMap
from field_app.sync.first_copy import Gone
from field_app.sync.pack_link import DOOR, PackLink
from field_app.sync.transport import LinkDown, NotEnrolled
from sync_server.app import create_app
from sync_server.basemap.packs import Packs, key_of
from tests.basemap.ground import drawn
from tests.server.listening import Caller, listening, refusal
from tests.sync import rig, town
from tests.sync.town import NORD, SUD, Clock


@dataclass
class Doors:
    address: str
    folder: Path
    token: str
    caller: Caller


@pytest.fixture
def doors(mapped: Database, folder: Path) -> Iterator[Doors]:
    drawn(mapped, folder)
    app = create_app(mapped, clock=Clock(), new_id=rig.an_id, packs=Packs(folder))
    _, token = town.add_tablet(mapped, "T1", town.NORTH)
    with listening(app) as address:
        caller = Caller(address, token)
        yield Doors(address, folder, token, caller)
        caller.close()


def test_a_pack_comes_in_ranges_that_make_the_whole(doors: Doors) -> None:
    link = PackLink(doors.address, doors.token)
    listed = link.packs({})
    assert listed is not None
    offer = listed.packs[0]
    half = offer.bytes // 2
    came = link.piece(offer, 0, half) + link.piece(offer, half, offer.bytes)

    assert came == (doors.folder / offer.name).read_bytes()
    assert {pack.title for pack in listed.packs} == {"Nord"}


def test_packs_of_another_district_are_not_given(doors: Doors) -> None:
    (file,) = doors.folder.glob(f"{key_of(f'district:{SUD}', 'day')}.*.mbtiles")
    answer = doors.caller.ask("GET", f"{DOOR}/{file.name}")

    assert refusal(answer) == (403, "pack_out_of_scope")


def test_nothing_else_of_the_folder_is_given(doors: Doors) -> None:
    key = key_of(f"district:{NORD}", "day")
    for name in (f"{key}.json", f"{key}.nothing.mbtiles", f"{key}.%2e%2e%2fdrawings.sqlite"):
        assert refusal(doors.caller.ask("GET", f"{DOOR}/{name}"))[0] in (403, 404)
    assert refusal(doors.caller.ask("GET", f"{DOOR}/drawings.sqlite"))[0] == 403


def test_a_stranger_is_told_nothing(doors: Doors) -> None:
    stranger = PackLink(doors.address, "not a token")

    with pytest.raises(NotEnrolled):
        stranger.packs({})


def test_a_file_that_is_gone_is_told_apart_from_a_link_that_is_down(doors: Doors) -> None:
    link = PackLink(doors.address, doors.token)
    listed = link.packs({})
    assert listed is not None
    (doors.folder / listed.packs[0].name).unlink()

    with pytest.raises(Gone):
        link.piece(listed.packs[0], 0, 100)
    with pytest.raises(LinkDown):
        PackLink("http://127.0.0.1:9", doors.token).packs({})


def test_a_server_that_draws_no_map_has_no_such_door(mapped: Database) -> None:
    app = create_app(mapped, clock=Clock(), new_id=rig.an_id)
    _, token = town.add_tablet(mapped, "T1", town.NORTH)
    with listening(app) as address:
        assert PackLink(address, token).packs({}) is None


def test_what_a_tablet_holds_is_told_as_it_is(doors: Doors, tmp_path: Path) -> None:
    link = PackLink(doors.address, doors.token)
    listed = link.packs({})
    assert listed is not None
    held = {pack.key: pack.contents for pack in listed.packs}
    again = link.packs(held)

    assert again == listed
    assert BaseMap(tmp_path / "none").packs == {}

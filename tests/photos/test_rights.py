"""Who may hand in a file, and who may see it."""

from typing import Any

import pytest

from asset_model.photos import Photo
from sync_server.tables import Device
from tests.photos.rig import House, Tablet, png
from tests.photos.test_tus import Hand
from tests.photos.wire import Answer, call
from tests.sync import rig, town


@pytest.fixture
def photo(tablet: Tablet) -> Photo:
    """Of an order of the north crew, whose tablet is T1; T2 is the south's, B1 the office's."""
    taken = tablet.take(png())
    tablet.sync()
    return taken


def get(house: House, sha256: str, code: str = "T1", **more: str) -> Answer:
    return call(house.app, "GET", f"/photos/{sha256}", house.headers(code, **more))


def test_a_device_without_a_token_meets_closed_doors(house: House, photo: Photo) -> None:
    for method, path in [
        ("POST", "/photos/uploads"),
        ("HEAD", "/photos/uploads/x"),
        ("PATCH", "/photos/uploads/x"),
        ("DELETE", "/photos/uploads/x"),
        ("GET", f"/photos/{photo.sha256}"),
    ]:
        for token in ("", "Bearer wrong"):
            headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "69", "Authorization": token}

            assert call(house.app, method, path, headers).status == 401


def test_a_body_is_not_looked_at_before_its_sender_is_known(house: House, photo: Photo) -> None:
    hand = Hand(house, photo.sha256)
    hand.begin()
    stranger = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }

    assert call(house.app, "PATCH", hand.path, stranger, png()).status == 401
    assert hand.head().headers["upload-offset"] == "0"


@pytest.mark.parametrize("code", ["T1", "B1"])
def test_a_device_that_holds_the_row_may_send_and_see(
    house: House, photo: Photo, code: str
) -> None:
    hand = Hand(house, photo.sha256, code)
    hand.begin()

    assert hand.patch(0, png()).status == 204
    assert get(house, photo.sha256, code).status == 200


def test_a_device_of_another_crew_may_neither_send_nor_see(house: House, photo: Photo) -> None:
    first = Hand(house, photo.sha256)
    first.begin()
    first.patch(0, png())

    assert Hand(house, photo.sha256, "T2").begin().status == 404
    assert get(house, photo.sha256, "T2").status == 404


def test_an_upload_belongs_to_the_device_that_began_it(house: House, photo: Photo) -> None:
    mine = Hand(house, photo.sha256, "T1")
    mine.begin()
    theirs = Hand(house, photo.sha256, "B1", mine.path)

    assert theirs.head().status == 404
    assert theirs.patch(0, png()).status == 404
    assert theirs.ask("DELETE", mine.path).status == 404


def test_two_devices_that_send_the_same_picture_do_not_mix_it_up(
    house: House, photo: Photo
) -> None:
    one, other = Hand(house, photo.sha256, "T1"), Hand(house, photo.sha256, "B1")
    one.begin()
    other.begin()
    one.patch(0, png()[:40])
    wrong = other.patch(0, png(5))
    right = one.patch(40, png()[40:])

    assert (wrong.status, right.status) == (460, 204)
    assert house.content(photo.sha256) == png()


def test_a_picture_whose_order_left_meanwhile_is_still_taken_from_whoever_took_it(
    house: House, tablet: Tablet, photo: Photo
) -> None:
    order = house.rows.row("work_order", town.order_id(1))
    assert order is not None
    before = {name: order[name] for name in ("crew_id", "district_id")}
    house.rows.write(
        rig.edit("work_order", town.order_id(1), before, crew_id=town.SOUTH, district_id=town.SUD)
    )
    tablet.sync()
    tablet.send()

    assert tablet.photos() == []
    assert house.stored() == {photo.sha256, photo.thumbnail_sha256}
    assert get(house, photo.sha256, "T1").status == 404
    assert get(house, photo.sha256, "T2").status == 200


def test_a_hash_that_no_row_names_is_unknown_though_the_file_were_there(house: House) -> None:
    file = house.depot.parts / "stray"
    file.write_bytes(png(9))
    name = "ab" * 32
    house.depot.store.put(name, file)

    assert get(house, name).status == 404
    assert Hand(house, name).begin().status == 404


@pytest.mark.parametrize(
    "name", ["..", "%2e%2e%2fserver.sqlite", "../server.sqlite", "A" * 64, "a" * 63, "uploads"]
)
def test_no_name_leads_out_of_the_folder(house: House, name: str) -> None:
    assert get(house, name).status == 404
    assert Hand(house, name).begin().status == 400


def test_a_device_that_is_revoked_sends_and_sees_no_more(house: House, photo: Photo) -> None:
    hand = Hand(house, photo.sha256)
    hand.begin()
    with house.rows.database.writing() as session:
        session.get_one(Device, house.rows.devices["T1"].id).revoked_at = house.rows.clock()

    assert hand.patch(0, png()).status == 401
    assert get(house, photo.sha256).status == 401


def test_a_row_may_not_name_what_no_file_can_be(house: House) -> None:
    sound: dict[str, Any] = {
        "work_order_id": town.order_id(1),
        "person_id": town.LUC,
        "sha256": "ab" * 32,
        "byte_size": 5,
        "media_type": "image/png",
        "width": 1,
        "height": 1,
        "thumbnail_sha256": "cd" * 32,
        "thumbnail_size": 5,
        "taken_at": "2026-11-23T08:00:00.000Z",
    }
    wrong: list[dict[str, Any]] = [
        {"sha256": "../../etc"},
        {"thumbnail_sha256": "AB" * 32},
        {"byte_size": 41 * 1024 * 1024},
        {"thumbnail_size": 21 * 1024},
        {"media_type": "image/svg+xml"},
        {"width": 0},
        {"moment": "never"},
    ]
    outcomes = [
        house.rows.push(rig.group(rig.insert("photo", None, **(sound | one))))[0] for one in wrong
    ]
    fine = house.rows.push(rig.group(rig.insert("photo", None, **sound)))[0]

    assert {outcome.code for outcome in outcomes} == {"bad_value"}
    assert fine.result == "applied"

"""Photos that others took: their thumbnails come when someone looks."""

import hashlib
from collections.abc import Iterator

import pytest

from asset_model.photos import Photo
from field_app.store import photos as queue
from field_app.store.local import FileState
from sync_server.tables import StoredPhoto
from tests.photos.rig import House, Tablet, encoded, noise
from tests.sync import rig, town

PICTURE = encoded(noise(120, 90), "JPEG", quality=90)


@pytest.fixture
def other(house: House, tablet: Tablet) -> Iterator[Tablet]:
    """The office's replica, before a photo has been taken."""
    made = Tablet(house, tablet.folder.with_name("office"), code="B1")
    made.sync()
    yield made
    made.stop()


@pytest.fixture
def photo(tablet: Tablet, other: Tablet) -> Photo:
    """Taken on the tablet, and through; the office's replica has the row."""
    taken = tablet.take(PICTURE)
    tablet.sync()
    tablet.send()
    other.sync()
    return taken


def test_nothing_is_fetched_that_nobody_wants(other: Tablet, photo: Photo) -> None:
    other.send()

    assert [row.id for row in other.photos()] == [photo.id]
    assert other.wire.asked == []


def test_a_thumbnail_comes_when_it_is_wanted_and_once(other: Tablet, photo: Photo) -> None:
    other.want(photo)
    other.want(photo)
    other.send()
    other.send()

    assert other.disk.is_sound(photo.thumbnail_sha256)
    assert other.wire.asked == ["GET"]
    assert not other.disk.holds(photo.sha256, photo.byte_size)


def test_an_original_comes_in_pieces_and_goes_on_after_a_cut(other: Tablet, photo: Photo) -> None:
    other.want(photo, thumbnail=False)
    other.files.pieces.bytes = 4096
    other.files.send_next()
    other.wire.answers_left = 0
    other.send()
    other.wire.heal()
    other.stop()
    other.start()
    other.send()
    ranges = [request.headers["Range"] for request in other.wire.seen]

    assert other.disk.path(photo.sha256).read_bytes() == PICTURE
    assert ranges[0].startswith("bytes=0-")
    assert ranges[1] == ranges[2].replace(ranges[2].partition("-")[2], ranges[1].partition("-")[2])
    assert ranges[2].startswith("bytes=4096-")


def test_what_comes_garbled_is_never_shown_and_fetched_again(
    house: House, other: Tablet, photo: Photo
) -> None:
    other.want(photo)
    part = other.disk.arriving(photo.thumbnail_sha256)
    part.parent.mkdir(parents=True)
    part.write_bytes(b"?" * 10)
    other.send()
    shown = other.disk.path(photo.thumbnail_sha256).exists()
    other.clock.forward(minutes=1)
    other.send()

    assert not shown
    assert other.disk.is_sound(photo.thumbnail_sha256)


def test_what_has_not_arrived_at_the_server_is_asked_for_later(
    house: House, tablet: Tablet, other: Tablet
) -> None:
    taken = tablet.take(PICTURE)
    tablet.sync()
    other.sync()
    other.want(taken)
    other.send()
    tablet.send()
    other.clock.forward(minutes=1)
    other.send()

    assert other.disk.is_sound(taken.thumbnail_sha256)


def test_a_bomb_in_a_thumbnails_clothes_is_not_shown(house: House, other: Tablet) -> None:
    wide = encoded(noise(9, 9).resize((5000, 5000)), "JPEG", quality=1)[: 20 * 1024]
    row = rig.insert(
        "photo",
        None,
        work_order_id=town.order_id(1),
        person_id=town.LUC,
        sha256="ab" * 32,
        byte_size=5,
        media_type="image/png",
        width=1,
        height=1,
        thumbnail_sha256=house_keeps(house, wide),
        thumbnail_size=len(wide),
        taken_at="2026-11-23T08:00:00.000Z",
    )
    house.rows.push(rig.group(row))
    other.sync()
    (photo,) = other.photos()
    other.want(photo)
    other.send()

    assert not other.disk.path(photo.thumbnail_sha256).exists()


def house_keeps(house: House, data: bytes) -> str:
    """A file in the store that no check of ours has let in."""
    sha256 = hashlib.sha256(data).hexdigest()
    draft = house.depot.parts / "draft"
    draft.write_bytes(data)
    house.depot.store.put(sha256, draft)
    told = {"size": len(data), "media_type": "image/jpeg", "stored_at": house.rows.clock()}
    with house.rows.database.writing() as session:
        session.add(StoredPhoto(sha256=sha256, **told))
    return sha256


def test_fetched_files_make_room_for_newer_ones(
    other: Tablet, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = [tablet.take(encoded(noise(40, 30, seed))) for seed in range(3)]
    tablet.sync()
    tablet.send()
    other.sync()
    room = sum(photo.byte_size for photo in taken[1:])
    monkeypatch.setattr(queue, "FETCHED_BYTES_MAX", room)
    for photo in taken:
        other.want(photo, thumbnail=False)
        other.files._tidied_at = None
        other.send()

    assert [other.disk.holds(p.sha256, p.byte_size) for p in taken] == [False, True, True]


def test_a_freed_original_can_be_seen_again(house: House, tablet: Tablet, photo: Photo) -> None:
    tablet.disk.drop(photo.sha256)
    with tablet.database.writing() as session:
        queue.note(session, photo.sha256, state=FileState.FREED)
    tablet.want(photo, thumbnail=False)
    tablet.send()

    assert tablet.disk.path(photo.sha256).read_bytes() == PICTURE

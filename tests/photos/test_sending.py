"""A photo's way from the tablet to the server, and what waits for what."""

import pytest

from asset_model.photos import Photo
from field_app.store.local import FileState
from field_app.sync.loop import FileMoved, SyncLoop
from field_app.sync.transport import LinkDown
from tests.photos.rig import House, Tablet, encoded, noise, png
from tests.sync import rig, town


def no_pull(asked: str) -> None:
    if asked == "pull":
        raise LinkDown("cut")


def test_both_files_arrive_as_they_were_taken(house: House, tablet: Tablet) -> None:
    data = encoded(noise(400, 300), "JPEG", quality=90)
    photo = tablet.take(data)
    tablet.sync()
    tablet.send()

    assert house.stored() == {photo.sha256, photo.thumbnail_sha256}
    assert house.content(photo.sha256) == data
    assert tablet.file(photo.sha256).state == FileState.CONFIRMED


def test_every_thumbnail_goes_before_any_original(house: House, tablet: Tablet) -> None:
    taken = [tablet.take(encoded(noise(40, 30, seed), "PNG")) for seed in range(3)]
    tablet.sync()
    moved = [step.sha256 for step in tablet.send()]
    thumbnails, originals = {p.thumbnail_sha256 for p in taken}, {p.sha256 for p in taken}

    assert set(moved[: moved.index(taken[0].sha256)]) == thumbnails
    assert set(moved[moved.index(taken[0].sha256) :]) == originals


def test_no_file_is_offered_before_the_server_has_its_row(tablet: Tablet) -> None:
    tablet.take(png())
    tablet.send()

    assert tablet.wire.asked == []


def test_files_follow_as_soon_as_the_row_is_accepted_though_not_read_back(
    house: House, tablet: Tablet
) -> None:
    photo = tablet.take(png())
    tablet.rows.before = no_pull
    with pytest.raises(LinkDown):
        tablet.sync()
    tablet.send()

    assert photo.sha256 in house.stored()


def test_a_row_that_is_refused_keeps_its_files_here_and_lets_the_others_pass(
    house: House, tablet: Tablet
) -> None:
    refused = tablet.take(encoded(noise(40, 30, 1)))
    house.rows.write(
        rig.edit("person", town.LUC, {"role": "crew_member"}, role="auditor"),
    )
    tablet.sync()
    house.rows.write(rig.edit("person", town.LUC, {"role": "auditor"}, role="crew_member"))
    tablet.sync()
    accepted = tablet.take(encoded(noise(40, 30, 2)))
    tablet.sync()
    tablet.send()

    assert house.stored() == {accepted.sha256, accepted.thumbnail_sha256}
    assert tablet.disk.holds(refused.sha256, refused.byte_size)
    assert refused.sha256 in {file.sha256 for file in tablet.unsent()}


def test_rows_go_through_while_no_file_does(house: House, tablet: Tablet) -> None:
    tablet.take(png())
    tablet.wire.body_left = 0
    tablet.sync()
    tablet.send()
    tablet.take(png(1), caption="Encore")
    tablet.sync()

    assert {row.caption for row in house.rows.rows(Photo)} == {None, "Encore"}
    assert house.stored() == set()


def test_a_file_that_the_server_will_never_take_lets_the_others_pass(
    house: House, tablet: Tablet
) -> None:
    odd = tablet.attach(b"GIF89a, which is not taken here", thumbnail=encoded(noise(4, 3), "JPEG"))
    other = tablet.take(encoded(noise(40, 30)))
    tablet.sync()
    tablet.send()

    assert house.stored() == {odd.thumbnail_sha256, other.sha256, other.thumbnail_sha256}
    assert tablet.file(odd.sha256).state == FileState.REFUSED
    assert tablet.file(odd.sha256).code == "photo_unreadable"
    assert tablet.disk.holds(odd.sha256, odd.byte_size)


def test_the_same_picture_on_two_orders_is_sent_once(house: House, tablet: Tablet) -> None:
    first, second = tablet.take(png(), order=1), tablet.take(png(), order=3)
    tablet.sync()
    tablet.send()
    sent = [request for request in tablet.wire.seen if request.method == "POST"]

    assert first.id != second.id
    assert len(sent) == 2  # The thumbnail and the picture.


def test_a_picture_that_the_server_has_from_another_tablet_is_not_sent_again(
    house: House, tablet: Tablet
) -> None:
    tablet.take(png())
    tablet.sync()
    tablet.send()
    tablet.stop()
    twin = Tablet(house, tablet.folder.with_name("twin"), code="T1")
    twin.sync()
    twin.take(png(), order=3)
    twin.sync()
    twin.send()
    twin.stop()

    assert twin.wire.asked == ["POST", "POST"]


class Broken:
    """A queue of files with a fault that nobody foresaw."""

    def send_next(self) -> FileMoved | None:
        raise RuntimeError("broken")


def test_a_queue_that_breaks_does_not_break_the_loop(tablet: Tablet) -> None:
    loop = SyncLoop(
        tablet.database,
        tablet.rows,
        clock=tablet.clock,
        random=tablet.files._random,
        files=Broken(),
    )
    pause = loop._try()

    assert loop._move_files(pause) == pause
    assert loop.state.online


def test_news_without_end_does_not_starve_the_files(house: House, tablet: Tablet) -> None:
    photo = tablet.take(png())
    loop = SyncLoop(
        tablet.database,
        tablet.rows,
        clock=tablet.clock,
        random=tablet.files._random,
        files=tablet.files,
    )
    for _ in range(20):
        loop.wake()
        loop._move_files(loop._try())

    assert house.stored() == {photo.sha256, photo.thumbnail_sha256}

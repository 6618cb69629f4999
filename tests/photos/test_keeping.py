"""How long a tablet keeps a file, and what it does when a promise of the server falls."""

from asset_model.photos import Photo
from field_app.store.local import FileState
from sync_server.feed import begin_history
from sync_server.tables import StoredPhoto
from tests.photos.rig import House, Tablet, encoded, noise, png


def a_confirmed_photo(tablet: Tablet) -> Photo:
    photo = tablet.take(encoded(noise(40, 30)))
    tablet.sync()
    tablet.send()
    return photo


def days_pass(tablet: Tablet, house: House, days: float) -> None:
    for clock in (tablet.clock, house.rows.clock):
        clock.forward(days=days)
    tablet.sync()
    tablet.send()


def test_an_original_is_freed_a_month_after_its_confirmation_and_its_thumbnail_stays(
    house: House, tablet: Tablet
) -> None:
    photo = a_confirmed_photo(tablet)
    days_pass(tablet, house, 29)
    kept = tablet.disk.holds(photo.sha256, photo.byte_size)
    days_pass(tablet, house, 2)

    assert kept
    assert not tablet.disk.holds(photo.sha256, photo.byte_size)
    assert tablet.disk.holds(photo.thumbnail_sha256, photo.thumbnail_size)
    assert tablet.file(photo.sha256).state == FileState.FREED


def test_a_clock_that_jumps_a_year_frees_nothing(house: House, tablet: Tablet) -> None:
    photo = a_confirmed_photo(tablet)
    tablet.clock.forward(days=365)
    tablet.sync()
    tablet.send()

    assert tablet.disk.holds(photo.sha256, photo.byte_size)


def test_what_is_not_confirmed_is_never_freed(house: House, tablet: Tablet) -> None:
    photo = tablet.take(png())
    tablet.wire.body_left = 0
    days_pass(tablet, house, 400)
    tablet.files._tidy(tablet.clock())

    assert tablet.disk.holds(photo.sha256, photo.byte_size)


def test_only_the_hash_of_the_whole_confirms(house: House, tablet: Tablet) -> None:
    photo = tablet.take(png())
    tablet.sync()
    tablet.wire.app = Forgetful(house.app)
    tablet.send()

    assert tablet.file(photo.sha256).state == FileState.WAITING


class Forgetful:
    """A server that answers that all bytes have come, and does not name what it has."""

    def __init__(self, app: object) -> None:
        self.app = app

    async def __call__(self, scope: object, receive: object, send: object) -> None:
        async def without_hash(message: dict[str, object]) -> None:
            headers = message.get("headers")
            if isinstance(headers, list):
                kept = [pair for pair in headers if pair[0] != b"photo-sha256"]
                message = {**message, "headers": kept}
            await send(message)  # type: ignore[operator]

        await self.app(scope, receive, without_hash)  # type: ignore[operator]


def test_a_server_restored_without_its_photos_gets_them_again(house: House, tablet: Tablet) -> None:
    photo = a_confirmed_photo(tablet)
    for file in (photo.sha256, photo.thumbnail_sha256):
        house.depot.store.path(file).unlink()  # type: ignore[attr-defined]
    with house.rows.database.writing() as session:
        begin_history(session, "a new history")
    tablet.sync()
    tablet.send_patiently()
    tablet.send()

    assert house.content(photo.sha256) == tablet.disk.path(photo.sha256).read_bytes()
    assert tablet.file(photo.sha256).epoch == "a new history"


def test_a_server_restored_with_its_photos_is_asked_and_sent_nothing(
    house: House, tablet: Tablet
) -> None:
    photo = a_confirmed_photo(tablet)
    with house.rows.database.writing() as session:
        begin_history(session, "a new history")
    tablet.wire.asked.clear()
    tablet.sync()
    tablet.send()

    assert set(tablet.wire.asked) <= {"HEAD", "POST"}
    assert tablet.file(photo.sha256).epoch == "a new history"


def test_a_file_damaged_here_is_called_lost_and_never_sent_for_what_it_is_not(
    house: House, tablet: Tablet
) -> None:
    photo = tablet.take(png())
    tablet.disk.path(photo.sha256).write_bytes(bytes(photo.byte_size))
    tablet.sync()
    tablet.send()

    assert tablet.file(photo.sha256).state == FileState.LOST
    assert house.stored() == {photo.thumbnail_sha256}


def test_a_file_garbled_on_its_way_is_sent_again(house: House, tablet: Tablet) -> None:
    photo = tablet.take(png())
    tablet.sync()
    tablet.wire.app = house.app
    while tablet.file(photo.thumbnail_sha256).state != FileState.CONFIRMED:
        tablet.files.send_next()
    tablet.files.send_next()
    (part,) = [file for file in house.depot.parts.glob("*.part") if file.stat().st_size == 0]
    part.write_bytes(b"?")
    tablet.files.send_next()
    tablet.files.pieces.bytes = 40
    tablet.send_patiently()

    assert house.content(photo.sha256) == png()


def test_an_upload_that_the_server_gave_up_begins_anew(house: House, tablet: Tablet) -> None:
    photo = tablet.take(encoded(noise(80, 60)))
    tablet.sync()
    tablet.files.pieces.bytes = 5_000
    while tablet.file(photo.sha256).moved == 0:
        tablet.files.send_next()
    for clock in (tablet.clock, house.rows.clock):
        clock.forward(days=8)
    tablet.send_patiently()

    assert photo.sha256 in house.stored()


def test_a_row_of_the_server_without_its_file_is_no_promise(house: House, tablet: Tablet) -> None:
    photo = tablet.take(png())
    tablet.sync()
    with house.rows.database.writing() as session:
        session.add(
            StoredPhoto(
                sha256=photo.sha256,
                size=photo.byte_size,
                media_type="image/png",
                stored_at=tablet.clock(),
            )
        )
    tablet.send()

    assert house.content(photo.sha256) == png()

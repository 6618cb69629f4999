"""A photo travels: chosen in a browser on the tablet, kept by the server, seen by the office."""

import hashlib
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from asset_model.photos import Photo
from sync_server.tables import StoredPhoto
from tests.browser import OpenPage
from tests.journeys.person import Person
from tests.journeys.test_work_order_travels import CREW, CREW_PIN, FOREMAN, FOREMAN_PIN, Town, town
from tests.photos.rig import encoded, noise

__all__ = ["town"]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "IMG_0042.jpg"
    file.write_bytes(encoded(noise(1600, 1200), "JPEG", quality=90))
    return file


def test_a_photo_is_taken_on_the_tablet_and_seen_at_the_office(
    town: Town, browser_page: OpenPage, picture: Path
) -> None:
    luc, foreman = Person(browser_page()), Person(browser_page())
    luc.opens(town.tablet.address)
    luc.signs_in(CREW, CREW_PIN)
    luc.presses_name(re.compile("envoyé"))
    with luc.page.expect_file_chooser() as chooser:
        luc.presses("add-photo")
    chooser.value.set_files(picture)
    luc.sees(re.compile("Reçue par le serveur"))
    with town.reading() as session:
        photo = session.scalars(select(Photo)).one()
        stored = set(session.scalars(select(StoredPhoto.sha256)))

    assert photo.sha256 == hashlib.sha256(picture.read_bytes()).hexdigest()
    assert stored == {photo.sha256, photo.thumbnail_sha256}

    foreman.opens(town.server.address.replace("health", f"office/orders/{photo.work_order_id}"))
    foreman.signs_in(FOREMAN, FOREMAN_PIN)
    foreman.presses(f"photo-{photo.id}")
    foreman.key("photo-large").wait_for(state="attached")
    fetched = list((town.folder / "office").rglob(photo.sha256))

    assert [file.read_bytes() for file in fetched] == [picture.read_bytes()]

"""The door by which a device fetches a file that a row of its own names."""

import pytest

from asset_model.photos import Photo
from tests.photos.rig import House, Tablet, png
from tests.photos.test_rights import get


@pytest.fixture
def photo(tablet: Tablet) -> Photo:
    taken = tablet.take(png())
    tablet.sync()
    tablet.send()
    return taken


def test_a_file_comes_whole_as_what_it_is_and_for_ever(house: House, photo: Photo) -> None:
    answer = get(house, photo.sha256)

    assert (answer.status, bytes(answer.body)) == (200, png())
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-length"] == "69"
    assert answer.headers["etag"] == f'"{photo.sha256}"'
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_thumbnail_is_there_under_its_own_name(house: House, photo: Photo) -> None:
    answer = get(house, photo.thumbnail_sha256)

    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")


@pytest.mark.parametrize(
    ("asked", "content", "told"),
    [
        ("bytes=0-9", png()[:10], "bytes 0-9/69"),
        ("bytes=60-", png()[60:], "bytes 60-68/69"),
        ("bytes=60-1000", png()[60:], "bytes 60-68/69"),
        ("bytes=-9", png()[-9:], "bytes 60-68/69"),
    ],
)
def test_a_part_is_given(house: House, photo: Photo, asked: str, content: bytes, told: str) -> None:
    answer = get(house, photo.sha256, Range=asked)

    assert (answer.status, bytes(answer.body)) == (206, content)
    assert answer.headers["content-range"] == told


@pytest.mark.parametrize("asked", ["bytes=69-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(house: House, photo: Photo, asked: str) -> None:
    answer = get(house, photo.sha256, Range=asked)

    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */69")


@pytest.mark.parametrize("asked", ["bytes=", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=²-"])
def test_a_part_that_cannot_be_understood_is_the_whole(
    house: House, photo: Photo, asked: str
) -> None:
    answer = get(house, photo.sha256, Range=asked)

    assert (answer.status, bytes(answer.body)) == (200, png())


def test_a_part_of_another_version_is_the_whole(house: House, photo: Photo) -> None:
    answer = get(house, photo.sha256, Range="bytes=0-9", If_Range='"another"')

    assert (answer.status, len(answer.body)) == (200, 69)


def test_what_the_device_has_is_not_sent_again(house: House, photo: Photo) -> None:
    answer = get(house, photo.sha256, If_None_Match=f'"{photo.sha256}"')

    assert (answer.status, bytes(answer.body)) == (304, b"")


def test_a_picture_is_not_compressed_again(house: House, photo: Photo) -> None:
    answer = get(house, photo.thumbnail_sha256, Accept_Encoding="gzip")

    assert "content-encoding" not in answer.headers


def test_what_has_not_arrived_yet_is_awaited(house: House, tablet: Tablet) -> None:
    taken = tablet.take(png(3))
    tablet.sync()
    answer = get(house, taken.sha256)

    assert answer.status == 404
    assert b"photo_awaited" in answer.body

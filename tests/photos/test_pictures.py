"""What is made of a picture, and which ones are refused."""

import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from asset_model.errors import Refused
from asset_model.photos import THUMBNAIL_BYTES_MAX, THUMBNAIL_SIDE_MAX_PX
from asset_model.pictures import check_picture
from field_app.store.pictures import read_picture
from tests.photos.rig import encoded, noise, png

KINDS = ["JPEG", "PNG", "WEBP"]


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def held_upright(orientation: int) -> bytes:
    """60 × 20, red on the left and blue on the right, as a camera turned by so much wrote it."""
    picture = Image.new("RGB", (60, 20), "blue")
    picture.paste((255, 0, 0), (0, 0, 30, 20))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return encoded(picture, "JPEG", exif=exif, quality=95)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it unfolds to gigabytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        sealed = kind + content
        return struct.pack(">I", len(content)) + sealed + struct.pack(">I", zlib.crc32(sealed))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + content + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", KINDS)
def test_a_thumbnail_is_a_small_jpeg_of_the_whole_picture(kind: str) -> None:
    picture = read_picture(encoded(noise(900, 600), kind))
    thumbnail = opened(picture.thumbnail)

    assert (picture.width, picture.height) == (900, 600)
    assert thumbnail.format == "JPEG"
    assert max(thumbnail.size) <= THUMBNAIL_SIDE_MAX_PX
    assert len(picture.thumbnail) <= THUMBNAIL_BYTES_MAX
    assert abs(thumbnail.width / thumbnail.height - 1.5) < 0.05


@pytest.mark.parametrize(
    ("orientation", "size", "first"),
    [(1, (60, 20), "red"), (3, (60, 20), "blue"), (6, (20, 60), "red"), (8, (20, 60), "blue")],
)
def test_a_picture_stands_as_the_camera_was_held(
    orientation: int, size: tuple[int, int], first: str
) -> None:
    picture = read_picture(held_upright(orientation))
    red, _, blue = opened(picture.thumbnail).getpixel((3, 3))  # type: ignore[misc]

    assert (picture.width, picture.height) == size
    assert ("red" if red > blue else "blue") == first


def test_a_thumbnail_tells_nothing_of_where_and_with_what_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Appareil"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    picture = read_picture(encoded(noise(60, 40), "JPEG", exif=exif))

    assert dict(opened(picture.thumbnail).getexif()) == {}
    assert b"Appareil" not in picture.thumbnail


def test_what_shines_through_is_white_in_the_thumbnail() -> None:
    picture = read_picture(encoded(Image.new("RGBA", (50, 50), (255, 0, 0, 0))))

    assert min(opened(picture.thumbnail).getpixel((25, 25))) > 250  # type: ignore[arg-type]


def test_the_time_a_camera_wrote_counts_only_with_its_zone() -> None:
    bare, zoned = Image.Exif(), Image.Exif()
    for exif in (bare, zoned):
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:23 07:15:00"
    zoned.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = "-05:00"
    told = read_picture(encoded(noise(4, 4), "JPEG", exif=zoned)).taken_at

    assert told is not None
    assert told.isoformat() == "2026-11-23T07:15:00-05:00"
    assert read_picture(encoded(noise(4, 4), "JPEG", exif=bare)).taken_at is None


@pytest.mark.parametrize("sides", [(50_000, 50_000), (20_000, 20_000), (31_000, 1)])
def test_a_bomb_is_refused_before_it_unfolds(sides: tuple[int, int]) -> None:
    for read in (read_picture, lambda data: check_picture(io.BytesIO(data), thumbnail=False)):
        with pytest.raises(Refused) as refusal:
            read(bomb(*sides))

        assert refusal.value.code in ("photo_too_large", "photo_unreadable")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Not a picture, whatever its name.",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png()[:30],
        encoded(noise(50, 50), "JPEG")[:200],
        b"\xff\xd8\xff" + bytes(100),
        b"RIFF\x00\x00\x00\x00WEBP" + bytes(50),
    ],
)
def test_what_is_not_a_picture_is_refused_by_its_content(data: bytes) -> None:
    with pytest.raises(Refused, match="photo_unreadable"):
        read_picture(data)


@given(st.binary(max_size=200), st.sampled_from([png(), encoded(noise(9, 9), "JPEG")]), st.data())
def test_bytes_of_any_kind_are_read_or_refused(
    noise: bytes, sound: bytes, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(sound)))
    for bad in (noise, sound[:place] + noise + sound[place + len(noise) :]):
        # Whatever else it raises fails the test.
        with suppress(Refused):
            read_picture(bad)


@pytest.mark.parametrize(
    "data",
    [
        png(),
        encoded(Image.new("RGB", (THUMBNAIL_SIDE_MAX_PX + 1, 10)), "JPEG"),
        encoded(noise(300, 300), "JPEG", quality=95),
    ],
    ids=["not JPEG", "too wide", "too heavy"],
)
def test_a_thumbnail_that_another_tablet_made_must_be_one(data: bytes) -> None:
    with pytest.raises(Refused):
        check_picture(io.BytesIO(data), thumbnail=True)

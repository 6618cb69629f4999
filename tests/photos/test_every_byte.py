"""An upload in three pieces, interrupted at every byte: by the link, then by a death as well."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from field_app.store.local import FileState
from field_app.sync.photo_queue import PieceSize
from tests.photos.rig import House, Tablet, png

SIZE = len(png())
PIECE = -(-SIZE // 3)


@dataclass
class Thirds(PieceSize):
    """A link on which every piece is a third of the picture."""

    bytes: int = PIECE

    def _set(self, wanted: int) -> None:
        pass


def nobody_dies(house: House, tablet: Tablet) -> None:
    """The link alone was cut."""


def tablet_dies(house: House, tablet: Tablet) -> None:
    tablet.stop()
    tablet.start()


def server_dies(house: House, tablet: Tablet) -> None:
    house.start()
    tablet.wire.app = house.app


def both_die(house: House, tablet: Tablet) -> None:
    server_dies(house, tablet)
    tablet_dies(house, tablet)


Death = Callable[[House, Tablet], None]
DEATHS: tuple[Death, ...] = (nobody_dies, tablet_dies, server_dies, both_die)


def a_photo_whose_original_waits(tablet: Tablet, number: int) -> str:
    """The thumbnail and the row are through; the original is next."""
    photo = tablet.take(png(number))
    tablet.sync()
    tablet.files.pieces = PieceSize()
    while tablet.file(photo.thumbnail_sha256).state != FileState.CONFIRMED:
        assert tablet.files.send_next()
    tablet.files.pieces = Thirds()
    return photo.sha256


def recover(house: House, tablet: Tablet, death: Death) -> None:
    """The link is there again, and the wait that its failure brought is over."""
    tablet.wire.heal()
    death(house, tablet)
    tablet.files.pieces = Thirds()
    tablet.send_patiently()


@pytest.mark.parametrize("deaths", [DEATHS[:1], DEATHS[1:]], ids=["cut", "cut and death"])
def test_a_line_cut_at_any_byte_of_the_picture_loses_none_that_arrived(
    house: House, tablet: Tablet, deaths: tuple[Death, ...]
) -> None:
    for cut in range(SIZE):
        sha256 = a_photo_whose_original_waits(tablet, cut)
        tablet.wire.body_left = cut
        tablet.send()
        tablet.wire.asked.clear()
        arrived = arrived_of(house)

        assert sha256 not in house.stored()
        assert arrived == cut

        recover(house, tablet, deaths[cut % len(deaths)])

        assert tablet.wire.asked[0] == "HEAD"
        assert tablet.wire.asked.count("PATCH") == -(-(SIZE - arrived) // PIECE)
        assert_whole(house, tablet, sha256, png(cut))


@pytest.mark.parametrize("death", DEATHS)
@pytest.mark.parametrize("answers", range(4))
def test_an_answer_lost_after_the_server_has_acted_doubles_nothing(
    house: House, tablet: Tablet, death: Death, answers: int
) -> None:
    sha256 = a_photo_whose_original_waits(tablet, 1)
    tablet.wire.answers_left = answers
    tablet.send()
    recover(house, tablet, death)

    assert_whole(house, tablet, sha256, png(1))


def arrived_of(house: House) -> int:
    (part,) = [file for file in house.depot.parts.glob("*.part") if file.stat().st_size < SIZE]
    return part.stat().st_size


def assert_whole(house: House, tablet: Tablet, sha256: str, data: bytes) -> None:
    assert house.content(sha256) == data
    assert sha256 in house.stored()
    assert tablet.file(sha256).state == FileState.CONFIRMED
    assert list(house.depot.parts.glob("*.part")) == []

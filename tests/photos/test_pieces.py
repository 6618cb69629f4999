"""Pieces that grow and shrink with the link."""

import pytest

from field_app.sync.photo_queue import PIECE_MAX_BYTES, PIECE_MIN_BYTES, PieceSize
from tests.photos.rig import House, Tablet, encoded, noise
from tests.photos.wire import Wire


def test_a_quick_link_doubles_the_piece() -> None:
    size = PieceSize(10_000)
    size.took(10_000, 0.01)

    assert size.bytes == 20_000


def test_a_slow_link_halves_it_at_most() -> None:
    size = PieceSize(100_000)
    size.took(100_000, 60.0)

    assert size.bytes == 50_000


def test_it_comes_to_what_goes_through_in_two_seconds() -> None:
    size = PieceSize()
    for _ in range(20):
        size.took(size.bytes, size.bytes / 30_000)

    assert size.bytes == pytest.approx(60_000, abs=2)


def test_it_stays_within_bounds() -> None:
    small, large = PieceSize(), PieceSize()
    for _ in range(40):
        small.broke()
        large.took(large.bytes, 0.001)

    assert (small.bytes, large.bytes) == (PIECE_MIN_BYTES, PIECE_MAX_BYTES)


@pytest.mark.parametrize("elapsed_s", [0.0, -5.0, 90_000.0])
def test_a_clock_that_jumps_says_nothing(elapsed_s: float) -> None:
    size = PieceSize(10_000)
    size.took(10_000, elapsed_s)

    assert size.bytes == 10_000


def test_the_last_small_piece_says_nothing() -> None:
    size = PieceSize(10_000)
    size.took(50, 1.9)

    assert size.bytes == 10_000


class SlowWire(Wire):
    """Lets through so many bytes a second, by the tablet's clock."""

    def send(self, request, *given, **more):  # type: ignore[no-untyped-def]
        self.clock.forward(seconds=len(request.body or b"") / 10_000)  # type: ignore[attr-defined]
        return super().send(request, *given, **more)


def test_a_picture_goes_in_smaller_pieces_over_a_slow_link(house: House, tablet: Tablet) -> None:
    slow = SlowWire(house.app)
    slow.clock = tablet.clock  # type: ignore[attr-defined]
    tablet.link._http.mount("http://", slow)
    photo = tablet.take(encoded(noise(300, 250)))
    tablet.sync()
    tablet.send()
    pieces = [len(r.body or b"") for r in slow.seen if r.method == "PATCH"]

    assert photo.sha256 in house.stored()
    assert pieces[1] == 64 * 1024
    assert min(pieces[3:-1]) == pytest.approx(20_000, abs=2_000)

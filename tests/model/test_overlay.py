"""What a crew sees: the server's row, with what still waits laid over it."""

from asset_model.sync.merge import overlay
from asset_model.sync.wire import Columns, Operation

Waiting = tuple[Operation, Columns]


def test_the_server_s_row_is_seen_as_it_is_when_nothing_waits() -> None:
    assert overlay({"title": "a", "note": None}, []) == {"title": "a", "note": None}


def test_what_waits_lies_over_the_server_s_row_in_the_order_it_was_made() -> None:
    waiting: list[Waiting] = [("edit", {"title": "b"}), ("edit", {"title": "c", "note": "n"})]

    seen = overlay({"title": "a", "note": None}, waiting)
    assert seen == {"title": "c", "note": "n"}


def test_a_row_made_here_is_seen_before_the_server_has_it() -> None:
    waiting: list[Waiting] = [("insert", {"title": "a"}), ("edit", {"title": "b"})]

    assert overlay(None, waiting) == {"title": "b"}


def test_an_edit_alone_makes_no_row() -> None:
    assert overlay(None, [("edit", {"title": "b"})]) is None


def test_the_server_s_image_is_not_written_on() -> None:
    image = {"title": "a"}

    overlay(image, [("edit", {"title": "b"})])

    assert image == {"title": "a"}

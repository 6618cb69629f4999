"""What is not the copy that was offered is never taken."""

import gzip
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asset_model.sync.offer import Asked, Offer
from field_app.sync.transport import LinkDown
from tests.sync import rig
from tests.sync.copies import (
    CopyLink,
    FileTablet,
    a_file_tablet,
    keep_copies,
    link,
    rows_on_disk,
)


@pytest.fixture
def fresh(server: rig.Server, tmp_path: Path) -> Iterator[FileTablet]:
    """A tablet that has read nothing yet."""
    made = a_file_tablet(server, tmp_path / "tablet", keep_copies(server, tmp_path))
    yield made
    made.database.close()


@pytest.fixture
def expected(server: rig.Server, tmp_path: Path) -> object:
    return rows_on_disk(rig.a_tablet(server, tmp_path / "pages"))


@pytest.mark.parametrize("where", [10, 1_000, -5])
def test_a_garbled_copy_is_never_taken_and_pages_follow(
    fresh: FileTablet, expected: object, where: int
) -> None:
    def garble(data: bytes) -> bytes:
        place = where % len(data)
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

    link(fresh).garble = garble
    fresh.sync()

    assert not fresh.taken_by_file
    assert rows_on_disk(fresh) == expected


@pytest.mark.parametrize(
    "other",
    [lambda _: b"<html>a proxy's page</html>" * 500, gzip.compress, lambda data: data + b"more"],
    ids=["page", "packed twice", "longer"],
)
def test_something_else_in_place_of_the_copy_is_never_taken(
    fresh: FileTablet, expected: object, other: object
) -> None:
    link(fresh).garble = other  # type: ignore[assignment]
    for _ in range(3):
        with suppress(LinkDown):  # One that is shorter looks like a link that breaks.
            fresh.sync()

    assert not fresh.taken_by_file
    assert rows_on_disk(fresh) == expected


@pytest.mark.parametrize("told", ["sha256", "plain_sha256"])
def test_a_copy_whose_hash_is_not_the_one_told_is_never_taken(
    fresh: FileTablet, expected: object, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    offer = CopyLink.offer

    def another(its: CopyLink, asked: Asked) -> Offer | None:
        made = offer(its, asked)
        wrong: dict[str, Any] = {told: "0" * 64}
        return made and replace(made, **wrong)

    monkeypatch.setattr(CopyLink, "offer", another)
    fresh.sync()

    assert not fresh.taken_by_file
    assert rows_on_disk(fresh) == expected


def test_a_copy_garbled_once_is_fetched_again(fresh: FileTablet, expected: object) -> None:
    def garble(data: bytes) -> bytes:
        return b"\0" * len(data) if len(link(fresh).starts) == 1 else data

    link(fresh).garble = garble
    fresh.sync()

    assert link(fresh).starts == [0, 0]
    assert fresh.taken_by_file
    assert rows_on_disk(fresh) == expected

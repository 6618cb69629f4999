"""Photos on the page of an order: taken there, shown there, and how far each has gone."""

import re
from typing import Any

import flet as ft
import pytest
from sqlalchemy import select

from asset_model.photos import Photo
from field_app.store import photos as files
from field_app.store.local import FileState, PhotoFile
from tests.photos.rig import encoded, noise
from tests.ui.harness import Screen
from tests.ui.town import NOW, Town

PICTURE = encoded(noise(64, 48), "JPEG")


@pytest.fixture
def route(town: Town, tmp_path: Any) -> str:
    town.workplace.photos = tmp_path / "photos"
    return f"/orders/{town.ids['order']}"


def pick(screen: Screen, data: bytes) -> None:
    """Someone touches the button, and takes a picture or chooses one."""
    screen.choose("add-photo", "IMG_1.jpg", data)


def photos(town: Town) -> list[Photo]:
    with town.database.reading() as session:
        return list(session.scalars(select(Photo)))


def test_a_photo_that_is_taken_is_shown_and_waits(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("moment-before")
        pick(screen, PICTURE)
        screen.until(lambda: bool(photos(town)))
        screen.settle()
        (photo,) = photos(town)

        assert photo.moment == "before"
        assert screen.has(f"photo-{photo.id}")
        assert "En attente d’envoi" in screen.text
        assert "Avant · Luc" in screen.text
        assert any(isinstance(c, ft.Image) for c in screen.controls())
        assert screen.failures == []


def test_a_picture_that_a_citizen_sent_says_so_and_names_nobody(town: Town, route: str) -> None:
    town.add(
        Photo(
            id=town.workplace.new_id(), work_order_id=town.ids["order"], person_id="",
            sha256="ab" * 32, byte_size=5, media_type="image/jpeg", width=4, height=3,
            thumbnail_sha256="cd" * 32, thumbnail_size=5, caption="REQ-2026-000011", taken_at=NOW,
        )
    )  # fmt: skip

    with town.signed_in(route=route) as screen:
        assert re.search(r"Un citoyen, [^·]+ · REQ-2026-000011", screen.text)


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        pick(screen, b"Not a picture.")
        screen.until(lambda: "n’est pas une image" in screen.text)

        assert photos(town) == []


def test_a_heavy_file_is_refused_by_its_size_before_it_is_sent(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        screen.choose("add-photo", "IMG_2.png", b"", size=53 * 1024 * 1024)

        assert "trop lourd (53\u00a0Mo\u00a0; 40\u00a0Mo au plus)" in screen.text
        assert "upload" not in [name for name, _ in screen.wire.methods]


def test_a_phone_s_own_format_is_refused_with_what_to_do(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        pick(screen, b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")
        screen.until(lambda: "photos HEIC" in screen.text)

        assert photos(town) == []


@pytest.mark.parametrize(
    ("state", "moved", "words"),
    [
        (FileState.WAITING, len(PICTURE) * 2 // 3, "66\u00a0% envoyés"),
        (FileState.CONFIRMED, len(PICTURE), "Reçue par le serveur"),
        (FileState.REFUSED, 0, "Refusée par le serveur"),
        (FileState.LOST, 0, "Endommagée sur cet appareil"),
    ],
)
def test_the_truth_is_told_of_each_photo(
    town: Town, route: str, state: FileState, moved: int, words: str
) -> None:
    with town.signed_in(route=route) as screen:
        pick(screen, PICTURE)
        screen.until(lambda: bool(photos(town)))
        with town.database.writing() as session:
            files.note(session, photos(town)[0].sha256, state=state, moved=moved)
        town.workplace.changed()
        screen.settle()

        assert words in screen.text


def test_a_photo_opens_large_and_closes(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        pick(screen, PICTURE)
        screen.until(lambda: bool(photos(town)))
        screen.settle()
        key = f"photo-{photos(town)[0].id}"
        screen.tap(key)
        opened = screen.has("photo-large")
        screen.tap(key)

        assert opened
        assert not screen.has("photo-large")


def test_a_photo_of_another_device_is_wished_for_when_it_is_seen(town: Town, route: str) -> None:
    town.add(
        Photo(
            id="ab" * 18,
            work_order_id=town.ids["order"],
            person_id=town.ids["luc"],
            sha256="ab" * 32,
            byte_size=5,
            media_type="image/jpeg",
            width=1,
            height=1,
            thumbnail_sha256="cd" * 32,
            thumbnail_size=5,
            taken_at=town.now,
        )
    )
    with town.signed_in(route=route):
        with town.database.reading() as session:
            wished = [(f.sha256, f.state) for f in session.scalars(select(PhotoFile))]

        assert wished == [("cd" * 32, FileState.WANTED)]
        assert town.link.woken

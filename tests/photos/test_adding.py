"""Taking a photo: the disk first, then the row."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.photos import BYTES_MAX, Photo
from field_app.actions import photos as actions
from field_app.store.local import LocalChange, PhotoFile
from tests.photos.rig import Tablet, encoded, noise, png
from tests.sync import town


def counts(tablet: Tablet) -> tuple[int, int, int]:
    with tablet.database.reading() as session:
        tables = (Photo, PhotoFile, LocalChange)
        one, two, three = (session.scalar(select(func.count()).select_from(t)) for t in tables)
    return one or 0, two or 0, three or 0


def test_the_row_tells_of_the_picture_and_who_took_it_when(tablet: Tablet) -> None:
    data = encoded(noise(64, 48), "JPEG")
    photo = tablet.take(data, moment="before", caption="  Nid-de-poule  ")

    assert (photo.width, photo.height, photo.byte_size) == (64, 48, len(data))
    assert (photo.media_type, photo.moment, photo.caption) == (
        "image/jpeg",
        "before",
        "Nid-de-poule",
    )
    assert (photo.person_id, photo.taken_at) == (town.LUC, tablet.clock())


def test_the_picture_is_on_the_disk_for_good_before_its_row_is_written(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    fsync, attach = os.fsync, actions.attach

    def synced(handle: int) -> None:
        happened.append("disk")
        fsync(handle)

    def noted(*args: object, **more: object) -> Photo:
        happened.append("row")
        return attach(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(actions, "attach", noted)
    photo = tablet.take(png())

    assert happened == [*["disk"] * 6, "row"]  # Each file, its folder, the folder above.
    assert tablet.disk.is_sound(photo.sha256)
    assert tablet.disk.is_sound(photo.thumbnail_sha256)


def test_a_full_disk_leaves_neither_a_row_nor_half_a_file(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            tablet.take(png())

    assert counts(tablet) == (0, 0, 0)
    assert [file for file in tablet.disk.root.rglob("*") if file.is_file()] == []


def test_the_row_its_change_and_its_place_in_the_queue_are_one_transaction(
    tablet: Tablet,
) -> None:
    def fails(session: Session) -> None:
        actions.add(session, town.order_id(1), png(), by=tablet.by(), folder=tablet.disk.root)
        raise RuntimeError("before the commit")

    with pytest.raises(RuntimeError), tablet.database.writing() as session:
        fails(session)

    assert counts(tablet) == (0, 0, 0)

    tablet.take(png())

    assert counts(tablet) == (1, 2, 1)


def test_the_same_picture_twice_on_one_order_is_one_photo(tablet: Tablet) -> None:
    first, second = tablet.take(png()), tablet.take(png())

    assert first.id == second.id
    assert counts(tablet) == (1, 2, 1)


def test_a_file_that_the_disk_has_spoilt_is_written_again(tablet: Tablet) -> None:
    photo = tablet.take(png())
    tablet.disk.path(photo.sha256).write_bytes(bytes(len(png())))
    tablet.take(png(), order=3)

    assert tablet.disk.is_sound(photo.sha256)


def test_a_picture_above_the_limit_is_refused(tablet: Tablet) -> None:
    with pytest.raises(Refused, match="photo_too_large"):
        tablet.take(png() + bytes(BYTES_MAX))


@pytest.mark.parametrize(
    "more", [{"moment": "later"}, {"caption": "x" * 501}], ids=["moment", "caption"]
)
def test_what_the_server_would_refuse_is_refused_here(tablet: Tablet, more: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="bad_value"):
        tablet.take(png(), **more)


def test_names_of_files_are_hashes_and_lead_nowhere_else(tablet: Tablet, tmp_path: Path) -> None:
    for name in ("../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "/..", "a" * 64 + "\n"):
        with pytest.raises(ValueError, match="not the name"):
            tablet.disk.path(name)

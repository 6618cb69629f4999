"""The server dies between any two of its steps; a new process goes on over what lies on the disk.

On both databases: what is known of a file is a row there, and a file elsewhere.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from field_app.store.local import FileState
from sync_server import photo_uploads
from sync_server.photo_store import FolderStore
from tests.photos.rig import House, Tablet, png


class Died(Exception):
    """The process ends here, whatever it was about to do."""


def before(place: Any, name: str) -> Callable[[pytest.MonkeyPatch], None]:
    def die(*_: Any, **__: Any) -> Any:
        raise Died(name)

    return lambda patch: patch.setattr(place, name, die)


def after(place: Any, name: str) -> Callable[[pytest.MonkeyPatch], None]:
    real = getattr(place, name)

    def do_and_die(*given: Any, **more: Any) -> Any:
        real(*given, **more)
        raise Died(name)

    return lambda patch: patch.setattr(place, name, do_and_die)


DEATHS = {
    "before a byte is written": before(photo_uploads, "append"),
    "after bytes are written": after(photo_uploads, "append"),
    "after they are on the disk": after(photo_uploads, "settle"),
    "before the whole is checked": before(photo_uploads, "_checked"),
    "before the file is kept": before(FolderStore, "put"),
    "after the file is kept": after(FolderStore, "put"),
    "before it is said to be here": before(photo_uploads, "_STORED"),
    "after it is said to be here": after(photo_uploads, "finish"),
}


@pytest.mark.parametrize("death", DEATHS.values(), ids=DEATHS)
def test_a_death_at_any_step_loses_no_photo_and_shows_no_half(
    served: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, death: Any
) -> None:
    tablet = Tablet(served, tmp_path / "tablet")
    tablet.sync()
    photo = tablet.take(png())
    tablet.sync()
    while tablet.file(photo.thumbnail_sha256).state != FileState.CONFIRMED:
        assert tablet.files.send_next()
    with monkeypatch.context() as patch:
        death(patch)
        tablet.send()
    seen = photo.sha256 in served.stored()
    served.start()
    tablet.wire.app = served.app
    tablet.send_patiently()
    tablet.stop()

    assert not seen or served.content(photo.sha256) == png()
    assert served.content(photo.sha256) == png()
    assert tablet.file(photo.sha256).state == FileState.CONFIRMED
    assert photo.sha256 in served.stored()
    assert list(served.depot.parts.glob("*.part")) == []


def test_a_file_that_was_kept_before_the_death_is_not_sent_again(
    house: House, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tablet.take(png())
    tablet.sync()
    while tablet.file(photo.thumbnail_sha256).state != FileState.CONFIRMED:
        assert tablet.files.send_next()
    with monkeypatch.context() as patch:
        DEATHS["after the file is kept"](patch)
        tablet.send()
    tablet.wire.asked.clear()
    tablet.send_patiently()

    assert tablet.wire.asked == ["HEAD"]
    assert photo.sha256 in house.stored()

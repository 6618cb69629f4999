"""What a crew saves while a copy is taken in is kept; what cannot be saved is said, and by why."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from asset_model import database as opening
from asset_model.facts import Comment
from field_app.actions.facts import comment
from field_app.store.opening import open_store
from field_app.sync.first_copy import Copying
from field_app.ui.sitting import Signed, Sitting
from field_app.ui.workplace import Workplace
from tests.sync import rig
from tests.sync.copies import FileTablet
from tests.sync.long_away import long_away, pull, take
from tests.sync.town import LUC, order_id
from tests.threads import PATIENCE_S, Doing
from tests.ui.town import Link

ORDER = order_id(1)


@pytest.fixture
def absent(server: rig.Server, tmp_path: Path) -> Iterator[FileTablet]:
    """A tablet at work that has been away for so long that a ready copy is worth it."""
    made = long_away(server, tmp_path)
    yield made
    made.database.close()


def save_while_taking(tablet: FileTablet, words: str) -> Doing[None]:
    """Somebody saves words at the moment when the copy's transaction is open; it is taken whole."""
    waiting = threading.Event()

    def save() -> None:
        waiting.set()
        tablet.do(comment, ORDER, words)

    saving: list[Doing[None]] = []

    def told(step: Copying) -> None:
        if step.stage == "taking" and step.done == 1:
            saving.append(Doing(save))
            assert waiting.wait(PATIENCE_S)

    assert take(tablet, told) > 0
    (begun,) = saving
    return begun


def test_what_is_saved_while_a_copy_is_taken_waits_its_turn_and_is_kept(
    absent: FileTablet,
) -> None:
    save_while_taking(absent, "Pendant la copie.").end()

    assert "Pendant la copie." in {c.text for c in absent.all(Comment)}
    absent.sync()
    pull(absent)
    assert "Pendant la copie." in {c.text for c in absent.link.server.rows(Comment)}
    assert set(absent.states()) <= {"settled", "refused"}


@contextmanager
def someone_writes(folder: Path) -> Iterator[None]:
    """Another connection holds the right to write for as long as the block runs."""
    with closing(sqlite3.connect(folder / "tablet.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def impatient(absent: FileTablet) -> Iterator[Sitting]:
    """Luc at the same tablet, which waits for its turn to write no longer than a moment."""
    absent.database.close()
    with patch.object(opening, "BUSY_TIMEOUT_MS", 20):
        database = open_store(absent.folder, new_id=rig.an_id)
        workplace = Workplace(database, absent.clock, rig.an_id, ZoneInfo("UTC"), link=Link())
        sitting = Sitting(workplace, person=Signed(LUC, "Luc", "crew_member", None))
        yield sitting
    database.close()


def words_of(sitting: Sitting) -> str:
    return sitting.notice.sentence if sitting.notice else ""


def test_who_waits_too_long_is_told_that_nothing_was_saved(
    impatient: Sitting, absent: FileTablet
) -> None:
    with someone_writes(absent.folder):
        saved = impatient.act(comment, ORDER, "Trop tôt.")

    assert not saved
    assert "Rien n’a été enregistré" in words_of(impatient)
    assert impatient.act(comment, ORDER, "Encore.")


def test_a_full_disk_is_told_and_leaves_what_was_saved(
    impatient: Sitting, absent: FileTablet
) -> None:
    assert impatient.act(comment, ORDER, "Avant.")
    with impatient.workplace.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes the size it has.

    saved = impatient.act(comment, ORDER, "x" * 100_000)

    assert not saved
    assert "plus de place" in words_of(impatient)
    kept = {c.text for c in absent.all(Comment)}
    assert "Avant." in kept
    assert "x" * 100_000 not in kept
